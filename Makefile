# One environment in .venv, made and re-used by every target. Wants Python >= 3.11, git and make; nothing else.
# Another interpreter: make PYTHON=/path/to/python3.12 play

PYTHON ?=
SCENARIO ?= christmas_invasion_1978
RUNS ?= 20

BIN := .venv/bin
PLAY := .venv/.ready-to-play
DEV := .venv/.ready-to-develop
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: play simulate bench test check format lint types imports scenarios clean

play: $(PLAY)
	@$(BIN)/kampuchea play

simulate: $(PLAY)
	@$(BIN)/kampuchea simulate $(SCENARIO) --runs $(RUNS)

bench: $(PLAY)
	@$(BIN)/kampuchea bench

test: $(DEV)
	@$(BIN)/python -m pytest -n auto --dist worksteal

# `make -k check` goes on after the first that fails.
check: format lint types imports scenarios

format: $(DEV)
	$(BIN)/ruff format --check

lint: $(DEV)
	$(BIN)/ruff check

types: $(DEV)
	$(BIN)/mypy

imports: $(DEV)
	$(BIN)/lint-imports

scenarios: $(DEV)
	$(BIN)/kampuchea check scenarios

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks

.venv/pyvenv.cfg:
	@found=; for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if "$$python" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "kampuchea: needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python3.12 ..." >&2; exit 2; \
	fi; \
	if ! "$$found" -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	    echo "kampuchea: $$found comes without venv and pip; install them (Debian, Ubuntu: apt install python3-venv)" >&2; exit 2; \
	fi; \
	echo "kampuchea: making .venv with $$($$found --version)" >&2; \
	"$$found" -m venv --clear .venv

# The old stamps go first, so that an interrupted installation is taken up again.
$(PLAY): pyproject.toml | .venv/pyvenv.cfg
	@rm -f $(PLAY) $(DEV)
	@echo "kampuchea: installing what the game needs into .venv" >&2
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[fast]'
	@touch $(PLAY)

$(DEV): pyproject.toml $(PLAY) | .venv/pyvenv.cfg
	@rm -f $(DEV)
	@echo "kampuchea: installing what tests and checks need into .venv" >&2
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(DEV)
