# make          make every study's report in results/
# make test     run the tests
# `make help` lists the rest. All of it runs in .venv, which is made from the locked requirements.

PYTHON ?= python3
CORES ?= 4
CHROMIUM ?= chromium
# What builds the container image, and more options for its `build`.
ENGINE ?= $(firstword $(foreach engine,podman docker,$(shell command -v $(engine))))
BUILD_OPTIONS ?=
# How much `make bench` measures: smallest, usual or largest; and a command that runs a second R, if any.
SIZES ?= usual
export CURRENT_R ?=

# `snakemake --containerize` starts from :latest, and has no option for another one.
BASE_IMAGE := docker.io/condaforge/miniforge3:26.3.2-3

BIN := .venv/bin
RUNS := .venv/runs
DEVELOPS := .venv/develops
# Compiled tests are kept: to compile them takes each process that tests as long as a hundred tests.
TEST := PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONDONTWRITEBYTECODE= pytest
BENCH := PYTHONPATH=scripts:tests/workflow python benchmarks/performance.py

.DELETE_ON_ERROR:
.PHONY: report test test-slow test-deploy lint format lock docs screenshot oracle bench bench-check
.PHONY: planted-errors fingerprint claim-drafts drafts image containerize clean help

report: $(RUNS) ## make every study's report (the default)
	@test -d results || echo "Making the reports for the first time: half a minute for a study of some patients"
	@PATH="$(CURDIR)/$(BIN):$$PATH" snakemake --cores $(CORES)

test: $(DEVELOPS) ## run the tests, except those that take minutes
	@$(TEST) --numprocesses auto --dist worksteal -m "not slow"

test-slow: $(DEVELOPS) ## run the tests that take minutes; some kill runs and fill disks (half an hour)
	@$(TEST) --numprocesses auto --dist worksteal -m slow

# In four groups, as jobs on the cluster and its daemons keep no core busy.
test-deploy: $(DEVELOPS) ## test conda, containers and Slurm for real (as root on Debian; 10 minutes)
	@$(TEST) --numprocesses 4 tests/deploy

lint: $(DEVELOPS) ## check style, types and the workflow; change nothing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/snakefmt --check Snakefile rules
	$(BIN)/mypy
	PATH="$(CURDIR)/$(BIN):$$PATH" snakemake --lint

format: $(DEVELOPS) ## put all files into the style that lint asks for
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/snakefmt Snakefile rules

lock: $(DEVELOPS) ## choose the newest versions that pyproject.toml allows, and write them down
	$(BIN)/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --group build pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --group dev --constraint requirements.txt pyproject.toml \
	    --output-file requirements-dev.txt

docs: $(DEVELOPS) ## write the parts of the documentation that are made from the code
	PATH="$(CURDIR)/$(BIN):$$PATH" python docs/generate.py

screenshot: report ## take the README's picture of the report (needs chromium)
	$(CHROMIUM) --headless --disable-gpu --hide-scrollbars --window-size=1100,1500 \
	    --screenshot=docs/images/report.png --user-data-dir=$$(mktemp -d) \
	    file://$(CURDIR)/results/upadacitinib-myositis/report.html

oracle: ## write what this machine's R says of the test samples (up to 4.5: r-cran-coin r-cran-exactranktests)
	Rscript tests/oracle/$$(Rscript -e 'cat(if (getRversion() < "4.6") "write_all.R" else "wilcoxon_4_6.R")')

bench: $(DEVELOPS) ## measure how fast casebook is, into docs/performance.md (15 minutes; R with coin and exactRankTests)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BENCH) --sizes $(SIZES)

bench-check: $(DEVELOPS) ## fail where a small run has become much slower than docs/performance.md says (a minute)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BENCH) --check

planted-errors: $(DEVELOPS) ## count the planted errors that the audit finds, into docs/planted-errors.md
	PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH=scripts python benchmarks/planted_errors.py > planted.tmp
	mv planted.tmp docs/planted-errors.md

fingerprint: $(DEVELOPS) ## count how often the audit tells the program, into docs/fingerprint.md (two R's)
	PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH=scripts python benchmarks/fingerprint.py > fingerprint.tmp
	mv fingerprint.tmp docs/fingerprint.md

claim-drafts: $(DEVELOPS) ## count the guesses of `casebook claims` that are right, into docs/claim-drafts.md
	PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH=scripts python benchmarks/paper_drafts.py > claims.tmp
	mv claims.tmp docs/claim-drafts.md

drafts: $(DEVELOPS) ## count the guesses of `casebook new` that are right, into docs/drafts.md
	PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH=scripts python benchmarks/drafts.py > drafts.tmp
	mv drafts.tmp docs/drafts.md

image: ## build the container image with podman or docker, and make a file of it with apptainer
	@test -n "$(ENGINE)" || { echo "make image needs podman or docker" >&2; exit 1; }
	@command -v apptainer > /dev/null || { echo "make image needs apptainer" >&2; exit 1; }
	$(ENGINE) build $(BUILD_OPTIONS) --tag casebook .
	@rm -f containers/casebook.tar
	$(ENGINE) save --output containers/casebook.tar casebook
	apptainer --silent build --force --mksquashfs-args '-comp zstd -Xcompression-level 3' \
	    containers/casebook.new docker-archive:containers/casebook.tar
	@rm containers/casebook.tar
	@digest=$$(sha256sum < containers/casebook.new | cut -d ' ' -f 1) && \
	    mv containers/casebook.new containers/$$digest.sif && \
	    ln -sf $$digest.sif containers/casebook.sif && \
	    echo "containers/casebook.sif is now containers/$$digest.sif"

containerize: $(RUNS) ## write the Dockerfile anew after a change of envs/ (needs a conda command)
	PATH="$(CURDIR)/$(BIN):$$PATH" snakemake --containerize > Dockerfile.tmp
	sed 's|^FROM .*|FROM $(BASE_IMAGE)|' Dockerfile.tmp | cat - containers/whole.dockerfile > Dockerfile
	rm Dockerfile.tmp

clean: ## remove results and the virtual environment
	rm -rf results .snakemake .venv

help: ## list what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

# The stamps stand for a finished installation, so that a half-made one is made again.
$(RUNS): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "casebook needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." >&2; \
	    echo "If a newer one is installed, name it: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "casebook needs Python's venv module; on Debian and Ubuntu: apt install python3-venv" >&2; \
	    exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version): once, for a minute or two, 550 MB. The reports come next"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation \
	    --editable .
	@touch $@

$(DEVELOPS): requirements-dev.txt $(RUNS)
	@echo "Adding what the tests need to .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
