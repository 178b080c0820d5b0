"""Run one bench on a scratch installation and tell the outcome."""

import json
import os
import platform
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import congso
from congso.ops import bench as benches
from congso.ops.bench import Outcome
from congso.ops.scratch import scratch
from congso.ops.telling import tell

_KILOBYTES = 1024


def names() -> list[str]:
    """Return the names of all benches."""
    return sorted(found.name for found in iter_modules(benches.__path__) if not found.ispkg)


def run(name: str, scale: float, *, is_whole: bool = False) -> str:
    """Run the bench and return its outcome as one line of JSON; the table is told on the way.

    :param is_whole: measure all of what is otherwise reckoned from a sample, if the bench says what ``WHOLE`` is.

    :raises LookupError: there is no such bench.
    """
    if name not in names() or find_spec(f"{benches.__name__}.{name}") is None:
        raise LookupError(name)
    with scratch("bench"):
        bench = import_module(f"{benches.__name__}.{name}")
        outcome: Outcome = bench.run(getattr(bench, "WHOLE", 1.0) if is_whole else scale)
    _tell(name, outcome)
    return json.dumps(_as_json(name, outcome), ensure_ascii=False)


def machine() -> dict[str, object]:
    """Return what ran the bench."""
    return {
        "cpu": _first_value(Path("/proc/cpuinfo"), "model name"),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int(_first_value(Path("/proc/meminfo"), "MemTotal").split()[0]) / _KILOBYTES**2, 1),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", platform.platform()),
        "python": platform.python_version(),
        "congso": congso.__version__,
    }


def _as_json(name: str, outcome: Outcome) -> dict[str, object]:
    goals = [
        {"name": goal.name, "value": goal.value, "goal": goal.goal, "unit": goal.unit, "met": goal.is_met}
        for goal in outcome.goals
    ]
    about = {"bench": name, "machine": machine(), "inputs": dict(outcome.inputs), "results": dict(outcome.results)}
    return about | {"goals": goals}


def _tell(name: str, outcome: Outcome) -> None:
    tell(f"\nKết quả đo “{name}”:")
    for key, value in {**outcome.inputs, **outcome.results}.items():
        tell(f"  {key}: {value}")
    for goal in outcome.goals:
        sense = "≤" if goal.sense == "at_most" else "≥"
        mark, said = ("✓", "đạt") if goal.is_met else ("✗", "CHƯA ĐẠT")
        tell(f"  {mark} {goal.name} = {goal.value:g} {goal.unit} (cần {sense} {goal.goal:g}): {said}")


def _first_value(path: Path, name: str) -> str:
    for line in path.read_text().splitlines():
        key, _colon, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "?"
