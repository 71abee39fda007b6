# Two commands do everything on a fresh machine: make demo, make test.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types unit wheel clean

demo: .venv/ready
	$(BIN)/lifecircle demo

test: lint types unit wheel

lint: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready-to-test
	$(BIN)/mypy

unit: .venv/ready-to-test
	$(BIN)/pytest -n auto --dist loadfile

# What users install is the wheel: build it, install it in a fresh environment, run the main job.
wheel: .venv/ready-to-test
	rm -rf build/wheel && mkdir -p build/wheel
	$(BIN)/python -m build --wheel --no-isolation --outdir build/wheel . >build/wheel/log
	$(PYTHON) -m venv build/wheel/env
	build/wheel/env/bin/pip install --quiet --disable-pip-version-check build/wheel/*.whl
	cd build/wheel && env/bin/lifecircle demo --out demo
	test -s build/wheel/demo/results/maps/index.html
	rm -rf build/wheel

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || \
	  { echo "lifecircle needs Python 3.11 to 3.14; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
	         "Name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/ready-to-test: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ .venv/ready

clean:
	rm -rf .venv build out
