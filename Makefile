# The doors of the house. Each prepares what it needs first and may be repeated.
CONGSO = .venv/bin/congso
# Compiled modules are kept wherever this runs: without them each start compiles Django anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo demo-reset test check bench chaos screenshots openapi clean

demo: ## run the demo on 127.0.0.1 (Ctrl-C stops it)
	@sh scripts/bootstrap.sh frontend
	@exec $(CONGSO) demo

demo-reset: ## throw the demo's data away and make it afresh
	@sh scripts/bootstrap.sh frontend
	@exec $(CONGSO) demo --reset

test: ## all tests, with what they need (ARGS="-k name" narrows)
	@sh scripts/test.sh $(ARGS)

check: ## lint, types, layers, templates, migrations
	@sh scripts/check.sh

bench: ## one bench by name: make -s bench NAME=pages
	@sh scripts/bootstrap.sh frontend
	@exec $(CONGSO) bench $(NAME) --json

chaos: ## kill programs at 100 random moments under load, then compare (ARGS="--kills 10" shortens)
	@sh scripts/bootstrap.sh frontend
	@exec $(CONGSO) chaos documents $(ARGS)

screenshots: ## the README's tour of pictures, taken by the story's journey
	@CONGSO_TOUR=1 sh scripts/test.sh tests/journeys/test_story.py

openapi: ## write docs/openapi.v1.json: read the difference before it is committed
	@DJANGO_SETTINGS_MODULE=congso.config.settings.test .venv/bin/python -m django openapi > docs/openapi.v1.json.new
	@mv docs/openapi.v1.json.new docs/openapi.v1.json

clean: ## remove what was built here; the data in var/ stays
	rm -rf .venv .tools frontend/node_modules src/congso/shared/ui/static/built src/congso/shared/serif/built
