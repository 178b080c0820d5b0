"""Build the bundle if its inputs changed: packages by the lock file, then fonts, then styles, icons and scripts.

Usage: python frontend/build.py [--force]      needs Node ≥ 20 as $NODE and npm as $NPM (default: those on the PATH)

Each part keeps a stamp of its inputs beside what it made, so that a second run only reads files.
"""

import hashlib
import os
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src" / "congso"
BUILT = SOURCE / "shared" / "ui" / "static" / "built"
SERIF = SOURCE / "shared" / "serif" / "built"
MODULES = HERE / "node_modules"
LOCK = HERE / "package-lock.json"

SKIPPED = {"tests", "migrations", "__pycache__", "built"}


def digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(str(path.relative_to(HERE.parent)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def sources() -> list[Path]:
    """Return the files whose markup decides which rules and icons are needed, and our own styles and scripts."""
    named = [path for ending in ("*.html", "*.py") for path in SOURCE.rglob(ending)]
    own = [path for folder in ("styles", "scripts", "editor") for path in (HERE / folder).rglob("*") if path.is_file()]
    return [path for path in named + own if not SKIPPED.intersection(path.relative_to(HERE.parent).parts)]


def step(name: str, inputs: Iterable[Path], *, done_when: Path, force: bool, commands: list[list[str]]) -> bool:
    """Run ``commands`` unless the stamp of ``name`` says that the same inputs were built; return whether it ran."""
    stamp = (MODULES if name == "packages" else BUILT) / f".{name}.stamp"
    wanted = digest(inputs)
    if not force and done_when.exists() and stamp.exists() and stamp.read_text() == wanted:
        return False
    for command in commands:
        subprocess.run(command, cwd=HERE, check=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    return True


def main(arguments: list[str]) -> None:
    node, npm = shlex.split(os.environ.get("NODE", "node")), shlex.split(os.environ.get("NPM", "npm"))
    force = "--force" in arguments
    install = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    fonts = MODULES / "@expo-google-fonts" / "be-vietnam-pro"
    step("packages", [LOCK], done_when=MODULES / "htmx.org", force=False, commands=[install])
    BUILT.mkdir(parents=True, exist_ok=True)
    made_fonts = step(
        "fonts",
        [LOCK, HERE / "build_fonts.py"],
        done_when=BUILT / "fonts.css",
        force=force,
        commands=[[sys.executable, "build_fonts.py", str(fonts), str(BUILT)]],
    )
    step(
        "serif",
        [LOCK, HERE / "serif.mjs"],
        done_when=SERIF / "Tinos_400Regular.ttf",
        force=force,
        commands=[[*node, "serif.mjs"]],
    )
    step(
        "bundle",
        [LOCK, HERE / "build.mjs", *sources()],
        done_when=BUILT / "congso.css",
        force=force or made_fonts,
        commands=[[*node, "build.mjs", str(BUILT)]],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
