"""Judge a stranger's file in a process of its own, with little memory and little time.

``python -m congso.modules.signing.pdf.apart`` reads one request on its standard input and writes the verdict as JSON.
"""

import base64
import json
import logging
import resource
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from congso.modules.signing.pdf.checking import MOST_BYTES, check_pdf, nothing_but
from congso.modules.signing.verdict import Outcome, Verdict

logger = logging.getLogger(__name__)

SECONDS: Final = 20
MEMORY_BYTES: Final = 1024 * 1024 * 1024


def check_apart(
    pdf: bytes,
    *,
    roots: Sequence[bytes],
    moment: datetime,
    revoked: frozenset[str] = frozenset(),
    seconds: int = SECONDS,
) -> Verdict:
    """Return the same as ``check_pdf``; a file that takes too long or too much is ``indeterminate``."""
    if len(pdf) > MOST_BYTES:
        return nothing_but("too_large", Outcome.INDETERMINATE)
    request = {
        "pdf": base64.b64encode(pdf).decode(),
        "roots": [base64.b64encode(root).decode() for root in roots],
        "moment": moment.isoformat(),
        "revoked": sorted(revoked),
        "seconds": seconds,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=seconds + 10,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as failure:
        logger.warning("A file was too much to check: %s", failure)
        return nothing_but("too_complex", Outcome.INDETERMINATE)
    answer = json.loads(done.stdout)
    return Verdict.from_json(answer["outcome"], answer)


def main() -> None:
    """Answer the request on the standard input."""
    request = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (request["seconds"], request["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    verdict = check_pdf(
        base64.b64decode(request["pdf"]),
        roots=[base64.b64decode(root) for root in request["roots"]],
        moment=datetime.fromisoformat(request["moment"]),
        revoked=frozenset(request["revoked"]),
    )
    json.dump({"outcome": verdict.outcome, **verdict.as_json()}, sys.stdout)


if __name__ == "__main__":
    main()
