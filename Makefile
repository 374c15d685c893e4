# Two commands do all the set-up: `make audit` and `make test`. Each installs what it needs into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out/audit
# What `make audit` is of: five standards. `make audit STANDARDS=` is of the whole library.
STANDARDS ?= --standard up-to-date-assessment --standard smart-plan --standard strategy-meeting-compliance \
	--standard sdq-annual-update --standard child-voice-and-participation
# compat: a plain path, where setuptools' own finder would cost every command a start-up of its own
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --config-settings editable_mode=compat

.PHONY: audit test docs soak lint clean help

help:
	@echo "make audit   install, and audit sample_cases against five standards into $(OUT); of all: make audit STANDARDS="
	@echo "make test    install, and run every test and check but the long soaks"
	@echo "make soak    the long soaks"
	@echo "make docs    write the pages of docs/ that are made from the rules"
	@echo "make clean   remove the virtual environment and what was written"

audit: $(VENV)/.installed
	$(BIN)/qaengine audit sample_cases --as-at 2019-09-30 --seed 2019-Q3 --size 12 --stratify team --out $(OUT) \
		$(STANDARDS) $(if $(ANSWERS),--answers $(ANSWERS))

test: $(VENV)/.installed-dev lint
	$(BIN)/qaengine check rules
	$(BIN)/pytest -n 2

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.installed-dev
	$(BIN)/python -m qaengine.workbench.pages

soak: $(VENV)/.installed-dev
	$(BIN)/pytest -m slow

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) out
