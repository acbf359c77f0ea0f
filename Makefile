# Two commands matter: `make run` and `make test`. Both set up what they need.
PYTHON ?= python3.11
BIN := .venv/bin
NPM := $(BIN)/python -m apps.config.setup npm

# Compiled Python is kept in the virtual environment, also where the environment forbids it beside the sources: without
# it every process of a run or a test compiles Django anew (2 s each).
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache

.PHONY: run test setup check lint coverage bench format lock clean

run:
	@$(PYTHON) -m apps.config.setup run
	@$(BIN)/python -m apps.config.supervisor

setup:
	@$(PYTHON) -m apps.config.setup run

test:
	@$(PYTHON) -m apps.config.setup test
	@$(MAKE) --no-print-directory lint
	@$(NPM) run --silent test
	@$(BIN)/python -m pytest -n 3 --dist loadgroup -m 'not browser and not slow'
	@$(BIN)/python -m tests.on_postgres
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m 'browser or slow' tests/browser tests/config tests/flows

# Lint, types and the unit tests of what changed since main: before every commit.
check:
	@$(PYTHON) -m apps.config.setup test
	@$(BIN)/python -m apps.config.check_changed

# Not part of `make test`: tracing makes the tests a third slower.
coverage:
	@$(PYTHON) -m apps.config.setup test
	@$(BIN)/python -m pytest -q -n 4 --dist loadgroup -m 'not browser and not slow' --cov --cov-report=term --cov-fail-under=85

lint:
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(NPM) run --silent check
	@$(NPM) run --silent lint

bench:
	@$(PYTHON) -m apps.config.setup test
	@$(BIN)/python -m tests.bench

# Writes requirements.lock anew; versions stay unless pyproject.toml asks for others.
lock:
	@$(BIN)/uv pip compile --quiet pyproject.toml --all-extras --generate-hashes --no-header --no-emit-index-url \
	    --python-version 3.11 --output-file requirements.lock

format:
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
	@$(BIN)/python manage.py generate_docs

clean:
	rm -rf .venv static/node_modules static/dist
