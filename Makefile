# Everything that is done with this project, by name. `make help` lists it.
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-slow chaos check bench lock audit build browser-deps clean dev

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt requirements-build.txt | $(BIN)/python
	@echo "Installing the requirements…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-build.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-otel.txt $(VENV)/.run
	@echo "Installing what tests and checks need…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-otel.txt -r requirements-dev.txt
	@touch $@

build: $(VENV)/.run ## Build the front end (only when its sources changed)
	@$(BIN)/python scripts/frontend.py build

run: build ## Start the product on http://HOST:PORT, embedded default
	@exec $(BIN)/python scripts/run.py --host $(HOST) --port $(PORT)

dev: $(VENV)/.dev ## Install everything that development needs

test: dev build ## The whole test suite (embedded default, or DATABASE_URL / REDIS_URL)
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m pytest -m "not slow" $(PYTEST_ARGS)

test-slow: dev build ## Long property runs and large data
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m pytest -m slow $(PYTEST_ARGS)

chaos: dev build ## Fault injection: everything is killed, stopped, emptied and restarted; prints what it saw
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m pytest -m faults $(PYTEST_ARGS)

check: dev build ## Lint, types, import rules, drift
	@$(BIN)/python scripts/check.py

bench: dev build ## The benchmark table
	@$(BIN)/python -m benchmarks.webhooks
	@$(BIN)/python -m benchmarks.in_process
	@$(BIN)/python -m benchmarks.decision_tables
	@$(BIN)/python -m benchmarks.canvas

lock: dev ## Lock the requirements anew
	@for name in requirements requirements-build requirements-otel requirements-s3 requirements-dev; do \
	  $(BIN)/uv pip compile --quiet $$name.in -o $$name.txt --python-version 3.11 --no-emit-index-url --no-emit-find-links; done

audit: dev ## Known vulnerabilities of dependencies
	@$(BIN)/python scripts/audit.py

browser-deps: ## Install Debian's Chromium for the browser journeys
	apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium

clean: ## Remove what was built
	rm -rf static/dist frontend/node_modules .mypy_cache .ruff_cache
