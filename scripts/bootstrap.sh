#!/bin/sh
# Make the checkout ready to run: uv, Python packages, and (with "frontend") the pages' bundle.
# Safe to repeat; each step is skipped while its inputs are the same.
#
# usage: scripts/bootstrap.sh [frontend]
set -eu
ROOT=$(cd "$(dirname "$0")/.." && pwd)
. "$ROOT/scripts/lib.sh"
cd "$ROOT"

environment() {
    node_group=
    if [ "${1:-}" = frontend ] && ! has_node; then
        node_group="--group node"
    fi
    inputs=$(cat pyproject.toml uv.lock scripts/lib.sh | fingerprint)
    is_stamped environment "$inputs$node_group" && .venv/bin/python -c '' 2>/dev/null && return
    # The bundle's Node once installed is no reason to take it away.
    is_stamped environment "$inputs--group node" && .venv/bin/python -c '' 2>/dev/null && return

    mkdir -p "$TOOLS"
    python=$(find_python)
    if [ "$("$UV" --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
        say "• Tải công cụ uv $UV_VERSION vào .tools/ …"
        install_uv "${python:-$(any_python)}" ||
            fail "Chưa tải được uv. Kiểm tra mạng (pypi.org), cài python3-venv hoặc curl, rồi chạy lại."
    fi
    if [ -z "$python" ]; then
        say "• Máy chưa có Python từ 3.12; tải Python $PYTHON_TO_DOWNLOAD vào .tools/ …"
        quietly "$UV" python install "$PYTHON_TO_DOWNLOAD" ||
            fail "Chưa có Python từ 3.12 và không tải được. Cài gói python3.12 (hoặc mới hơn) của hệ điều hành, rồi chạy lại."
        python=$("$UV" python find --managed-python "$PYTHON_TO_DOWNLOAD")
    fi
    say "• Cài các gói Python theo uv.lock …"
    # shellcheck disable=SC2086 - no group, or an option with its value
    quietly "$UV" sync --frozen --no-progress --python "$python" $node_group ||
        fail "Chưa cài được các gói Python. Xem lỗi ở trên; nếu là lỗi mạng, chạy lại lệnh vừa gõ."
    stamp environment "$inputs$node_group"
}

frontend() {
    [ -f frontend/build.py ] || return 0
    [ -d frontend/node_modules ] || say "• Tải các gói giao diện và dựng giao diện …"
    # It knows its own inputs and does nothing when they are the same. A Node of the group "node" is on this PATH.
    (PATH="$ROOT/.venv/bin:$PATH" && export PATH && quietly .venv/bin/python frontend/build.py) ||
        fail "Chưa dựng được giao diện. Xem lỗi ở trên; nếu là lỗi mạng, chạy lại lệnh vừa gõ."
}

environment "$@"
if [ "${1:-}" = frontend ]; then
    frontend
fi
