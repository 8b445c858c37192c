# make demo      set up, then carry a bundled spoken answer all the way: no microphone, network or model needed
# make rehearse  set up, then open the program
# make test      set up, build the wheel, then run the tests on what it installs
# make wheel     build dist/: the sdist, and the wheel from that sdist
# make check     set up, then lint, types, import contracts, spelling, dead code
# make soak      the long reliability runs, some hours (docs/reliability.md); make soak SHARE=0.02 for a taste

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .make
# An environment that has the built wheel; its libraries are those of $(VENV).
WHEEL_VENV := $(STAMPS)/wheel
# Where PyTorch comes from can be said here, e.g. PyTorch's own index of CPU builds (its installation page names it):
#   make demo TORCH_ARGS="--index-url ..."
TORCH_ARGS ?=
# Which part of their published counts the long runs of tests/soak take.
SHARE ?= 1

.PHONY: demo rehearse wheel test check soak screenshots clean
.DELETE_ON_ERROR:

demo: $(STAMPS)/installed
	$(BIN)/pmrehearse demo

rehearse: $(STAMPS)/installed $(STAMPS)/system-rehearse
	$(BIN)/pmrehearse

# PYTHONSAFEPATH keeps the folder that a command is called in off the path: what is tested is the wheel, not this tree.
test: wheel $(STAMPS)/system-test
	@sh tools/install_wheel.sh $(VENV) $(WHEEL_VENV)
	PYTHONSAFEPATH=1 PMREHEARSE_TESTED=wheel $(WHEEL_VENV)/bin/python -m pytest -q -m "not soak"

wheel: $(STAMPS)/dev
	@rm -rf dist
	$(BIN)/python -m hatchling build -t sdist -d dist
	$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist dist/*.tar.gz

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
	rm -rf $(VENV) $(STAMPS) dist

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@echo "Setting up in $(VENV), once; this takes some minutes."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "pmrehearse needs Python 3.11 or newer; say which: make demo PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing (on Debian and Ubuntu: the package python3-venv)"; exit 2; }
	@touch $@

$(STAMPS)/torch: $(STAMPS)/venv constraints.txt
	@echo "PyTorch: some 200 MB, or some 3 GB where pip takes the build with CUDA (the README says how not to) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check $(TORCH_ARGS) "$$(grep '^torch==' constraints.txt)"
	@touch $@

$(STAMPS)/installed: $(STAMPS)/torch pyproject.toml constraints.txt
	@echo "pmrehearse and what else it needs ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -r requirements-dev.txt
	@touch $@

$(STAMPS)/system-%: tools/system_packages.sh
	@mkdir -p $(STAMPS)
	@sh tools/system_packages.sh $*
	@touch $@
