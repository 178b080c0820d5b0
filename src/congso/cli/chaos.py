"""``congso chaos documents``: kill programs at random moments under load, then compare. Exit code 1 on a difference."""

import secrets
from collections.abc import Sequence
from importlib import import_module

from congso.cli import options
from congso.ops.scratch import scratch
from congso.ops.telling import fail, print_result

RUNS = ("documents",)


def run(arguments: Sequence[str]) -> int:
    given = options.read(arguments, words=["TÊN"], values=["--kills", "--seed"])
    if given["TÊN"] not in RUNS:
        return fail(f"Không có “{given['TÊN']}”. Có: {', '.join(RUNS)}.")
    try:
        kills, seed = int(given.get("--kills", "100")), int(given.get("--seed", secrets.randbelow(1_000_000)))
    except ValueError:
        raise options.Misunderstood("--kills và --seed cần một số nguyên.") from None
    with scratch("chaos") as server:
        chaos = import_module(f"congso.ops.chaos.{given['TÊN']}")
        outcome = chaos.run(kills, server, seed=seed)
        lines = chaos.report(outcome, seed=seed)
    for line in lines:
        print_result(line)
    return 1 if outcome.compared.problems else 0
