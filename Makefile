.DEFAULT_GOAL := help
SHELL := /bin/bash
export JAVA_HOME := $(shell . scripts/common.sh && find_jdk && echo $$JAVA_HOME)

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

dev: ## Build what is missing and start a server
	./cloister server

test: ## Run all tests
	./test

check: ## Check format, lint and types without running tests
	mvn -B -q spotless:check
	cd dashboard && npm run lint && npm run typecheck

e2e: ## Run the packaged product end to end
	mvn -B -q verify -am -pl e2e -Dtest='dev.cloister.e2e.**' -Dsurefire.failIfNoSpecifiedTests=false

bench: ## Measure against peers in the same run; writes bench/results
	bench/run

bench-authorize: ## Measure how long decisions take (JMH)
	mvn -B -q -Pbench -pl bench/authorize -am package -DskipTests
	java -cp 'bench/authorize/target/classes:bench/authorize/target/lib/*' org.openjdk.jmh.Main AuthorizeBenchmark

property: ## Compare a million decisions with the lists and the documented rules
	AUTHORIZATION_CASES=1000000 mvn -B -q -pl server -am test -Dtest=AuthorizationPropertyTest -Dsurefire.failIfNoSpecifiedTests=false

soak: ## Move random bytes through sessions and relays for ten minutes each
	CLOISTER_SOAK_SECONDS=600 mvn -B -q -pl tunnel,gateway -am test -Dtest='*SoakTest' -Dsurefire.failIfNoSpecifiedTests=false

fmt: ## Format all sources
	mvn -B -q spotless:apply
	cd dashboard && npm run fmt

policy-matrix: ## Write the golden policy matrix after an intended change
	POLICY_MATRIX_WRITE=1 mvn -B -q -pl server -am test -Dtest=PolicyMatrixTest -Dsurefire.failIfNoSpecifiedTests=false

route-sweep: ## Write the answers of every route after an intended change
	ROUTE_SWEEP_WRITE=1 mvn -B -q -pl server -am test -Dtest=RouteSweepTest -Dsurefire.failIfNoSpecifiedTests=false

settings-page: ## Write docs/settings.md after settings were changed
	SETTINGS_PAGE_WRITE=1 mvn -B -q -pl server -am test -Dtest=ServerSettingsTest -Dsurefire.failIfNoSpecifiedTests=false

api-document: ## Write docs/openapi.json after the API was changed
	OPENAPI_WRITE=1 mvn -B -q -pl server -am test -Dtest=ApiDocumentTest -Dsurefire.failIfNoSpecifiedTests=false

api-baseline: ## At a release: what later changes of the API may not break
	cp docs/openapi.json server/src/test/resources/api-baseline.json

contract: ## Compare docs/openapi.json with another API document: make contract REFERENCE=path
	@node scripts/contract.mjs docs/openapi.json "$(REFERENCE)"

clean: ## Remove everything that was built
	mvn -B -q clean
	rm -rf build dashboard/dist dashboard/node_modules

.PHONY: help dev test check e2e bench bench-authorize property soak fmt policy-matrix route-sweep settings-page api-document api-baseline contract clean
