# What a contributor runs. `make` lists it. Every target works as the first one on a fresh clone.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo test test-real check docs golden conformance bench peers envtest lock clean

BIN := .venv/bin
PYTHON := $(BIN)/python
INSTALLED := .venv/installed
# Tried in this order; the first that is new enough and can make an environment is taken.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
# More arguments for what a target runs: make test ARGS="-k fingerprint -x", make conformance ARGS=pss
ARGS :=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export COVERAGE_FILE := build/coverage/data

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

install: $(INSTALLED) ## Install Bartizan and its development tools, hash-checked, into .venv

# The stamp is written last, so an installation that was broken off is done again.
$(INSTALLED): requirements-dev.lock pyproject.toml
	@if $(PYTHON) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then exit 0; fi; \
	for name in $(PYTHONS); do \
	  if $$name -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "making .venv with $$($$name --version)"; exec $$name -m venv --clear .venv; \
	  fi; \
	done; \
	echo "Bartizan needs Python 3.11 or newer with its venv module, and none of $(PYTHONS) is that: install one and run make again." >&2; \
	exit 2
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@$(PYTHON) -m pip install --quiet --no-deps --editable .
	@touch $@

demo: $(INSTALLED) ## Scan the example shop: a table here, a page in build/demo.html
	@mkdir -p build
	@status=0; $(BIN)/bartizan scan examples/harbor-market -o table -o html=build/demo.html || status=$$?; \
	if [ $$status -gt 1 ]; then echo "the scan ended with exit status $$status" >&2; exit $$status; fi
	@echo
	@echo "The same as a page: $(CURDIR)/build/demo.html"

test: $(INSTALLED) ## Run all tests in random order on all cores; print coverage, and every skip with its reason
	@mkdir -p build/coverage
	@echo "tests/cluster needs a real API server: make test-real"
	@$(PYTHON) -m pytest -n auto --ignore=tests/cluster --cov --cov-report=term:skip-covered $(ARGS)

test-real: $(INSTALLED) envtest ## Run the tests against a real API server, which is built first; no test may skip
	@BARTIZAN_REAL=1 $(PYTHON) -m pytest -n 2 --dist loadfile tests/cluster $(ARGS)

check: $(INSTALLED) ## Lint, format, types, layers, and whether docs/reference is current
	@echo "ruff check";          $(BIN)/ruff check .
	@echo "ruff format --check"; $(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; exit 1; }
	@echo "mypy";                $(BIN)/mypy
	@echo "lint-imports";        $(BIN)/lint-imports --no-cache
	@echo "docs/reference";      $(PYTHON) -m tools.reference --check

docs: $(INSTALLED) ## Generate docs/reference from the code
	@$(PYTHON) -m tools.reference

golden: $(INSTALLED) ## Rewrite the expected outputs of the tests; read the difference before you commit it
	@BARTIZAN_GOLDEN=1 $(PYTHON) -m pytest -p no:randomly -q tests/reports tests/test_readme.py $(ARGS)
	@git status --short tests

conformance: $(INSTALLED) ## Run the foreign test suites that the folder BARTIZAN_CONFORMANCE holds
	@$(PYTHON) -m tests.conformance $(ARGS)

bench: $(INSTALLED) ## Measure time and memory of a scan beside its peers
	@$(PYTHON) -m bench.scan $(ARGS)

peers: $(INSTALLED) ## Build the peers that the benchmark measures, into a cache outside the repository
	@$(PYTHON) -m tools.lab peers $(ARGS)

envtest: $(INSTALLED) ## Build etcd and kube-apiserver for test-real, into the same cache (needs Go; some minutes, once)
	@$(PYTHON) -m tools.lab envtest

lock: $(INSTALLED) ## Resolve requirements-dev.lock anew from pyproject.toml (needs uv)
	@PATH="$(CURDIR)/$(BIN):$$PATH" uv pip compile --quiet --universal --generate-hashes --no-header \
	  --group dev pyproject.toml --output-file requirements-dev.lock

clean: ## Remove everything that was made here, the environment too
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
