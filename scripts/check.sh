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

# Django's own checks ask no database; the folder holds a throw-away secret.
django() {
    DJANGO_SETTINGS_MODULE=congso.config.settings.test CONGSO_DATA="$TOOLS/check" \
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/none" python -W ignore -m django "$@"
}
templates() {
    if [ -n "$(find src -name '*.html' -print -quit)" ]; then
        djlint --lint --quiet src
    fi
}
pictures() {
    if [ -f scripts/check_pictures.py ]; then
        python scripts/check_pictures.py
    fi
}

check ruff ruff check -q src tests
check format ruff format -q --check src tests
check mypy mypy
check imports lint-imports --no-cache
check templates templates
check django django check
check migrations django makemigrations --check --dry-run
check pictures pictures

[ -z "$failed" ] || fail "Chưa đạt:$failed"
say "Đạt cả."
