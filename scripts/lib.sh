# Shared by the scripts of this folder: messages, stamps, the pinned uv, a Python that really runs.
# Everything said to people goes to stderr, so that a command's own output stays clean.

UV_VERSION=0.13.9
PYTHON_TO_DOWNLOAD=3.13
TOOLS=$ROOT/.tools
UV=$TOOLS/uv/bin/uv
LOG=$TOOLS/bootstrap.log

export UV_PYTHON_INSTALL_DIR="$TOOLS/python"
export UV_PROJECT_ENVIRONMENT="$ROOT/.venv"
unset VIRTUAL_ENV || true

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# quietly COMMAND…: run it, show what it printed only if it fails.
quietly() {
    mkdir -p "$TOOLS"
    if ! "$@" >"$LOG" 2>&1; then
        tail -n 40 "$LOG" >&2
        return 1
    fi
}

# fingerprint: the checksum of what comes in.
fingerprint() { cksum | tr -d ' \n'; }

# is_stamped NAME VALUE / stamp NAME VALUE: remember which inputs a step was last done for.
is_stamped() { [ "$(cat "$TOOLS/stamp-$1" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s' "$2" >"$TOOLS/stamp-$1"; }

# runs_as_new_python FILE: it starts (a shim may answer "command not found") and is new enough.
runs_as_new_python() {
    "$1" -c 'import ssl, sys; sys.exit(not (3, 12) <= sys.version_info < (3, 15))' >/dev/null 2>&1
}

# find_python: print a Python of at least 3.12, or nothing.
find_python() {
    for candidate in python3.14 python3.13 python3.12 python3; do
        found=$(command -v "$candidate" 2>/dev/null) || continue
        if runs_as_new_python "$found"; then
            printf '%s' "$found"
            return
        fi
    done
    for found in "${HOME:-/root}"/.pyenv/versions/3.1[2-9]*/bin/python3; do
        if [ -x "$found" ] && runs_as_new_python "$found"; then
            printf '%s' "$found"
            return
        fi
    done
}

# install_uv PYTHON: put the pinned uv into .tools/uv, by pip if that Python has it, else by uv's own installer.
install_uv() {
    rm -rf "$TOOLS/uv"
    if [ -n "$1" ] && quietly "$1" -m venv "$TOOLS/uv" &&
        quietly "$TOOLS/uv/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"; then
        return
    fi
    rm -rf "$TOOLS/uv"
    mkdir -p "$TOOLS/uv/bin"
    installer="https://astral.sh/uv/$UV_VERSION/install.sh"
    if command -v curl >/dev/null 2>&1; then
        curl -LsSf "$installer" >"$TOOLS/uv-install.sh" 2>/dev/null || return 1
    elif command -v wget >/dev/null 2>&1; then
        wget -qO "$TOOLS/uv-install.sh" "$installer" 2>/dev/null || return 1
    else
        return 1
    fi
    UV_UNMANAGED_INSTALL="$TOOLS/uv/bin" quietly sh "$TOOLS/uv-install.sh"
}

# any_python: a Python that can at least carry uv.
any_python() {
    for candidate in python3 python; do
        found=$(command -v "$candidate" 2>/dev/null) || continue
        if "$found" -c 'import sys; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1; then
            printf '%s' "$found"
            return
        fi
    done
}

# has_node: the system's own Node is new enough and comes with npm.
has_node() {
    command -v npm >/dev/null 2>&1 &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' >/dev/null 2>&1
}
