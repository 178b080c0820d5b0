"""Where number, date, signature and seal stand on a PDF that was made elsewhere: found in its words, moved by people.

Pure: no tables. Measures are points from the page's bottom left; people see millimetres from its top left.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.kernel.vietnamese import fold
from congso.shared.files.pages import Run, Sheet

POINTS_PER_MM: Final = 72 / 25.4
NAMES: Final = ("so", "ngay", "leader", "organ")
# Sizes of the pictures of signature and seal, as on papers that are drawn here.
SIGNATURE: Final = (150.0, 64.0)
SEAL: Final = 102.0
SIZE: Final = 13.0
LINE: Final = 1.3 * SIZE
DATE_WIDTH: Final = 176.0
MOST_BLANK: Final = 60.0
_NUMBER: Final = re.compile(r"số\s*:", re.IGNORECASE)
_DATE: Final = re.compile(r"ngày[\s.…_]*\d{0,2}[\s.…_]*tháng[\s.…_]*\d{0,2}[\s.…_]*năm[\s.…_]*\d{0,4}", re.IGNORECASE)


class PlaceOffPage(DomainError):
    code = "documents.place_off_page"
    message = _("Ô “%(name)s” nằm ngoài trang %(page)s. Vị trí cũ được giữ nguyên. Sửa số trang hoặc khoảng cách.")
    status = 422


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page (from 1); satisfies ``signing.Box``.

    :param whole: of the number: the notation is not printed on the page, so it is filled in too.
    :param covers: what is printed under the rectangle is hidden once it is filled.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float | None = None
    size: float | None = None
    align: Literal["left", "right"] = "left"
    whole: bool = False
    covers: bool = False

    def from_left_mm(self, sheet: Sheet) -> float:
        return round((self.x0 - sheet.x0) / POINTS_PER_MM, 1)

    def from_top_mm(self, sheet: Sheet) -> float:
        return round((sheet.y1 - self.y1) / POINTS_PER_MM, 1)

    def moved_to(self, page: int, left_mm: float, top_mm: float, sheet: Sheet) -> "Place":
        """Return the same rectangle with its top left corner there; where it stands already, it stays to the point."""
        if (page, left_mm, top_mm) == (self.page, self.from_left_mm(sheet), self.from_top_mm(sheet)):
            return self
        right = sheet.x0 + left_mm * POINTS_PER_MM - self.x0
        up = sheet.y1 - top_mm * POINTS_PER_MM - self.y1
        return replace(
            self,
            page=page,
            x0=self.x0 + right,
            x1=self.x1 + right,
            y0=self.y0 + up,
            y1=self.y1 + up,
            baseline=None if self.baseline is None else self.baseline + up,
        )


type Places = Mapping[str, Place]


def as_json(places: Places) -> dict[str, Any]:
    return {name: asdict(place) for name, place in places.items()}


def from_json(kept: Mapping[str, Any]) -> dict[str, Place]:
    return {name: Place(**place) for name, place in kept.items()}


def checked(places: Places, sheets: Sequence[Sheet], labels: Mapping[str, Any]) -> Places:
    """Return the places if each lies on its page.

    :raises PlaceOffPage: one does not.
    """
    for name, place in places.items():
        on = sheets[place.page - 1] if 0 < place.page <= len(sheets) else None
        half = 0.5  # a rounded tenth of a millimetre is no reason to refuse
        if on is None or not (
            on.x0 - half <= place.x0
            and place.x1 <= on.x1 + half
            and on.y0 - half <= place.y0
            and place.y1 <= on.y1 + half
        ):
            raise PlaceOffPage(name=labels[name], page=place.page)
    return places


def found(runs: Mapping[int, Sequence[Run]], sheets: Sequence[Sheet], *, signer: str) -> dict[str, Place]:
    """Return where the four probably belong: after «Số:», over «ngày … tháng … năm …», above the signer's name.

    What is not found stands where it does on most papers: number and date at the top of page 1, the signature at the
    bottom right of the last page.

    :param runs: of page 1 and of the last pages.
    """
    first, last = sheets[0], len(sheets)
    page, box = _signature(runs, sheets, signer) or (last, _at(sheets[last - 1], 0.56, 0.72))
    leader = Place(page, box[0], box[1], box[0] + SIGNATURE[0], box[1] + SIGNATURE[1])
    # The seal covers about a third of the signature, from its left.
    seal_left = max(leader.x0 + SIGNATURE[0] / 3 - SEAL, sheets[page - 1].x0)
    seal_bottom = leader.y0 + (SIGNATURE[1] - SEAL) / 2
    return {
        "so": _number(runs.get(1, ()), first) or _line(first, 0.15, 0.12, 90, whole=True),
        "ngay": _date(runs.get(1, ()), first) or _line(first, 0.55, 0.12, DATE_WIDTH),
        "leader": leader,
        "organ": Place(page, seal_left, seal_bottom, seal_left + SEAL, seal_bottom + SEAL),
    }


def _number(runs: Sequence[Run], sheet: Sheet) -> Place | None:
    for run in _upper(runs, sheet):
        said = _NUMBER.match(run.text.strip())
        if said is None:
            continue
        start = run.xs[run.text.index(":") + 1] + 3
        slash = _slash_after(run, runs, start)
        width = max(slash - start - 1, 22) if slash else 110
        return _on_line(run, start, width, whole=slash is None)
    return None


def _slash_after(run: Run, runs: Sequence[Run], start: float) -> float | None:
    """Return where the «/» before the printed notation stands, on the same line."""
    same = [other for other in runs if abs(other.bottom - run.bottom) < SIZE / 2]
    places = (
        other.xs[at]
        for other in same
        for at, letter in enumerate(other.text)
        if letter == "/" and other.xs[at] >= start - 3
    )
    return min((place for place in places if place < start + 160), default=None)


def _date(runs: Sequence[Run], sheet: Sheet) -> Place | None:
    for run in _joined(list(_upper(runs, sheet))):
        said = _DATE.search(run.text)
        if said is not None:
            left, right = run.xs[said.start()], run.xs[said.end()]
            return _on_line(run, left, max(right - left, DATE_WIDTH), covers=True)
    return None


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the lines: runs on one height with no more between them than a blank for a day."""
    waiting = sorted(runs, key=lambda run: (round(run.bottom / 3), run.xs[0]))
    for place, first in enumerate(waiting, start=1):
        line, last = first, first
        for run in waiting[place:]:
            if abs(run.bottom - last.bottom) > SIZE / 4 or not 0 <= run.xs[0] - last.xs[-1] <= MOST_BLANK:
                break
            line = Run(f"{line.text} {run.text}", (*line.xs, *run.xs), line.bottom, line.top)
            last = run
        yield line


def _signature(
    runs: Mapping[int, Sequence[Run]], sheets: Sequence[Sheet], signer: str
) -> tuple[int, tuple[float, float]] | None:
    """Return the page and the bottom left corner above the signer's name, on the last page that has it."""
    name = fold(signer)
    for page in sorted(runs, reverse=True):
        for run in reversed(runs[page] if name else ()):
            if fold(" ".join(run.text.split())) == name:
                middle = (run.xs[0] + run.xs[-1]) / 2
                sheet = sheets[page - 1]
                left = min(max(middle - SIGNATURE[0] / 2, sheet.x0), sheet.x1 - SIGNATURE[0])
                return page, (left, min(run.top + 4, sheet.y1 - SIGNATURE[1]))
    return None


def _upper(runs: Sequence[Run], sheet: Sheet) -> Iterator[Run]:
    """Yield the runs of the upper half: the head of a paper."""
    middle = (sheet.y0 + sheet.y1) / 2
    return (run for run in runs if run.bottom > middle)


def _on_line(run: Run, left: float, width: float, *, whole: bool = False, covers: bool = False) -> Place:
    """Return a box on the line of a run, in its size; a line's box reaches a fifth of it below the baseline."""
    height = run.top - run.bottom
    size = min(max(height / 1.15, 10.0), 15.0)
    baseline = run.bottom + 0.2 * height
    return Place(
        1,
        left,
        baseline - 0.3 * size,
        left + width,
        baseline + size,
        baseline,
        round(size, 1),
        whole=whole,
        covers=covers,
    )


def _line(sheet: Sheet, left: float, top: float, width: float, *, whole: bool = False) -> Place:
    x, y = _at(sheet, left, top)
    return Place(1, x, y, x + width, y + LINE, y + 0.3 * SIZE, SIZE, whole=whole)


def _at(sheet: Sheet, left: float, top: float) -> tuple[float, float]:
    """Return a point at these parts of the page, from the left and from the top."""
    return sheet.x0 + left * (sheet.x1 - sheet.x0), sheet.y1 - top * (sheet.y1 - sheet.y0)
