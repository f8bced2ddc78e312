# `make` lists the targets. ARGS goes to the command behind a target: make test ARGS="-k receipts"

PYTHON ?= python3
VENV ?= .venv
ARGS ?=

BIN := $(VENV)/bin
# An environment is as new as its stamp: a second `make install` does nothing until a lock or pyproject.toml changes.
RUNTIME := $(VENV)/.runtime.stamp
DEV := $(VENV)/.dev.stamp
SPARK := $(VENV)/.spark.stamp

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install spark demo test lint format types docs bench screens wheel lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(DEV) ## make .venv with everything the other targets need, from the locks

spark: $(SPARK) ## add Spark to .venv, for its tests and benchmark (450 MB; needs Java 17 or newer)

demo: $(RUNTIME) ## build and serve the demo (installs only what groundswell needs to run)
	$(BIN)/groundswell demo $(ARGS)

# A process for each core; the tests of one file stay together, since they share what they have loaded, and the longest
# files come first, as tests/conftest.py has them.
test: $(DEV) ## run the tests
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(DEV) ## check style and formatting, change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(DEV) ## fix what ruff can fix, then format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(DEV) ## check the types
	$(BIN)/mypy $(ARGS)

docs: $(DEV) ## write the generated parts of docs/ again
	PYTHONPATH=. $(BIN)/cog -r $(ARGS) docs/*.md

bench: $(DEV) ## run the benchmarks
	$(BIN)/python -m benchmarks $(ARGS)

screens: $(DEV) ## photograph the pages (needs Chromium)
	$(BIN)/python -m tests.screens $(ARGS)

wheel: $(DEV) ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation $(ARGS)

# A pin stays while pyproject.toml allows it. Run this with the oldest Python supported, whose backports the newer
# ones can do without. The locks name no index: pip uses the one it is set up with.
COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --no-config --generate-hashes \
	--strip-extras --allow-unsafe --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock: $(DEV) ## pin requirements/*.txt again from pyproject.toml (ARGS=--upgrade for the newest)
	$(COMPILE) $(ARGS) --output-file requirements/runtime.txt pyproject.toml
	$(COMPILE) $(ARGS) --extra dev --constraint requirements/runtime.txt --output-file requirements/dev.txt pyproject.toml
	$(COMPILE) $(ARGS) --extra spark --constraint requirements/dev.txt --output-file requirements/spark.txt pyproject.toml
	$(COMPILE) $(ARGS) --only-build-deps --build-deps-for editable --constraint requirements/dev.txt \
		--output-file requirements/build.txt pyproject.toml

clean: ## remove the environments, caches and build outputs
	rm -rf .venv .venv-* build dist screens .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find groundswell tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "groundswell needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt requirements/build.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# dev.txt holds all of runtime.txt and build.txt, so it brings the smaller environment up to date as well.
$(DEV): requirements/dev.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(RUNTIME) $@

$(SPARK): requirements/spark.txt $(DEV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/spark.txt
	@touch $@
