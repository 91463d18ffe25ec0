# make run: serve on the embedded default. make test: everything, against the real parts.
# Both install what they need; the second time that takes no time.

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
PYTEST_ARGS ?=

# Without compiled files each of the many processes that tests start would compile 800 modules again: seconds each.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup dev parts clients localstack run test check migration format stack bench infra lock clean

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1 — /p' $(MAKEFILE_LIST)

setup: $(VENV)/.setup ## Create .venv with the command cirrusgram in it

# A lock file is complete: nothing to resolve (--no-deps). Python compiles what it imports: --no-compile saves half the time.
$(VENV)/.setup: requirements.lock pyproject.toml tools/venv.sh
	@echo "installing into $(VENV) …"
	@sh tools/venv.sh $(PYTHON) $(VENV)
	@$(PIP) install --no-deps --no-compile -r requirements.lock
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --editable .
	@touch $@

dev: $(VENV)/.dev ## Add what checks and tests need

$(VENV)/.dev: requirements-dev.lock $(VENV)/.setup
	@echo "installing development packages into $(VENV) …"
	@$(PIP) install --no-deps --no-compile -r requirements-dev.lock
	@touch $@

parts: ## Install the servers the tests start (Debian packages)
	@sh tools/parts.sh

clients: dev ## Install the client libraries the tests drive (PyPI, npm), outside this folder
	@sh tools/clients.sh $(BIN)/python >/dev/null || echo "the tests of these client libraries will be skipped"

localstack: dev ## Install LocalStack, outside this folder, for its smoke test
	@$(BIN)/python -m localstack.host_mode >/dev/null || echo "the smoke test on LocalStack will be skipped"

run: setup ## Serve; options by ARGS="--tcp 0.0.0.0:443"
	@exec $(BIN)/cirrusgram serve $(ARGS)

# Two processes side by side (tests/order.py says what goes where); PYTEST_ARGS="-n 0" makes it one.
test: dev parts clients localstack ## All tests, on every database and deployment; a part by PYTEST_ARGS="tests/unit -k salts"
	$(BIN)/python -m pytest --numprocesses 2 --database both --deployment every $(PYTEST_ARGS)

check: dev ## Format, lint, types, import rules, generated files; needs no network
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tl.stubs --check
	$(BIN)/cirrusgram methods --check docs/reference/methods.md

migration: dev ## Write the next schema migration: ARGS="what changes"
	$(BIN)/python -m layers.migrations.new "$(ARGS)"

format: dev ## Rewrite the sources as `make check` wants them
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

stack: dev parts ## Start MariaDB, Redis, Kafka and S3 in the background (ARGS=--lambda: and the functions), print the settings that use them
	@$(BIN)/python -m localstack.stack up $(ARGS)

bench: dev parts ## The benchmarks; one of them by ARGS
	$(BIN)/python -m bench $(ARGS)

infra: ## Terraform: format, validate, plan and test both roots; checkov
	@sh tools/terraform.sh fmt
	@sh tools/terraform.sh check dev
	@sh tools/terraform.sh check prod
	@sh tools/terraform-checkov.sh
	@$(PYTHON) tools/terraform_docs.py --check

lock: dev ## Pin the dependencies anew; upgrade them by ARGS=--upgrade
	@$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --no-header --no-emit-index-url --quiet $(ARGS) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml -c requirements.lock --group dev --group stack --universal --python-version 3.11 --no-header --no-emit-index-url --quiet $(ARGS) -o requirements-dev.lock

clean: ## Remove what was installed and generated, but not data/
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './data/*' -prune -exec rm -rf {} +
