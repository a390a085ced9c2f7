# What a developer runs. `make bench` measures for some 25 minutes, writes docs/benchmarks.md, and fails nobody's tests.
python ?= .venv/bin/python
files ?= 20000
bin := $(dir $(python))

.PHONY: lint test golden docs bench

lint:
	$(bin)ruff check .
	$(bin)ruff format --check .
	$(bin)mypy
	PATH="$(abspath $(bin)):$$PATH" lint-imports

test:
	$(bin)pytest -n auto

golden: # the golden files written anew, to be looked at in the diff
	$(bin)pytest tests/test_workbook_golden.py --update-golden

docs: # the table of damage, as the program does with it now
	$(python) tests/damage.py --docs

bench:
	$(python) benchmarks/run.py --files $(files)
