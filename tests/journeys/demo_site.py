"""The demo as a stranger starts it: ``congso demo`` in a folder of its own, with its real server and worker."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
MINUTES_TO_START = 6


@pytest.fixture(scope="session")
def demo_site() -> Iterator[str]:
    """Yield the address of a running demo; ``CONGSO_DEMO_SITE`` names one that runs already."""
    if running := os.environ.get("CONGSO_DEMO_SITE"):
        yield running
        return
    # Short and open to all, as the database runs as a user without rights and its socket's path is limited.
    folder = Path(tempfile.mkdtemp(prefix="congso-demo-"))
    folder.chmod(0o755)
    said = folder / "said"
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CONGSO_DATA"}}
    with said.open("w") as output:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("congso"), "demo"],
            env=environment | {"CONGSO_DATA": str(folder / "data")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield _address(process, said)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
            shutil.rmtree(folder, ignore_errors=True)


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    latest = time.monotonic() + MINUTES_TO_START * 60
    while time.monotonic() < latest and process.poll() is None:
        if found := ADDRESS.search(said.read_text()):
            return found[0]
        time.sleep(0.5)
    pytest.fail(f"The demo did not start:\n{said.read_text()[-4000:]}")
