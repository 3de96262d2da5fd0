# Everything goes through here, and each target does its own set-up: git, make and Python 3.11 or newer are enough.
.DEFAULT_GOAL := help
.PHONY: demo bi bi-stop test lint lock bench clean help
.NOTPARALLEL:
.SECONDEXPANSION:

bin := .venv/bin
pip_version := 26.3
# make demo DATABASE=postgres reads into a Postgres of its own, which goes on running until `make clean`.
DATABASE := duckdb
ifeq ($(DATABASE),postgres)
  demo_needs := .venv/dev
  demo_database := "$$($(bin)/python -m examples.postgres_server start)"
else ifeq ($(DATABASE),duckdb)
  demo_needs := .venv/run
  demo_database := duckdb:///demo.duckdb
else
  $(error DATABASE is duckdb or postgres, not $(DATABASE))
endif
# Without examples/story, which is read by itself.
demo_articles := $(wildcard examples/*.txt examples/*.md examples/*.html)
# The first Python that is new enough and can make an environment.
find_python = for p in python3.13 python3.12 python3.11 python3; do \
	  if "$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$p"; exit; fi; done; \
	echo "Polidex needs Python 3.11 or newer with venv (on Debian: apt install python3 python3-venv)." >&2; exit 1

# $(call install,LOCK): an environment that holds exactly the lock. `.venv/whole` is absent while it is being filled,
# so a set-up that was interrupted starts from an empty environment and from the files that pip has cached.
define install
	@[ -e .venv/whole ] || { python="$$($(find_python))" && echo "== making .venv with $$python" && "$$python" -m venv --clear .venv; }
	@rm -f .venv/whole
	@echo "== installing $(1) (about a minute)"
	@$(bin)/python -m pip install --quiet --disable-pip-version-check pip==$(pip_version)
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1)
	@$(bin)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch .venv/whole $@
endef

# $(call step,NAME,COMMAND): run it, then say how long it took.
define step
	@echo "== $(1)"; start=$$(date +%s); $(2) && echo "== $(1): $$(($$(date +%s) - start)) s"
endef

# $(call ask,QUESTION): show a command and what it answers from the demo's database.
define ask
	@echo; echo '$$ polidex query $(1)'; $(bin)/polidex query $(1) --database $(demo_database)
endef

.venv/run: requirements.txt pyproject.toml
	$(call install,requirements.txt)

# The development lock holds the run-time lock too, so it serves both.
.venv/dev: requirements-dev.txt pyproject.toml
	$(call install,requirements-dev.txt)
	@touch .venv/run

demo: $$(demo_needs)  ## read the articles in examples/ into demo.duckdb and answer two questions; DATABASE=postgres for Postgres
	@$(bin)/polidex run $(demo_articles) --database $(demo_database) || [ $$? -eq 3 ] # 3: some replies failed; the rest is there
	$(call ask,when_in_office person=Kibaki)
	$(call ask,election_winners)
	@printf '\nWhat to type next:\n  %s\n  %s\n' "$(bin)/polidex query --database "$(demo_database) \
	  "$(bin)/polidex query fact_sources --database "$(demo_database)

bi: .venv/dev  ## start Apache Superset on this machine with a dashboard of demo.duckdb
	@$(bin)/python -m examples.superset start

bi-stop: .venv/dev  ## end it and delete all it kept
	@$(bin)/python -m examples.superset stop

test: lint  ## every check: lint, types, import direction, unit, integration, docs, live
	@echo "== tests: unit, integration, docs"; $(bin)/python -m pytest --numprocesses 2 --dist loadfile tests/unit tests/integration tests/docs
	@echo "== tests: live"; $(bin)/python -m pytest tests/live # By itself: the model takes every core.

lint: .venv/dev  ## ruff, mypy --strict, import-linter
	$(call step,ruff,$(bin)/ruff check . && $(bin)/ruff format --check .)
	$(call step,mypy --strict,$(bin)/mypy)
	$(call step,import-linter,$(bin)/lint-imports)

lock: .venv/dev  ## write the two locks again from pyproject.toml
	@compile="$(bin)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml" && \
	$$compile --group build --output-file requirements.txt && \
	$$compile --group dev --constraint requirements.txt --output-file requirements-dev.txt

bench: .venv/dev  ## minutes, tokens and F1 beside the naive way (slow)
	@$(bin)/python -m benchmarks

clean:  ## take away the environment, caches and the demo's databases
	@[ ! -e .venv/dev ] || { $(bin)/python -m examples.postgres_server remove && $(bin)/python -m examples.superset stop; }
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info demo.duckdb demo.duckdb.*

help:  ## this list
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## /  make \1\t/' | expand -t 16
