# make sample: set up and convert a sample.  make test: set up, lint, type-check, test.
# make gallery: every sample in every theme as pictures, in out/gallery.  make bench: speed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := samples/kk-ru-en-history/article.md

.PHONY: sample test gallery bench clean

sample: $(VENV)/ready
	$(BIN)/jatspack convert $(SAMPLE) -o out/sample --force
	@ls -l out/sample

test: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadgroup

gallery: $(VENV)/ready-dev
	$(BIN)/python bench/gallery.py

bench: $(VENV)/ready-dev
	$(BIN)/python bench/convert.py
	$(BIN)/python bench/printing.py
	$(BIN)/python bench/memory.py

$(VENV)/python: Makefile
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "jatspack needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

$(VENV)/ready: $(VENV)/python pyproject.toml scripts/system-libraries.sh scripts/install.sh
	$(BIN)/python -m pip install --quiet -e .
	scripts/system-libraries.sh $(BIN)/python
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready scripts/browser.sh tests/deposit/schemas.txt
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	$(BIN)/python -m pip install --quiet --no-deps -r tests/deposit/schemas.txt
	scripts/browser.sh
	@touch $@

clean:
	rm -rf $(VENV) out
