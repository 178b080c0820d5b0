"""What a records clerk waits for in the registers of a year, where the installation holds a million papers."""

import html
import re
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from congso.ops.bench import Goal, Outcome
from congso.ops.bench.measuring import load, million
from congso.ops.demo.keys_to_the_door import PASSWORD
from congso.ops.runner import Runner, web
from congso.ops.serving import free_port
from congso.ops.telling import step

CLERK = "vanthu.thanglong"
YEAR = 2022
DEPTH = 20
PER_SECOND, SECONDS = 20, 30
REGISTERS = ("documents:outgoing_register", "documents:incoming_register", "documents:following_register")
_OLDER = re.compile(r'href="(\?[^"]*sau=[^"]*)"')


def run(scale: float) -> Outcome:
    """Make the papers; leaf through the registers of a year, one page after the other, and search in them."""
    count = max(100, int(million.PAPERS * scale))
    seconds = max(2.0, SECONDS * min(1.0, scale * 10))
    call_command("collectstatic", interactive=False, verbosity=0)
    with step("Đặt đơn vị, người và một văn bản ký thật"):
        places = million.people_of([CLERK])
        original = million.one_real_paper()
    with step(f"Sinh {count} văn bản của 29 xã, thị trấn"):
        million.copy(original, places, count)
    visitor = load.Visitor(free_port())
    with Runner([web(visitor.port, 2)], settings.DATA_FOLDER / "log") as runner, step("Đo các trang sổ"):
        if not runner.look_after_until(load.answers(visitor, reverse("accounts:login"))):
            raise KeyboardInterrupt
        visitor.sign_in(reverse("accounts:login"), CLERK, PASSWORD)
        leaves = [path for place in REGISTERS for path in _leaves(visitor, f"{reverse(place)}?nam={YEAR}")]
        found = [f"{reverse(place)}?nam={YEAR}&q=ky+{n}77" for place in REGISTERS for n in range(1, 6)]
        load.closed_loop(visitor.get, leaves, connections=2, seconds=seconds / 3)
        times = load.open_loop(visitor.get, leaves, per_second=PER_SECOND, seconds=seconds)
        searched = [ms for path in found for ms in load.closed_times(visitor.get, path, count=3)]
    p99 = round(load.percentile(times, 0.99), 1)
    return Outcome(
        inputs={"papers": count, "year": YEAR, "pages": len(leaves), "per_second": PER_SECOND, "seconds": seconds},
        results={
            "p50_ms": round(load.percentile(times, 0.5), 1),
            "p99_ms": p99,
            "requests": len(times),
            "search_in_register_p50_ms": round(load.percentile(searched, 0.5), 1),
        },
        goals=(Goal("p99_ms", p99, 100, "ms", "at_most"),),
    )


def _leaves(visitor: load.Visitor, first: str) -> Iterator[str]:
    """Return the addresses of the first pages of a register, each as the page before it links."""
    path = first
    for _leaf in range(DEPTH):
        yield path
        older = _OLDER.search(visitor.text(path))
        if older is None:
            return
        path = first.split("?", maxsplit=1)[0] + html.unescape(older[1])
