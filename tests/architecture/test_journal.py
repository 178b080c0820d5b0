"""Every act that the code writes into the journal has a Vietnamese phrase for the history of records."""

import ast
from pathlib import Path

import congso
from congso.shared.journal import acts

ROOT = Path(congso.__file__).parent


def recorded_acts():
    """Yield each code given to ``journal.record`` as a plain string, with its file."""
    for path in ROOT.rglob("*.py"):
        if {"tests", "bench"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"journal.record", "record"}:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, path.relative_to(ROOT)


def test_every_recorded_act_has_its_phrase():
    recorded = dict(recorded_acts())

    assert "numbering.cancelled" in recorded
    assert not {act: str(path) for act, path in recorded.items() if not acts.is_registered(act)}
