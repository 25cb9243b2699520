# Every command that people, cron and checks rely on. `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
VILLAGE_OPEN := $(VENV)/bin/village-open
# Two workers keep both cores of a small machine busy; a file's server and browser start once.
# tests/conftest.py says which files come first: the longest, which are not those with the most tests.
PYTEST_ARGS ?= -n 2 --dist loadfile --no-loadscope-reorder
# Stamps live inside the venv and go with it. The project's stamp carries the folder's name: a moved folder installs itself anew.
STAMPS := $(VENV)/stamps
PROJECT := $(STAMPS)/project$(subst /,-,$(CURDIR))
CATALOGUES := $(wildcard village_open/translations/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
# Two pips in one venv at a time spoil each other.
.NOTPARALLEL:
.PHONY: help install install-test run test check format messages bench soak lock clean

help:  ## list the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

install: system-run $(STAMPS)/run $(PROJECT) $(CATALOGUES:.po=.mo)  ## install what running needs

install-test: system-test $(STAMPS)/test $(PROJECT) $(CATALOGUES:.po=.mo)

run: install  ## make the demo township if there is no data yet, and serve it
	@test -n "$$VILLAGE_OPEN_DATABASE_URL" || test -s "$${VILLAGE_OPEN_HOME:-instance}/village_open.sqlite3" || $(VILLAGE_OPEN) demo
	@$(VILLAGE_OPEN) serve

test: install install-test  ## every test: both database engines and the browser
	$(PY) -m pytest $(PYTEST_ARGS)

check: install-test  ## lint, format, types, import floors, translations
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) $(VENV)/bin/lint-imports
	$(if $(CATALOGUES),$(PY) scripts/check_catalogues.py)

format: install-test  ## put the code into its one format
	$(PY) -m ruff format
	$(PY) -m ruff check --fix

messages: install-test  ## bring the texts of the pages into the translations
	$(PY) -m babel.messages.frontend extract -F babel.cfg -k _l -k lazy_gettext --no-location --omit-header -o $(STAMPS)/messages.pot .
	$(PY) -m babel.messages.frontend update -i $(STAMPS)/messages.pot -d village_open/translations --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date

bench: install-test  ## measure sheets, pages and imports
	$(PY) -m bench

soak: install-test  ## kill the server during saves, five hundred times
	$(PY) -m bench.soak

lock: $(STAMPS)/uv  ## renew requirements/*.txt from pyproject.toml (UPGRADE=--upgrade for newer versions)
	$(VENV)/uv/bin/uv $(LOCK) --extra build -o requirements/run.txt
	$(VENV)/uv/bin/uv $(LOCK) --extra build --extra dev -c requirements/run.txt -o requirements/test.txt

# Universal: one file for every system and every Python from 3.11 on. An index address would tie the file to one network.
LOCK := pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE)

clean:  ## remove the venv and every cache, never the data
	rm -rf $(VENV) *.egg-info build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.PHONY: system-run system-test
system-run system-test: system-%:
	@PYTHON=$(PYTHON) scripts/install-system $*

# A link to Python: when that Python is gone, the target is missing and the venv is made anew.
$(PY):
	$(PYTHON) -m venv --clear $(VENV)
	@mkdir -p $(STAMPS)

# test.txt holds everything that run.txt holds, at the same versions.
$(STAMPS)/run $(STAMPS)/test: $(STAMPS)/%: requirements/%.txt $(PY)
	@mkdir -p $(STAMPS)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(PROJECT): pyproject.toml $(PY) $(STAMPS)/run
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/uv: $(PY)
	$(PY) -m venv $(VENV)/uv
	$(VENV)/uv/bin/pip install --quiet --disable-pip-version-check uv
	@touch $@

%.mo: %.po | $(STAMPS)/run
	$(PY) -m babel.messages.frontend compile -i $< -o $@
