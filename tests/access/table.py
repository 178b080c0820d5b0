"""The reviewed table as a file: how a line is written, how the answers are read back."""

from collections.abc import Mapping
from pathlib import Path

PATH = Path(__file__).resolve().parents[1] / "architecture" / "access.txt"
WIDTH = 64


def line(name: str, cells: Mapping[str, str]) -> str:
    """Write one line: its name, then a cell per role under the role's own word."""
    return f"{name:{WIDTH}}" + " ".join(f"{cell:{max(len(role), 4)}}" for role, cell in cells.items())


def read() -> dict[str, dict[str, str]]:
    """Return by the name of a case what the table says each role gets."""
    found: dict[str, dict[str, str]] = {}
    roles: list[str] = []
    for text in PATH.read_text().splitlines():
        name, cells = text[:WIDTH].rstrip(), text[WIDTH:].split()
        if name.startswith("# "):
            roles = cells
        elif name.startswith(("GET ", "POST ")):
            found[name] = dict(zip(roles, cells, strict=True))
    return found
