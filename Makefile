# The commands of this project. `make run` is all a visitor needs; `make test` and `make lint` are what CI runs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
STATE ?= .heed
VENV ?= $(STATE)/venv
PARTS ?=
CONFIGURATION := -c release --static-swift-stdlib
HEED := .build/release/heed

.PHONY: help run deps test-deps build test-build test swift-test browser-test fuzz lint bench load screenshots clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 22

run: deps build  ## everything, in the foreground, with demo data; Ctrl-C ends it
	@# Ends with make, however make ends.
	@exec setpriv --pdeathsig TERM $(HEED) dev --state $(STATE)

deps:  ## the Debian packages that building and running need
	@./Tests/Support/packages run

test-deps: deps
	@./Tests/Support/packages test
	@./Tests/Support/venv.sh $(VENV)

build:  ## the release program, .build/release/heed, with the Swift runtime inside
	swift build $(CONFIGURATION) --product heed

test: swift-test browser-test  ## Swift tests on a cluster of their own, then the browser tests

test-build: deps
	@python3 Tests/Support/swift_test.py --build

swift-test: test-deps
	@python3 Tests/Support/swift_test.py

# With the program that the Swift tests are built with: another build takes longer than its slower pages do (HEED_BINARY=.build/release/heed: with that).
browser-test: test-deps test-build
	HEED_BINARY="$${HEED_BINARY:-$(CURDIR)/.build/debug/heed}" $(VENV)/bin/python -m pytest Tests/Browser -q -n 2 --dist loadfile

SECONDS ?= 600
fuzz: test-deps test-build  ## changed bytes for everything that reads bytes from outside (SECONDS=600 in all, ONLY=markdown for one reader)
	HEED_FUZZ_SECONDS=$(SECONDS) $(if $(ONLY),HEED_FUZZ_ONLY=$(ONLY)) .build/debug/heedPackageTests.xctest --testing-library swift-testing --filter FuzzTests

lint: test-deps  ## formatting, and habits that the rules keep out
	swift format lint --strict --recursive Sources Tests Package.swift
	@./Tests/Support/schema --check
	@./Tests/Support/lint

bench: test-deps build  ## side by side with PHP-FPM, C and plain SQL, in one run (PARTS="pages fire" for some; needs ../shared/bench)
	@./Tests/Load/bench $(PARTS)

load: test-deps build  ## faults under load: killed processes, a database that restarts, mail servers that misbehave
	@./Tests/Load/faults

screenshots: test-deps build  ## the pictures of the README, made anew
	$(VENV)/bin/python Tests/Browser/screenshots.py

clean:  ## removes what was built and the development state
	rm -rf .build "$$(readlink $(STATE)/home || echo $(STATE))" $(STATE)
