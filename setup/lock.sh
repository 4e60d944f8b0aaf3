#!/bin/sh
# Writes the two locks afresh from pyproject.toml (`make lock`; `make lock UPGRADE=--upgrade` takes newer releases).
# Every hash that PyPI lists is recorded, for each system and Python; no address of an index is.
set -eu
cd "$(dirname "$0")/.."

tool=.venv-lock
if [ ! -x "$tool/bin/uv" ]; then
    "${PYTHON:-python3}" -m venv --clear "$tool"
    "$tool/bin/python" -m pip --quiet --disable-pip-version-check install 'uv==0.13.*'
fi

compile() {
    env -u UV_FIND_LINKS -u UV_INDEX -u UV_EXTRA_INDEX_URL UV_NO_CONFIG=1 UV_CUSTOM_COMPILE_COMMAND="make lock" \
        "$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --no-emit-index-url --no-emit-find-links --only-binary :all: "$@" pyproject.toml
}

compile ${UPGRADE:+"$UPGRADE"} --extra studio --output-file requirements.txt
compile ${UPGRADE:+"$UPGRADE"} --extra studio --extra dev --extra cluster --constraint requirements.txt --output-file requirements-dev.txt
