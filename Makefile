# Two commands do everything: `make run` and `make test`. Nothing is written outside this folder.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
STAMP_DEV := $(VENV)/.installed-dev
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev run test test-server check format clean

help:
	@echo "make run    set up, run the nightly flow on samples/, show the books"
	@echo "make test   set up, run all tests"
	@echo "make check  format, lint, types and tests"
	@echo "make test-server  what differs between servers, on the machine's own PostgreSQL"
	@echo "make clean  remove the virtual environment and the workspace"

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "doisoat cần Python ≥ 3.11 · needs Python ≥ 3.11 (make PYTHON=python3.12 …)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Đang cài đặt, vài phút ở lần đầu · installing, a few minutes the first time"
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(STAMP_DEV): $(STAMP)
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

setup: $(STAMP)
setup-dev: $(STAMP_DEV)

run: setup
	@$(BIN)/doisoat run --drop samples/drop

# In the order of the folders: by number of tests, as xdist would, the few long ones come last and a core idles.
test: setup-dev
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# What speaks to PostgreSQL itself, on Debian's: the embedded one is of another version, and sets itself up.
test-server: setup-dev
	@.ci/with-server $(BIN)/python -m pytest -n 0 tests/warehouse/access/test_matrix.py tests/warehouse/test_migrate.py \
	  tests/warehouse/test_publish.py tests/expectations/test_gate_two.py::test_the_refusal_names_the_rows_in_both_languages

check: setup-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory test

format: setup-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) workspace .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
