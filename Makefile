# Everything a developer does, with uv where it is installed and with Python's own venv and pip where not.

UV := $(shell uv --version 2>/dev/null)
# The first Python that is new enough; `make PYTHON=/path/to/python3 test` takes another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
BIN := .venv/bin

.PHONY: help demo test check bench gallery migration clean

help: ## shows this
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

# `make CITY=gwangju demo` loads another; `make CITY=? demo` says which there are.
CITY ?= seoul

demo: .venv/ready ## loads an example city and opens it in the browser; CITY=gwangju loads another
	$(BIN)/bogobot demo --city "$(CITY)"

test: .venv/ready-to-develop ## runs the tests
	$(BIN)/pytest -n 3 --dist worksteal

check: .venv/ready-to-develop ## lint, format, types, and which package may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready-to-develop ## measures what has to be fast
	$(BIN)/python -m benchmarks

gallery: .venv/ready-to-develop ## draws docs/gallery anew: every screen as each messenger shows it
	$(BIN)/python -m tests.gallery

migration: .venv/ready-to-develop ## drafts a migration: make migration NAME=add_rating; NAME=first drafts the first anew
	@test -n "$(NAME)" || { echo "Give it a name: make migration NAME=add_rating"; exit 1; }
	$(BIN)/python -m models.store.draft_migration $(NAME)
	$(BIN)/ruff format --quiet models/store/migrations
	$(BIN)/ruff check --quiet --fix --select I models/store/migrations

clean: ## removes what was made here, but no data
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is older than what it was made from only when that changed.
ifneq ($(UV),)

.venv/ready: pyproject.toml uv.lock
	uv sync --quiet --no-dev --inexact
	@touch $@

.venv/ready-to-develop: pyproject.toml uv.lock
	uv sync --quiet
	@touch $@

else

.venv/ready: pyproject.toml | .venv/bin/pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# Groups of dependencies are known to pip from 25.1 on.
.venv/ready-to-develop: pyproject.toml | .venv/bin/pip
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c "import venv, ensurepip" 2>/dev/null || \
		{ echo "$(PYTHON) cannot make environments: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

endif
