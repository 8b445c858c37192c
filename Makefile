# make demo      set up, then carry a bundled spoken answer all the way: no microphone, network or model needed
# make rehearse  set up, then open the program
# make test      set up, then run the tests
# make check     set up, then lint, types, import contracts, spelling, dead code
# make soak      the long reliability runs, some hours (docs/reliability.md); make soak SHARE=0.02 for a taste

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .make
# Where PyTorch comes from can be said here, e.g. PyTorch's own index of CPU builds (its installation page names it):
#   make demo TORCH_ARGS="--index-url ..."
TORCH_ARGS ?=
# Which part of their published counts the long runs of tests/soak take.
SHARE ?= 1

.PHONY: demo rehearse test check soak screenshots clean
.DELETE_ON_ERROR:

demo: $(STAMPS)/installed
	$(BIN)/pmrehearse demo

rehearse: $(STAMPS)/installed $(STAMPS)/system-rehearse
	$(BIN)/pmrehearse

test: $(STAMPS)/dev $(STAMPS)/system-test
	$(BIN)/python -m pytest -q -m "not soak"

check: $(STAMPS)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/codespell

soak: $(STAMPS)/dev $(STAMPS)/system-test
	$(BIN)/python -m tests.soak --share $(SHARE)
	$(BIN)/python -m pytest -q -m soak

screenshots: $(STAMPS)/dev
	$(BIN)/python tools/make_screenshots.py

clean:
	rm -rf $(VENV) $(STAMPS)

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "pmrehearse needs Python 3.11 or newer; say which: make demo PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing (on Debian and Ubuntu: the package python3-venv)"; exit 2; }
	@touch $@

$(STAMPS)/torch: $(STAMPS)/venv constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check $(TORCH_ARGS) "$$(grep '^torch==' constraints.txt)"
	@touch $@

$(STAMPS)/installed: $(STAMPS)/torch pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -r requirements-dev.txt
	@touch $@

$(STAMPS)/system-%: tools/system_packages.sh
	@mkdir -p $(STAMPS)
	@sh tools/system_packages.sh $*
	@touch $@
