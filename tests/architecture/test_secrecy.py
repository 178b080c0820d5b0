"""Every command that turns secret content away leaves word of it in the journal."""

import ast
from collections.abc import Iterator
from pathlib import Path

import congso.modules.documents

ROOT = Path(congso.modules.documents.__file__).parent
GUARDS = {"refuse_secret", "screened", "fill_text_step"}

type Place = tuple[Path, str]


def functions() -> Iterator[tuple[Place, ast.FunctionDef]]:
    for path in sorted(ROOT.rglob("*.py")):
        if "tests" not in path.parts:
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef):
                    yield (path, node.name), node


def decorators(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(decorator) for decorator in function.decorator_list}


def called(function: ast.FunctionDef) -> set[str]:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {called.id for called in calls if isinstance(called, ast.Name)}


def guarding() -> dict[Place, ast.FunctionDef]:
    """Return the functions that turn secrets away, themselves or by what they call; a ``_name`` is its file's own."""
    found: dict[Place, ast.FunctionDef] = {}
    while True:
        everywhere = GUARDS | {name for _path, name in found if name[0] != "_"}
        more = {
            (path, name): function
            for (path, name), function in functions()
            if called(function) & (everywhere | {other for where, other in found if where == path})
        }
        if more.keys() == found.keys():
            return found
        found = more


def test_every_command_that_refuses_secrets_notes_it():
    commands = {
        place: decorators(function)
        for place, function in guarding().items()
        if "transaction.atomic(durable=True)" in decorators(function)
    }

    assert {"create_draft", "direct_incoming", "add_entry", "add_file"} <= {name for _path, name in commands}
    assert [f"{path.name}: {name}" for (path, name), marks in commands.items() if "notes_secrets" not in marks] == []
