# Every command of the project. `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

# The environments below are used by path: one that happens to be active must not leak in.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH UV_PROJECT_ENVIRONMENT UV_PYTHON

UV_VERSION := 0.13.9
VENV := .venv
VENV_MESA4 := .venv-mesa4
BIN := $(VENV)/bin
UV := $(BIN)/uv --quiet --system-certs
RUN_ENV := $(VENV)/.run-installed
APP_ENV := $(VENV)/.app-installed
DEV_ENV := $(VENV)/.dev-installed
MESA4_ENV := $(VENV_MESA4)/.installed
WORKERS ?= 2

# The first Python >= 3.12 among the usual names and what pyenv holds. PYTHON=... overrides it.
define FIND_PYTHON
new_enough() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; }; \
for candidate in python3.12 python3.13 python3.14 python3 python; do \
    if new_enough "$$candidate"; then command -v "$$candidate"; exit; fi; \
done; \
for version in 3.12 3.13 3.14; do \
    prefix=$$(pyenv prefix "$$version" 2>/dev/null) || continue; \
    if new_enough "$$prefix/bin/python"; then echo "$$prefix/bin/python"; exit; fi; \
done
endef
PYTHON = $(shell $(FIND_PYTHON))

REQUIRE_PYTHON = test -n "$$python" || { \
    echo "cocreate needs Python 3.12 or newer, and none was found." >&2; \
    echo "Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/' \
	    | while IFS=$$'\t' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

# --- Environments ------------------------------------------------------------------------------

$(BIN)/uv: Makefile
	@python="$(PYTHON)"; $(REQUIRE_PYTHON); \
	test -x $(BIN)/python || { echo "Creating $(VENV) with $$("$$python" --version)"; "$$python" -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(RUN_ENV): $(BIN)/uv requirements/run.lock pyproject.toml
	@echo "Installing what the model needs to run"
	@$(UV) pip install --compile-bytecode --python $(BIN)/python --requirement requirements/run.lock
	@$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(APP_ENV): $(RUN_ENV) requirements/app.lock
	@echo "Installing what the app needs"
	@$(UV) pip install --compile-bytecode --python $(BIN)/python --requirement requirements/app.lock
	@touch $@

$(DEV_ENV): $(RUN_ENV) requirements/dev.lock
	@echo "Installing what developers need"
	@$(UV) pip install --compile-bytecode --python $(BIN)/python --requirement requirements/dev.lock
	@touch $@

$(MESA4_ENV): $(BIN)/uv requirements/mesa4.lock pyproject.toml
	@echo "Installing the coming Mesa in $(VENV_MESA4)"
	@test -x $(VENV_MESA4)/bin/python || $(UV) venv --python $(BIN)/python $(VENV_MESA4)
	@$(UV) pip install --compile-bytecode --python $(VENV_MESA4)/bin/python --requirement requirements/mesa4.lock
	@$(UV) pip install --python $(VENV_MESA4)/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: python
python: ## Say which Python would be used
	@python="$(PYTHON)"; $(REQUIRE_PYTHON); echo "$$python"

.PHONY: venv
venv: $(DEV_ENV) ## Create .venv with everything a developer needs

# --- Use ---------------------------------------------------------------------------------------

.PHONY: demo
demo: $(RUN_ENV) ## Test the headline lessons and write a report on them
	@$(BIN)/cocreate demo

.PHONY: app
app: $(APP_ENV) ## Open the app in a browser; HOST=... and PORT=... choose the address
	@$(BIN)/cocreate app $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

.PHONY: precomputed
precomputed: $(APP_ENV) ## Renew the worlds and the evidence that the app ships, after a change of the model
	@$(BIN)/python -m cocreate.viz.app.precompute
	@$(BIN)/python -m cocreate.viz.app.evidence.make

.PHONY: wheel
wheel: $(RUN_ENV) ## Build dist/*.whl, which installs without a checkout; on Linux or macOS
	@rm -rf build
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-index --no-build-isolation \
	    --wheel-dir dist .
	@rm -rf build
	@ls dist/*.whl

.PHONY: bench
bench: $(DEV_ENV) ## Measure speed
	@$(BIN)/python -m benchmarks

# --- Development -------------------------------------------------------------------------------

.PHONY: check
check: $(DEV_ENV) ## Lint, formatting, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

.PHONY: format
format: $(DEV_ENV) ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

.PHONY: docs
docs: $(DEV_ENV) ## Bring docs/odd.md, the counts in README.md, outputs in README.md and the tutorial, and the schema of studies up to date
	@$(BIN)/python -m cocreate.experiments.odd
	@$(BIN)/python -m cocreate.experiments.study.study_schema
	@$(BIN)/python -m tests.test_tutorial

.PHONY: results
results: $(DEV_ENV) ## Run all named experiments in full and renew docs/results.md
	@$(BIN)/cocreate test all --store results/store --out results
	@$(BIN)/python -m cocreate.experiments.hypotheses.results_page results

.PHONY: test
test: $(DEV_ENV) ## Run all tests, then the core ones on the coming Mesa
	$(BIN)/python -m pytest -n $(WORKERS)
	@$(MAKE) --no-print-directory test-mesa4

.PHONY: test-mesa4
test-mesa4: $(MESA4_ENV) ## Run the tests marked core on the coming Mesa
	$(VENV_MESA4)/bin/python -m pytest -n $(WORKERS) -m core tests --ignore tests/browser

SCREENS ?= screens

.PHONY: screens
screens: $(DEV_ENV) ## Take pictures of all pages of the app, wide and narrow, light and dark
	@$(BIN)/python -m tests.browser.screens $(SCREENS)

.PHONY: coverage
coverage: $(DEV_ENV) ## Run all tests uncompiled and show the lines they miss
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -n $(WORKERS) --cov

LOCK = $(UV) pip compile pyproject.toml --universal --python-version 3.12 --no-emit-index-url \
    --no-emit-find-links --custom-compile-command "make lock" --upgrade

.PHONY: lock
lock: $(BIN)/uv ## Choose the newest allowed versions and write them to requirements/
	$(LOCK) --group build --output-file requirements/run.lock
	$(LOCK) --group build --extra app --constraint requirements/run.lock --output-file requirements/app.lock
	$(LOCK) --group build --extra app --extra viz --extra cluster --extra discovery --extra calibration --extra search --group dev \
	    --constraint requirements/app.lock --output-file requirements/dev.lock
	$(LOCK) requirements/mesa4.in --group build --group test --output-file requirements/mesa4.lock

.PHONY: clean
clean: ## Remove environments, caches and build products
	rm -rf $(VENV) $(VENV_MESA4) .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
	    .pytest_cache .ruff_cache build dist src/cocreate.egg-info
	find agents model experiments viz src tests -name __pycache__ -type d -prune -exec rm -rf {} +
