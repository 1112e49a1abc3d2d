# aqparat: `make report` and `make test` need nothing but python3 (3.11 or newer), make and git.

PYTHON ?= python3
PERIOD ?= 2017H1
BIN := .venv/bin
READY := .venv/.ready
DEVELOP := .venv/.ready-dev
TOOLS := build/bench/.venv
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
ROUNDS ?= 5
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock" pyproject.toml --extra build

.DEFAULT_GOAL := help
.PHONY: help report test test-all faults fuzz mutants lint preview explore wheel codebook views pictures bench lock dependencies sbom clean

help: ## show what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

report: $(READY) ## the report of a period (PERIOD=2017H1) into reports/
	$(BIN)/aqparat report $(PERIOD)

test: $(DEVELOP) ## the tests
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not exhaustive"

test-all: test ## the tests, then the exhaustive ones: every case where `test` takes a sample
	$(BIN)/python -m pytest -n 2 --dist worksteal -m exhaustive

faults: $(DEVELOP) ## broken on purpose, every trial, into docs/reliability.md (long; Linux)
	PYTHONPATH=tests/faults $(BIN)/python -m pytest -n 2 --dist worksteal -p record tests/faults

fuzz: $(DEVELOP) ## what nobody would write, to every reader, MINUTES=10 each, into docs/reliability.md (READERS="csv batch": some; Linux)
	PYTHONPATH=tests:tests/faults $(BIN)/python tests/faults/fuzz.py --minutes $(or $(MINUTES),10) $(READERS)

mutants: $(DEVELOP) ## formulas broken on purpose, into docs/reliability.md (MODULES="bounds metrics.rate"; mutmut, Linux)
	PYTHONPATH=build/mutmut:tests/faults $(BIN)/python tests/faults/mutants.py $(MODULES)

lint: $(DEVELOP) ## code, notebooks and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

preview: $(READY) ## the report of PERIOD in a browser, made again at every change
	$(BIN)/aqparat preview $(PERIOD)

explore: $(READY) ## JupyterLab on the exploring notebook
	$(BIN)/aqparat explore

wheel: $(READY) ## the program as one file, and its lock, into dist/, for other unions (aqparat new)
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(INSTALL:install=wheel) --no-build-isolation --wheel-dir dist .
	cp requirements.txt dist

codebook: $(READY) ## data/README.md from the schemas
	$(BIN)/python -m aqparat.data.codebook data/README.md

views: $(READY) ## docs/report.md from the views of the sections
	$(BIN)/python -m aqparat.sections docs/report.md

pictures: $(DEVELOP) ## the pictures of the tutorial (chromium, libreoffice-calc, poppler-utils)
	$(BIN)/python docs/pictures.py

bench: $(DEVELOP) $(TOOLS)/.ready ## how fast it is, into docs/performance.md (BENCH="cold idle": parts; ROUNDS=5)
	$(BIN)/python -m bench $(BENCH) --rounds $(ROUNDS) --tools $(TOOLS)

lock: ## the locks and environment.yml from pyproject.toml (needs uv)
	$(COMPILE) --extra dev --output-file requirements-dev.txt
	$(COMPILE) --constraints requirements-dev.txt --output-file requirements.txt
	$(COMPILE) --extra bench --constraints requirements-dev.txt --output-file requirements-bench.txt
	$(PYTHON) docs/environment.py

dependencies: $(DEVELOP) ## licences and sizes in docs/dependencies.md
	$(BIN)/python docs/dependencies.py

sbom: $(DEVELOP) ## what is installed for running, as CycloneDX, into dist/sbom.json
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python docs/sbom.py dist/sbom.json

clean: ## what has been made: .venv, caches, prepared data
	rm -rf .venv data/processed build dist .mypy_cache .ruff_cache .hypothesis reports/.failed
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name '*.egg-info' -type d -prune -exec rm -rf {} +

# The environment: pinned and hashed, bytecode compiled, made anew when the pins change. Tests and lint add to it.
$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "aqparat needs Python 3.11 or newer")'
	$(PYTHON) -m venv --clear .venv
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-build-isolation --editable .
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q lib  # pip has compiled the rest
	touch $@

$(DEVELOP): $(READY) requirements-dev.txt
	$(INSTALL) --require-hashes -r requirements-dev.txt
	touch $@

# What the program is measured against: in an environment of its own, since it would slow each start of papermill.
$(TOOLS)/.ready: requirements-bench.txt | $(READY)
	$(BIN)/python -m venv --clear $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	touch $@
