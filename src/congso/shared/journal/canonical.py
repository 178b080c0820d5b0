"""What may stand in a line, and the one form in which a line is hashed."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

type Plain = bool | int | str | list[bool | int | str]

ACT = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# A code of the field, such as 15/KH-UBND or QĐ: no blank, no other accented letter, so no sentence and no name in full.
CODE = re.compile(r"[A-Za-z0-9Đđ][A-Za-z0-9Đđ._:/\-]{0,127}")
MOST_IN_A_LIST = 500


class NotForTheJournal(TypeError):
    """A bug: a line was given something other than ids, codes, whole numbers, yes or no, and days."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a line says, without the numbers that the database gives."""

    at: datetime
    act: str
    subject_id: UUID
    account_id: UUID | None
    person_id: UUID | None
    position_id: UUID | None
    organ_id: UUID | None
    is_system: bool
    facts: Mapping[str, Plain]

    @property
    def parts(self) -> list[object]:
        """What is hashed, in order: JSON values, time in UTC to the microsecond."""
        ids = (self.subject_id, self.account_id, self.person_id, self.position_id, self.organ_id)
        return [
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.act,
            *(None if value is None else str(value) for value in ids),
            self.is_system,
            dict(self.facts),
        ]

    def hash(self) -> bytes:
        """Return the SHA-256 of the canonical form: ``parts`` as one JSON list, keys sorted."""
        text = json.dumps(self.parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).digest()


def checked_act(act: str) -> str:
    """Return ``act``, a code such as ``documents.numbered``.

    :raises NotForTheJournal: it is not such a code.
    """
    if len(act) > 64 or not ACT.fullmatch(act):  # noqa: PLR2004 - the column's width
        raise NotForTheJournal(f"{act!r} is not the code of an act")
    return act


def checked_facts(facts: Mapping[str, object]) -> dict[str, Plain]:
    """Return ``facts`` as JSON values.

    :raises NotForTheJournal: a value may carry free text, or is of no kind that a line holds.
    """
    plain: dict[str, Plain] = {}
    for name, value in facts.items():
        if not NAME.fullmatch(name):
            raise NotForTheJournal(f"{name!r} is not the name of a fact")
        if isinstance(value, list | tuple | set | frozenset):
            if len(value) > MOST_IN_A_LIST:
                raise NotForTheJournal(f"Fact {name!r} holds {len(value)} values")
            ordered = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            plain[name] = [_scalar(name, item) for item in ordered]
        else:
            plain[name] = _scalar(name, value)
    return plain


def _scalar(name: str, value: object) -> bool | int | str:
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return int(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and CODE.fullmatch(value):
        return str(value)
    raise NotForTheJournal(f"Fact {name!r} is not an id, a code, a whole number, yes or no, or a day: {value!r:.60}")
