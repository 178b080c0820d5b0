"""What the command line says: plain lines on stderr, a bar where one watches; stdout is for results."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

console = Console(stderr=True, highlight=False, soft_wrap=True)


def tell(text: str = "") -> None:
    """Say one line."""
    console.print(text, markup=False)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what begins, and, if it took a while, how long it was."""
    tell(f"• {text} …")
    began = time.monotonic()
    yield
    seconds = time.monotonic() - began
    if seconds >= 1:
        tell(f"  xong sau {seconds:.0f} giây")


@contextmanager
def counting(text: str, total: int) -> Iterator[Callable[[], None]]:
    """Count through a long work: a bar on a terminal, a line at each tenth elsewhere; call what it gives per piece."""
    if console.is_terminal:
        columns = (TextColumn("• {task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=False) as progress:
            task = progress.add_task(text, total=total)
            yield lambda: progress.advance(task)
        return
    done = 0
    tell(f"• {text} …")

    def advance() -> None:
        nonlocal done
        done += 1
        if done * 10 // total > (done - 1) * 10 // total and done < total:
            tell(f"  {done}/{total}")

    yield advance


def fail(text: str) -> int:
    """Say what went wrong and return the exit code for it."""
    tell(text)
    return 1


def print_result(text: str) -> None:
    """Print a result to stdout."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
