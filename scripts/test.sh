#!/bin/sh
# Run all tests, after bringing what they need: Chromium for the journeys, pdfsig to judge signatures, Tesseract to
# read scans (without it those tests are left out, and say so).
# Further arguments go to pytest.
set -eu
ROOT=$(cd "$(dirname "$0")/.." && pwd)
. "$ROOT/scripts/lib.sh"
cd "$ROOT"

find_chromium() {
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        if found=$(command -v "$name" 2>/dev/null) && "$found" --version >/dev/null 2>&1; then
            printf '%s' "$found"
            return
        fi
    done
}

# by_package_manager: install both as root; without root only where sudo asks nothing.
by_package_manager() {
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || return 1
        sudo="sudo -n"
    fi
    say "• Cài Chromium, poppler-utils và tesseract cho bài thử …"
    if command -v apt-get >/dev/null 2>&1; then
        export DEBIAN_FRONTEND=noninteractive
        quietly $sudo apt-get update -qq || true
        quietly $sudo apt-get install -y -qq --no-install-recommends chromium poppler-utils
        quietly $sudo apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd
    elif command -v dnf >/dev/null 2>&1; then
        quietly $sudo dnf install -y -q chromium poppler-utils
        quietly $sudo dnf install -y -q tesseract tesseract-langpack-vie tesseract-osd
    else
        return 1
    fi
}

sh scripts/bootstrap.sh frontend
reads_vietnamese() { tesseract --list-langs 2>/dev/null | grep -q '^vie$'; }

if [ -z "$(find_chromium)" ] || ! command -v pdfsig >/dev/null 2>&1 || ! reads_vietnamese; then
    by_package_manager || true
fi
CONGSO_CHROMIUM=${CONGSO_CHROMIUM:-$(find_chromium)}
if [ -z "$CONGSO_CHROMIUM" ]; then
    say "• Tải Chromium của Playwright …"
    quietly .venv/bin/playwright install chromium || true
    CONGSO_CHROMIUM=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as p: print(p.chromium.executable_path)')
    [ -x "$CONGSO_CHROMIUM" ] || fail "Bài thử cần Chromium. Cài gói chromium của hệ điều hành, rồi chạy lại."
fi
command -v pdfsig >/dev/null 2>&1 || fail "Bài thử cần lệnh pdfsig. Cài gói poppler-utils của hệ điều hành, rồi chạy lại."
export CONGSO_CHROMIUM
reads_vietnamese || say "• Không có tesseract với tiếng Việt: bỏ qua các bài thử đọc bản quét."

# What another run left behind is no help and no harm.
unset DJANGO_SETTINGS_MODULE CONGSO_DATA || true
# Apart, as the browser's event loop stays in its process, and other tests run loops of their own there.
status=0
some() {
    .venv/bin/python -m pytest -n 2 --dist loadfile -q -m "$@" || {
        code=$?
        # A name that is asked for may be on one side only; pytest answers 5 where it finds none.
        [ "$code" -eq 5 ] && [ "$#" -gt 1 ] || status=$code
    }
}
some "not journey" "$@"
some journey "$@"
exit "$status"
