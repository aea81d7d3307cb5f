# The verbs of the project. Each makes .venv on first use, from requirements.lock; a second call installs nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REPORTS ?= data/reports
OUT ?= build
WORKERS ?= 2
SHARED ?= $(or $(RASD_SHARED),../shared)

.DEFAULT_GOAL := help
.PHONY: help run test lab figures check oldest bench clean

help:  ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY)  ## code the reports, merge them, draw the figures, write build/report.html
	@echo "run: coding $(REPORTS) into $(OUT)"
	@$(BIN)/rasd run $(REPORTS) -o $(OUT)

test: $(READY)  ## style, types, doctests and tests, with a coverage figure
	@echo "test: ruff, mypy, then pytest on $(WORKERS) cores"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal --cov --cov-report term:skip-covered

lab: $(READY)  ## open JupyterLab on the notebooks
	@echo "lab: opening JupyterLab on notebooks/"
	@$(BIN)/jupyter lab --notebook-dir=notebooks

figures: $(READY)  ## draw every figure again into build/figures
	@echo "figures: drawing into $(OUT)/figures"
	@$(BIN)/rasd figures $(REPORTS) -o $(OUT)/figures

oldest: $(READY)  ## the tests of text and figures on the oldest matplotlib supported
	@echo "oldest: text and figures on the matplotlib of requirements-oldest.lock"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --require-hashes \
		--target $(OUT)/oldest -r requirements-oldest.lock
	@PYTHONPATH=$(OUT)/oldest $(BIN)/python -c 'import matplotlib; print("matplotlib", matplotlib.__version__)'
	@PYTHONPATH=$(OUT)/oldest $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -p no:cacheprovider tests/test_arabic.py tests/test_figures.py tests/test_save_figure.py

bench: $(READY)  ## print the speed of this checkout and its scores, on the measuring data too where it is
	@for script in reading_text readiness coding study merging_speed; do \
		echo "bench: $$script"; $(BIN)/python benchmarks/$$script.py || exit 1; done
	@echo "bench: the project's own hand-coded reports"; $(BIN)/rasd score data/gold/gold.jsonl
	@if [ -d "$(SHARED)/gold" ]; then \
		echo "bench: score_gold"; $(BIN)/python benchmarks/score_gold.py $(SHARED) || exit 1; \
		echo "bench: places"; $(BIN)/python benchmarks/places_against_airwars.py $(SHARED) || exit 1; \
		echo "bench: merging"; $(BIN)/python benchmarks/merging_against_airwars.py $(SHARED) || exit 1; \
	else echo "bench: no measuring data at $(SHARED) (RASD_SHARED); the rest is left out"; fi

clean:  ## remove build/ and .venv
	rm -rf $(OUT) $(VENV)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "rasd needs Python 3.11 or later; name one: make PYTHON=python3.12 ..."; exit 1; }
	@echo "setup: making $(VENV) from requirements.lock (once, a minute or two)"
	@$(PYTHON) -m venv $(VENV) || { echo "Python lacks its venv module; on Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
