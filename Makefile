# Two commands: `make demo` publishes the bundled documents and serves them; `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
PORT ?= 8000
OUT ?= build/demo

.PHONY: demo test lint release clean
.DELETE_ON_ERROR:

demo: $(VENV)/installed
	$(BIN)/musnad build --examples -o $(OUT)
	@if [ "$(SERVE)" != 0 ]; then exec $(BIN)/musnad serve $(OUT) --port $(PORT); \
	else echo "Built in $(OUT). To look at it: $(BIN)/musnad serve $(OUT)"; fi

# One worker for each core, at most four: each keeps a browser and a build of the bundled documents.
test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/installed-dev
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

# Writes the release of the bundled documents anew; a test compares it with what the engine gives.
DAY ?= $(shell date -u +%F)
release: $(VENV)/installed
	$(BIN)/musnad build --examples -o $(OUT) --date $(DAY)
	mkdir -p rdf/release
	cp $(OUT)/release/musnad.ttl $(OUT)/release/reported.ttl $(OUT)/release/void.ttl $(OUT)/release/SHA256SUMS rdf/release/

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Musnad needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV) || \
	  { echo "The venv module is missing (Debian and Ubuntu: apt install python3-venv)" >&2; exit 2; }

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

clean:
	rm -rf build $(VENV)
