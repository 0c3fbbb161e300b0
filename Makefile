# make run    the app at http://127.0.0.1:7860      make test   all tests
# make setup  only the environment                  make check  lint, format, types, import contracts
# make bench  benchmarks (ratios)                   make docs   the generated parts of the documentation
# make messages  the catalogues of translations, brought up to date with the code

PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUN := .venv/bin/python

.PHONY: run setup test check bench docs messages
.DEFAULT_GOAL := run

run: setup
	$(RUN) app.py

setup: .venv/.ready

.venv/.ready: pyproject.toml constraints.txt install.py
	"$(PYTHON)" install.py

# Dozens of processes import ecomgen: it is compiled once.
test: export PYTHONDONTWRITEBYTECODE =
test: setup
	$(RUN) -I ecomgen/system.py chromium
	$(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: setup
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m pyright
	$(RUN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-cache
	$(RUN) -m check_jsonschema --builtin-schema vendor.compose-spec compose.yaml
	$(RUN) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/release.yml
	! test -x .venv/bin/hadolint || .venv/bin/hadolint Dockerfile

bench: setup
	for name in masks identity diffusion studio; do $(RUN) benchmarks/$$name.py || exit 1; done

docs: setup
	$(RUN) docs/make.py

messages: setup
	$(RUN) docs/messages.py
