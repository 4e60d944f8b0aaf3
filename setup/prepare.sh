#!/bin/sh
# Makes the machine ready: Debian's packages, then .venv with the locked Python packages.
#   setup/prepare.sh runtime   for `make handouts`
#   setup/prepare.sh dev       for `make test` and `make check`
# A stamp in .venv names the lock that it was made from, so a second run ends at once.
set -eu

layer=${1:?runtime or dev}
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Handout Press needs Python 3.11 or newer: set PYTHON to one, as in \"make handouts PYTHON=python3.12\"." >&2
    exit 1
fi

PYTHON=$python sh setup/debian.sh "$layer"

stamp_of() { # the lock, the command, the interpreter and the place decide what .venv holds
    { cat "$1" setup/handouts && "$python" -VV && pwd; } | sha256sum | cut -d ' ' -f 1
}

runtime=$(stamp_of requirements.txt)
dev=$(stamp_of requirements-dev.txt)

fresh() { # fresh LAYER STAMP: is that layer in .venv as locked?
    [ -x .venv/bin/python ] && [ "$(cat ".venv/stamp-$1" 2>/dev/null)" = "$2" ]
}

if [ "$layer" = dev ] && fresh dev "$dev"; then exit 0; fi
if [ "$layer" = runtime ] && fresh runtime "$runtime"; then exit 0; fi

if ! fresh runtime "$runtime"; then
    "$python" -m venv --clear .venv
fi

lock=requirements.txt
if [ "$layer" = dev ]; then lock=requirements-dev.txt; fi
echo "Installing the Python packages of $lock into .venv"
.venv/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes --only-binary :all: --requirement "$lock"

# The repository's own code: on the path of .venv, and as its `handouts` command.
pwd > "$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/handout-press.pth"
cp setup/handouts .venv/bin/handouts
chmod 755 .venv/bin/handouts

# Last, so that an interrupted set-up is never taken for a whole one. The dev lock holds the runtime's packages too.
if [ "$layer" = dev ]; then echo "$dev" > .venv/stamp-dev; fi
echo "$runtime" > .venv/stamp-runtime
