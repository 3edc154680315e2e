# Every target is a line or two; what it runs is found under the same name in the README.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
FACTS ?= ../shared/seed
# one more than two cores: tests wait for servers, browsers and other processes about a quarter of their time
WORKERS ?= 3
STAMPS := $(if $(filter .venv,$(VENV)),.stamps,$(VENV)/stamps)

.PHONY: demo seed test second lint types docs dictionary bench bench-small constraints clean

demo: $(STAMPS)/install  ## build sse.db from seed_data and write the report
	@$(BIN)/sse-db init
	@$(BIN)/sse-db import seed_data
	@$(BIN)/sse-db report -o report
	@$(BIN)/python tools/compare_coverage.py

seed: $(STAMPS)/install-dev  ## write seed_data from tables of facts: make seed FACTS=folder
	$(BIN)/python tools/seed_literature.py $(FACTS)/literature.csv
	$(BIN)/python tools/seed_structures.py $(FACTS)/structures.yaml
	$(BIN)/python tools/seed_pages.py $(FACTS)

test: $(STAMPS)/install-dev $(STAMPS)/judges lint types  ## the whole suite with lint and types
	$(BIN)/python -m pytest --doctest-modules -n $(WORKERS) --dist loadfile --no-loadscope-reorder

second: $(STAMPS)/install-dev  ## the quick tests on another Python: make second VENV=.venv-second PYTHON=python3.13
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not browser and not validators" -k "not postgresql" \
		tests/unit tests/migrations tests/integration tests/property

lint: $(STAMPS)/install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python tools/find_unused.py

types: $(STAMPS)/install-dev
	$(BIN)/mypy

docs: $(STAMPS)/install-dev  ## regenerate the generated pages and build the site
	$(BIN)/python tools/generate_docs.py
	$(BIN)/mkdocs build --strict

bench: $(STAMPS)/install-dev  ## measure imports, views and structures, and write docs/benchmarks.md
	$(BIN)/python benchmarks/page.py

bench-small: $(STAMPS)/install-dev  ## the same at small sizes, into the folder report
	mkdir -p report
	$(BIN)/python benchmarks/page.py --small --output report

constraints: $(STAMPS)/install-dev  ## write what is installed into constraints.txt
	(head -1 constraints.txt; $(BIN)/python -m pip freeze --exclude-editable) > constraints.new && mv constraints.new constraints.txt

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/install: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/install-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@mkdir -p $(STAMPS) && touch $@ $(STAMPS)/install

$(STAMPS)/judges: tests/judges.txt | $(BIN)/python
	$(BIN)/python -m venv .venv/judges
	.venv/judges/bin/python -m pip install --quiet --disable-pip-version-check -r tests/judges.txt
	@mkdir -p $(STAMPS) && touch $@

clean:
	rm -rf .venv $(STAMPS) sse.db* report site dist build
