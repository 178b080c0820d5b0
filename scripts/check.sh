#!/bin/sh
# Every check of the code that runs nothing of it but its settings. All are run; the failed ones are named at the end.
set -eu
ROOT=$(cd "$(dirname "$0")/.." && pwd)
. "$ROOT/scripts/lib.sh"
cd "$ROOT"
sh scripts/bootstrap.sh
PATH="$ROOT/.venv/bin:$PATH"
export PATH

failed=
check() {
    name=$1
    shift
    say "• $name"
    "$@" || failed="$failed $name"
}

# These ask no database; the folder holds a throw-away secret.
django() {
    DJANGO_SETTINGS_MODULE=congso.config.settings.test CONGSO_DATA="$TOOLS/check" \
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/none" python -W ignore -m django "$@"
}
# quiet COMMAND…: what it says is shown only when it fails.
quiet() {
    if ! "$@" >"$TOOLS/check.log" 2>&1; then
        cat "$TOOLS/check.log" >&2
        return 1
    fi
}
templates() {
    if [ -n "$(find src -name '*.html' -print -quit)" ]; then
        djlint --lint --quiet src
    fi
}
# The README's pictures, the pages that they show, and the links between pages of the docs.
docs() {
    python -m pytest -q tests/architecture/test_docs.py
}

check ruff ruff check -q src tests
check format ruff format -q --check src tests
check mypy mypy
check imports quiet lint-imports --no-cache
check templates templates
check django quiet django check
check migrations quiet django makemigrations --check --dry-run
check docs docs

[ -z "$failed" ] || fail "Chưa đạt:$failed"
say "Đạt cả."
