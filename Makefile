# One command for each thing to do. Needs Python 3.11+ and make; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run test check bench drill docs lock format clean \
	local development needs-python needs-browser

PYTHON ?= python3
BIN := .venv/bin
EMBEDDED := exec $(BIN)/python -m backend.embedded
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: local ## start KruNet; PORT=8010 picks a port, DATABASE_URL and REDIS_URL servers of your own
	@$(EMBEDDED) run

test: development ## the test suite, beside servers of its own; ARGS="-k word" goes to pytest
	@$(EMBEDDED) test -- python -m pytest -n 2 $(ARGS)

check: needs-browser development ## style, types, layers, migrations, OpenAPI, client, pages
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(EMBEDDED) with --folder check -- sh -ec '\
		mypy .; \
		lint-imports; \
		python manage.py makemigrations --check --dry-run; \
		python manage.py openapi --check; \
		tests/frontends/check.sh'

bench: development ## the benchmarks; TARGET=8 runs one
	@$(EMBEDDED) with --folder bench --durable -- python -m tests.benchmarks $(TARGET)

drill: development ## the reliability tests at full count; ARGS=worker_killed runs one
	@$(EMBEDDED) with --folder drill --durable -- python -m tests.drills $(ARGS)

docs: development ## write docs/openapi anew
	@$(EMBEDDED) with --folder check -- python manage.py openapi

format: development ## format the code and repair what can be repaired
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

lock: ## resolve the dependencies anew into requirements/*.lock (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	$(COMPILE) --output-file requirements/production.lock
	$(COMPILE) --extra local --output-file requirements/local.lock
	$(COMPILE) --extra local --extra development --output-file requirements/development.lock

clean: ## remove .venv and all caches; the data stays, in .krunet
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find . -name __pycache__ -prune -exec rm -rf {} +

local development: needs-python
	@"$(PYTHON)" -m backend.embedded.install $@

needs-python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "KruNet needs Python 3.11 or newer, which '$(PYTHON)' is not;" \
			"name another: make $(MAKECMDGOALS) PYTHON=python3.12"; \
		exit 1; }

needs-browser:
	@command -v node >/dev/null && command -v npm >/dev/null || { \
		echo "make check needs Node.js with npm; on Debian: apt-get install nodejs npm"; exit 1; }
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		echo "make check needs Chromium; on Debian: apt-get install chromium"; exit 1; }
