"""Run pyHanko's coroutines from plain code, also in a thread whose event loop belongs to somebody else."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_to_end[T](coroutine: Coroutine[Any, Any, T]) -> T:
    """Return the result of a coroutine, in an event loop of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(asyncio.run, coroutine).result()
