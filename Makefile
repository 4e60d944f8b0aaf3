# make handouts   prints every handout in every brand into out/, and makes their site in site/
# make test       runs the tests
# Both first install what is missing, on a bare Debian machine too (python3 3.11 or newer, root or sudo).

PYTHON ?= python3
export PYTHON

.PHONY: handouts test expected check format soak bench schemas pictures lock fonts fonts-all icons profile logos runtime dev clean

handouts: runtime
	.venv/bin/python generate.py

test: dev
	.venv/bin/python -m pytest -n auto --dist worksteal

# Writes the files that tests hold what is said against, after a wanted change; read the difference then.
expected: dev
	UPDATE_EXPECTED=1 .venv/bin/python -m pytest -m expected

# Format, lint, types, layers.
check: dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

format: dev
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

# The long, random and heavy tests.
soak: dev
	.venv/bin/python -m pytest -m soak

bench: dev
	.venv/bin/python -m benchmarks

# The JSON Schema of every kind of content file.
schemas: runtime
	.venv/bin/handouts schema

# The pictures in README.md and docs/formats.md, from real pages.
pictures: dev
	.venv/bin/python docs/make_pictures.py
	.venv/bin/python docs/make_look_pictures.py
	.venv/bin/python docs/make_format_pictures.py
	.venv/bin/python docs/make_contact_sheets.py

# The locks, from pyproject.toml. UPGRADE=--upgrade takes newer releases.
lock:
	sh setup/lock.sh

# The typefaces, from the packages that carry them (needs npm).
fonts:
	$(PYTHON) setup/vendor_fonts.py

# Those of Chinese and Hindi, which are too large to keep here (needs npm and the network).
fonts-all:
	$(PYTHON) setup/vendor_fonts.py --large

# The pictograms, from the package that carries them (needs npm).
icons:
	$(PYTHON) setup/vendor_icons.py

# The colour profile of the shipped print condition, from the package that carries it (needs apt-get and the network).
profile:
	$(PYTHON) setup/vendor_profile.py

# Two collections of real logos, for the soak test of SVG (needs npm and the network).
logos:
	$(PYTHON) setup/vendor_logos.py

runtime:
	@sh setup/prepare.sh runtime

dev:
	@sh setup/prepare.sh dev

clean:
	rm -rf out build dist
