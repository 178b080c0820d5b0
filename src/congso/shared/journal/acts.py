"""What an act is called in Vietnamese, for the history of a record. Modules fill this in ``AppConfig.ready``."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from congso.shared.journal.canonical import Plain, checked_act

type Phrase = str | Promise | Callable[[Mapping[str, Plain]], str]

DAY = re.compile(r"\d{4}-\d\d-\d\d")

_phrases: dict[str, Phrase] = {}


def register(act: str, phrase: Phrase) -> None:
    """Give ``act`` its phrase. Safe to repeat.

    :param phrase: what was done, without who (``"cấp số %(number)s"``; the line's facts fill it, days as 29/11/2023),
        or a function of the facts where a sentence with placeholders is not enough.
    """
    _phrases[checked_act(act)] = phrase


def is_registered(act: str) -> bool:
    return act in _phrases


def phrase_of(act: str, facts: Mapping[str, Plain]) -> str:
    """Say in Vietnamese what was done; an act or a fact of an older release gets a general phrase."""
    phrase = _phrases.get(act)
    if phrase is None:
        return _("làm một việc (mã %(act)s)") % {"act": act}
    if callable(phrase) and not isinstance(phrase, Promise):
        return phrase(facts)
    text = str(phrase)
    try:
        return text % {name: _shown(value) for name, value in facts.items()}
    except KeyError:
        return re.sub(r"%\(\w+\)[a-z0-9]*[sd]", "…", text)


def _shown(value: Plain) -> object:
    if isinstance(value, str) and DAY.fullmatch(value):
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    return value
