"""Correct a type of paper or the style of a kind of organ; choose how an organ numbers."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput
from congso.modules.documents import catalogue, notations, permissions, series
from congso.modules.documents.kinds import Family, SeriesScheme, TypeGroup
from congso.modules.documents.models import SeriesChoice, StyleVersion, TypeVersion
from congso.shared import journal
from congso.shared.organs.models import OrganKind

_CODE: Final = re.compile(r"[A-Za-zĐđ]{1,8}")
# Names of series that are no type's, and of the series of incoming papers.
_TAKEN: Final = frozenset({series.COMMON, series.COPIES, "den"})


class AbbreviationTaken(DomainError):
    code = "documents.abbreviation_taken"
    message = _(
        "Chữ viết tắt “%(abbreviation)s” đang hoặc đã dùng cho loại “%(name)s”. Hai loại cùng chữ viết tắt sẽ có "
        "hai văn bản cùng số, ký hiệu. Chọn chữ viết tắt khác."
    )
    status = 422


class SeriesUnchanged(DomainError):
    code = "documents.series_unchanged"
    message = _("Cơ quan đang đánh số theo cách này từ năm %(year)s. Chưa có gì thay đổi.")


@dataclass(frozen=True, slots=True)
class TypeInput:
    """A type as the administrator wants it; see ``catalogue.PaperType`` for the fields."""

    name: str
    abbreviation: str
    family: str
    title: str = ""
    resolves: str = ""
    is_addressed: bool = False
    used_by: Sequence[str] = ()
    group: str = TypeGroup.COMMON
    is_offered: bool = True
    is_verified: bool = False
    is_layout_verified: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class StyleInput:
    """A style as the administrator wants it; see ``catalogue.PaperStyle`` for the fields."""

    country: str
    motto: str
    under_organ: str
    number_words: str
    notation: str
    letter_notation: str
    for_collective: str
    acting: str
    for_head: str
    by_order: str
    by_delegation: str
    archive: str
    is_verified: bool = False
    source: str = ""


@transaction.atomic(durable=True)
def edit_type(code: str, wanted: TypeInput, *, by: Actor, now: datetime) -> TypeVersion:
    """Correct a type of paper, or add one under a new code. Papers that were approved stay as they are.

    :raises NotPermitted: not an administrator.
    :raises InvalidInput: what is missing or cannot be printed.
    :raises AbbreviationTaken: another type has it, or once had.
    """
    permissions.EDIT_CATALOGUE.require(by, None)
    wanted = replace(
        wanted,
        name=_clean(wanted.name),
        abbreviation=_clean(wanted.abbreviation),
        title=_clean(wanted.title),
        resolves=_clean(wanted.resolves),
        source=_clean(wanted.source),
    )
    _check_type(code, wanted)
    facts = asdict(wanted) | {"used_by": list(wanted.used_by)}
    version = TypeVersion.objects.create(code=code, edited_at=now, edited_by_id=by.position_id, **facts)
    journal.record(
        "documents.type_edited",
        subject_id=catalogue.subject_of(code),
        by=by,
        at=now,
        type=code,
        is_verified=version.is_verified,
    )
    transaction.on_commit(catalogue.forget)
    return version


@transaction.atomic(durable=True)
def edit_style(organ_kind: str, wanted: StyleInput, *, by: Actor, now: datetime) -> StyleVersion:
    """Correct how papers of a kind of organ look. Papers that were approved stay as they are.

    :raises NotPermitted: not an administrator.
    :raises InvalidInput: an unknown kind, or a verified style without its source.
    :raises congso.modules.documents.notations.PatternNotUsable: a pattern of the notation is not one.
    """
    permissions.EDIT_CATALOGUE.require(by, None)
    if organ_kind not in OrganKind.values:
        raise InvalidInput(detail=_("không có loại cơ quan này"))
    facts = {name: _clean(value) if isinstance(value, str) else value for name, value in asdict(wanted).items()}
    facts["notation"] = notations.check(wanted.notation, has_type=True)
    facts["letter_notation"] = notations.check(wanted.letter_notation, has_type=False)
    if not (facts["country"] and facts["number_words"] and facts["archive"]):
        raise InvalidInput(detail=_("dòng trên cùng, chữ trước số và dòng lưu không được để trống"))
    _need_source(is_verified=wanted.is_verified, source=facts["source"])
    version = StyleVersion.objects.create(organ_kind=organ_kind, edited_at=now, edited_by_id=by.position_id, **facts)
    journal.record(
        "documents.style_edited",
        subject_id=catalogue.subject_of(organ_kind),
        by=by,
        at=now,
        organ_kind=organ_kind,
        is_verified=version.is_verified,
    )
    transaction.on_commit(catalogue.forget)
    return version


@transaction.atomic(durable=True)
def choose_series(organ_id: UUID, scheme: str, *, by: Actor, now: datetime) -> SeriesChoice:
    """Choose one series for all outgoing papers, or one for each type: from next 1 January, today if none is numbered.

    A series that has begun runs on to the year's end, so no number is doubled or left out.

    :raises NotPermitted: not the head of the organ.
    :raises SeriesUnchanged: it numbers so already.
    """
    permissions.CHOOSE_SERIES.require(by, organ_id)
    if scheme not in SeriesScheme.values:
        raise InvalidInput(detail=_("không có cách đánh số này"))
    series.hold(organ_id, shared=False)
    year = clock.day_of(now).year
    from_year = year + 1 if series.has_begun(organ_id, year) else year
    if series.scheme_of(organ_id, from_year) == scheme:
        raise SeriesUnchanged(year=from_year)
    choice, _made = SeriesChoice.objects.update_or_create(
        organ_id=organ_id,
        from_year=from_year,
        defaults={"scheme": scheme, "chosen_at": now, "chosen_by_id": by.position_id},
    )
    journal.record(
        "documents.series_chosen", subject_id=organ_id, by=by, at=now, scheme=str(scheme), from_year=from_year
    )
    return choice


def _check_type(code: str, wanted: TypeInput) -> None:
    is_lettered = code in series.LIKE_LETTERS
    if not _CODE.fullmatch(code) or code in _TAKEN:
        raise InvalidInput(detail=_("mã loại gồm 1 đến 8 chữ cái, không dấu cách"))
    if not wanted.name:
        raise InvalidInput(detail=_("loại văn bản cần có tên"))
    if not _CODE.fullmatch(wanted.abbreviation) and not (is_lettered and not wanted.abbreviation):
        raise InvalidInput(detail=_("chữ viết tắt gồm 1 đến 8 chữ cái, không dấu cách"))
    if wanted.family not in Family.values or wanted.group not in TypeGroup.values:
        raise InvalidInput(detail=_("mẫu trình bày hoặc nhóm không có trong danh mục"))
    if not set(wanted.used_by) <= set(OrganKind.values):
        raise InvalidInput(detail=_("không có loại cơ quan này"))
    if not wanted.title and wanted.family != Family.LETTER:
        raise InvalidInput(detail=_("cần dòng tên loại in trên văn bản"))
    _need_source(is_verified=wanted.is_verified or wanted.is_layout_verified, source=wanted.source)
    _refuse_taken(code, wanted.abbreviation)


def _refuse_taken(code: str, abbreviation: str) -> None:
    """Refuse what another type has or once had: its papers of this year carry it with numbers of their own series."""
    if not abbreviation:
        return
    shipped = catalogue.shipped_types().values()
    names = [one.name for one in shipped if one.abbreviation == abbreviation and one.code != code]
    names += TypeVersion.objects.filter(abbreviation=abbreviation).exclude(code=code).values_list("name", flat=True)[:1]
    if names:
        raise AbbreviationTaken(abbreviation=abbreviation, name=names[0])


def _need_source(*, is_verified: bool, source: str) -> None:
    if is_verified and not source:
        raise InvalidInput(detail=_("đã đối chiếu thì ghi căn cứ: tên, số, ngày của văn bản quy định"))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
