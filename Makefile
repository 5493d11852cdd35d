# Needs make, git and Python 3.11 or newer, nothing else. `make` alone lists what it can do.

# The first Python on the path that is new enough; `make PYTHON=/path/to/python` chooses another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$python; break; }; done)

BIN := .venv/bin
# Stamps: the environment is made anew only when its lock changed.
RUNTIME := .venv/.runtime
DEV := .venv/.dev
FUZZ := .venv/.fuzz

MODULES := site_templates/theme/src
# From PyPI, with the rest of the environment. It asks nobody for anything: there is nothing here to fetch.
DENO := DENO_NO_UPDATE_CHECK=1 $(BIN)/deno

COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help site ocr serve check quick test test-thorough test-cost fuzz lint format pictures bench bench-search gains api lighthouse lock clean

help:
	@sed -n 's/^\([a-z-]*\):.*## /make \1: /p' $(MAKEFILE_LIST)

site: $(RUNTIME)  ## pages, data, search index and offline bundle: site/ and dist/
	$(BIN)/python -m generator site

ocr: $(RUNTIME)  ## what recognises the text of scans, for the command add (140 MB)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ocr.lock

serve: $(RUNTIME)  ## live preview
	$(BIN)/python -m generator serve

check: $(RUNTIME)  ## lint and account for every source, compare anchors with the lock
	$(BIN)/python -m generator check

quick: lint  ## lint, types, and the tests that need neither browser nor site
	HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not site and not thorough"

# The browser first, and once: workers that install one side by side would be in each other's way.
test: lint  ## everything that must hold: lint, types, tests
	$(BIN)/python -m tests.support.browser
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not thorough"

test-thorough: lint  ## the same, the large browser modules whole from file:// too, every law in every way, more examples
	$(BIN)/python -m tests.support.browser
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest --numprocesses auto --dist worksteal

MINUTES ?= 10
fuzz: $(FUZZ)  ## try new inputs on every room; a fault is made small and kept in tests/fuzz/corpus; make fuzz MINUTES=60
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

TESTS ?= tests
KIND ?= not thorough
test-cost: $(DEV)  ## what each module of tests costs, and which tests most, in processor seconds; make test-cost TESTS=tests/test_x.py
	$(BIN)/python -m pytest -p tests.support.cost -m "$(KIND)" $(TESTS)

lint: $(DEV)  ## ruff, the rooms of the house, mypy; deno: form, slips and types of the JavaScript, form of the styles
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(DENO) fmt --quiet --check --config $(MODULES)/deno.json
	$(DENO) lint --quiet --config $(MODULES)/deno.json
	$(DENO) check --quiet --config $(MODULES)/deno.json $(MODULES)

format: $(DEV)  ## let ruff and deno mend what they can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(DENO) fmt --quiet --config $(MODULES)/deno.json

pictures: $(DEV)  ## the pictures in README, from what the last `make test` has seen
	$(BIN)/python -m tests.pictures

bench: $(DEV)  ## exact clauses, precision and recall on the verified readings; times of parsing and analysis
	$(BIN)/python -m tests.bench

BASE ?=
gains: $(DEV)  ## what a change gains and loses over the corpus; make gains BASE=commit
	$(BIN)/python -m tests.gains $(BASE)

bench-search: $(DEV)  ## the search at 22, 1,000 and 3,000 policies, against Material's own and Pagefind; takes long
	$(BIN)/python -m tests.bench_search

api: $(DEV)  ## the pages of the program's modules, from their docstrings: build/api/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file api/mkdocs.yml

lighthouse: $(DEV) site  ## what Lighthouse says of every page type; needs npm, takes long
	$(BIN)/python -m tests.lighthouse

# Keeps the locked versions that still fit pyproject.toml; `make lock UPGRADE=--upgrade` takes the newest. The tool that
# writes the locks is itself installed by hash; a new version of it, named in pyproject.toml, is locked by the old one.
lock:  ## write the lock files from pyproject.toml
	rm -rf .venv-lock
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-lock-tool.lock
	$(COMPILE) --group pyproject.toml:lock --output-file requirements-lock-tool.lock
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --output-file requirements-dev.lock --extra dev --constraint requirements.lock
	$(COMPILE) pyproject.toml --output-file requirements-ocr.lock --extra ocr --constraint requirements.lock
	$(COMPILE) --group pyproject.toml:fuzz --output-file requirements-fuzz.lock
	rm -rf .venv-lock

clean:  ## remove what the commands above made, except .venv
	rm -rf site dist build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .venv-lock
	git clean -fdXq docs

$(RUNTIME): requirements.lock
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer was not found. Install it, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "$(PYTHON) is not Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# The development lock holds the runtime lock and more, so it goes on top.
$(DEV): requirements-dev.lock $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Where there is no wheel for the machine, inputs are changed blindly, without an eye on the code they reach.
$(FUZZ): requirements-fuzz.lock $(DEV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock \
		|| echo "atheris cannot be installed here: fuzzing goes on without it." >&2
	@touch $@
