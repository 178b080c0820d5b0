"""``congso chaos documents``: kill programs at random moments under load, then compare. Exit code 1 on a difference."""

import secrets
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from congso.cli import options
from congso.ops.scratch import scratch
from congso.ops.telling import fail, print_result

if TYPE_CHECKING:
    from congso.ops.chaos.documents import Outcome

RUNS = ("documents",)
MOST_PROBLEMS_SHOWN = 50


def run(arguments: Sequence[str]) -> int:
    given = options.read(arguments, words=["TÊN"], values=["--kills", "--seed"])
    if given["TÊN"] not in RUNS:
        return fail(f"Không có “{given['TÊN']}”. Có: {', '.join(RUNS)}.")
    try:
        kills, seed = int(given.get("--kills", "100")), int(given.get("--seed", secrets.randbelow(1_000_000)))
    except ValueError:
        raise options.Misunderstood("--kills và --seed cần một số nguyên.") from None
    with scratch("chaos") as server:
        outcome = import_module(f"congso.ops.chaos.{given['TÊN']}").run(kills, server, seed=seed)
        # Texts of the outcome are in the language that the settings name.
        lines = report(outcome, seed=seed)
    for line in lines:
        print_result(line)
    return 1 if outcome.compared.problems else 0


def report(outcome: "Outcome", *, seed: int) -> list[str]:
    """Return what is told: what was killed, what was acknowledged, what differs."""
    found = outcome.compared
    killed = ", ".join(f"{times} {what}" for what, times in sorted(outcome.kills.items()))
    noted = ", ".join(f"{times} {what}" for what, times in sorted(found.acknowledged.items()))
    lines = [
        f"Đã giết {sum(outcome.kills.values())} lần trong {outcome.seconds:.0f} giây (seed {seed}): {killed}.",
        f"Người dùng đã được báo xong: {noted}.",
        f"Có {found.papers} văn bản, {found.arrivals} lượt đến, {found.signatures} chữ ký.",
        *(f"✗ {problem}" for problem in found.problems[:MOST_PROBLEMS_SHOWN]),
    ]
    if len(found.problems) > MOST_PROBLEMS_SHOWN:
        lines.append(f"✗ … và {len(found.problems) - MOST_PROBLEMS_SHOWN} chỗ khác nữa.")
    if not found.problems:
        lines.append("✓ Không mất gì, không lặp gì; nhật ký, số, lượt đến và mọi chữ ký đều khớp.")
    return lines
