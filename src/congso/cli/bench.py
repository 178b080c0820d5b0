"""``congso bench TÊN``: measure, on a scratch database. The last line of ``--json`` is one JSON object."""

from collections.abc import Sequence

from congso.cli import options
from congso.ops import benching
from congso.ops.telling import fail, print_result


def run(arguments: Sequence[str]) -> int:
    given = options.read(arguments, words=["TÊN"], flags=["--json", "--all"], values=["--scale"])
    try:
        scale = float(given.get("--scale", "1"))
    except ValueError:
        raise options.Misunderstood("--scale cần một số, như 0.01.") from None
    try:
        line = benching.run(given["TÊN"], scale, is_whole="--all" in given)
    except LookupError:
        return fail(f"Không có phép đo “{given['TÊN']}”. Có: {', '.join(benching.names())}.")
    if "--json" in given:
        print_result(line)
    return 0
