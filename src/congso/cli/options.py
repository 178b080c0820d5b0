"""Options of the sub-commands, read by hand: argparse speaks English only."""

from collections.abc import Sequence


class Misunderstood(Exception):
    """The arguments of a command make no sense; the text says which, in Vietnamese."""


def read(
    arguments: Sequence[str], *, words: Sequence[str] = (), flags: Sequence[str] = (), values: Sequence[str] = ()
) -> dict[str, str]:
    """Return the given words by name, the given options by ``--name`` (flags as "yes").

    :param words: names of the positional arguments; all are required.
    :param flags: options without a value.
    :param values: options with a value.
    :raises Misunderstood: one is missing, unknown or too many.
    """
    found: dict[str, str] = {}
    missing, rest = list(words), list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument in flags:
            found[argument] = "yes"
        elif argument in values and rest:
            found[argument] = rest.pop(0)
        elif missing and not argument.startswith("-"):
            found[missing.pop(0)] = argument
        else:
            raise Misunderstood(f"Chưa hiểu “{argument}”.")
    if missing:
        raise Misunderstood(f"Còn thiếu: {', '.join(missing)}.")
    return found
