.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
# One more than there are cores, as tests wait for sockets and disks too. A file's tests share what it builds.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)

.PHONY: help demo test check soak crash copies crisis bench browser docs clean

help:  ## What you can do here.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

demo: $(VENV)/.installed  ## A company of 40 and four weeks of stories, on a Slack of its own. ARGS=--exit ends after the check.
	@$(BIN)/passalong demo $(ARGS)

test: $(VENV)/.developed  ## All tests. ARGS is for pytest.
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: $(VENV)/.developed  ## Format, lint, types, import contracts, dependencies, and the tests of the house itself.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/deptry .
	@$(BIN)/pytest -q tests/house

bench: $(VENV)/.developed  ## Every promise of speed, measured beside its base, in a minute; ARGS=--full, --only KEY, --json FILE.
	@$(BIN)/python -m tests.bench $(ARGS)

soak: $(VENV)/.developed  ## Weeks of work of a company of 10,000 in a quarter of an hour, and what has grown since. ARGS=--help.
	@$(BIN)/python -m tests.soak $(ARGS)

crash: $(VENV)/.developed  ## Kill the bot at every place, and at random; without each protection it must go wrong. ARGS=--report writes docs/reliability.md.
	@$(BIN)/python -m tests.crash $(ARGS)

crisis: $(VENV)/.developed  ## Tell 10,000 simulated people of a crisis, by the clock of Slack's limits; once more with lost answers and kills. ARGS=--help.
	@$(BIN)/python -m tests.crisis $(ARGS)

copies: $(VENV)/.developed  ## A month with two and with three copies on one PostgreSQL, killed and started at random. ARGS=--help.
	@$(BIN)/python -m tests.copies $(ARGS)

browser:  ## Debian's Chromium, for the browser tests (needs root).
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji fonts-liberation)

docs: $(VENV)/.developed  ## Write what is generated: .env.example, the README's settings, docs/scopes.md and docs/sandbox.md.
	@$(BIN)/python tests/house/write_docs.py

clean:  ## Remove the virtual environment.
	@rm -rf $(VENV)

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Missing: Python 3.11 or newer (set PYTHON=… if it has another name)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Missing: Python 3.11 or newer; $(PYTHON) is older, or does not start (set PYTHON=…)."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Missing: Python's venv module (Debian: apt install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing…"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e . || { echo "Missing: a package index that pip can reach."; exit 1; }
	@touch $@

$(VENV)/.developed: $(VENV)/.installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check 'pip>=25.1' && $(BIN)/python -m pip install -q --disable-pip-version-check --group dev || { echo "Missing: a package index that pip can reach."; exit 1; }
	@touch $@
