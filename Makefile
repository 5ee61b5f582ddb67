PYTHON ?= python3
BIN = .venv/bin
PORT ?= 8501
SEED ?= 1

# What is imported is compiled then and kept; most of what is installed never is imported.
unexport PYTHONDONTWRITEBYTECODE
MAKEFLAGS += --jobs=2 # the checks two at a time, the tests beside the last of them

.PHONY: run test untimed check style types javascript ledger mutants bench chromium screenshot clean

run: .venv/run.stamp  ## start the app on the published ledger
	$(BIN)/python -m geo serve --server.port $(PORT)

test: check untimed  ## everything: style, types, unit, property, page and browser tests
	$(BIN)/pytest -m timed $$(grep -rl --include='test_*.py' mark.timed tests) # with nothing beside them

untimed: chromium
	$(BIN)/pytest -m "not timed" --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: style types javascript ledger  ## style, types and data, without a browser

style: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test.stamp
	$(BIN)/mypy

javascript: .venv/test.stamp
	.ci/javascript

ledger: .venv/run.stamp # while pip goes on with the tests' packages
	$(BIN)/python -m geo validate

chromium: .venv/test.stamp
	.ci/chromium

bench: .venv/test.stamp chromium  ## scrubbing beside what people use today; about 25 minutes
	$(BIN)/python -m benchmarks.scrub
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks.areas
	$(BIN)/python -m benchmarks.export

mutants: .venv/test.stamp  ## small changes in the rules that a test must notice; SEED=2 for others
	$(BIN)/python -m tools.mutants --seed $(SEED)

screenshot: .venv/test.stamp chromium  ## make the README's picture of the running app anew
	$(BIN)/python -m tests.browser.screenshot docs/app.png

clean:
	rm -rf .venv static

.venv/pip.stamp:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

.venv/run.stamp: .venv/pip.stamp requirements.txt
	$(BIN)/python -m pip install --quiet --no-compile -r requirements.txt
	touch $@

.venv/test.stamp: .venv/run.stamp tests/requirements.txt
	$(BIN)/python -m pip install --quiet --no-compile -r tests/requirements.txt
	touch $@
