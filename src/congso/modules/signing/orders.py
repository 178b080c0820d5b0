"""What a caller asks the signing service for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from uuid import UUID

type Field = Literal["leader", "organ"]
type OwnerOfKey = Literal["person", "organ"]


class Box(Protocol):
    """A rectangle in PDF points from the page's bottom left corner; pages count from 1.

    ``baseline`` and ``size`` of a text field are where and how large its text stands beside its neighbours on the
    line; ``align`` is the end of the rectangle at which it begins.
    """

    @property
    def page(self) -> int: ...
    @property
    def x0(self) -> float: ...
    @property
    def y0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def y1(self) -> float: ...
    @property
    def baseline(self) -> float | None: ...
    @property
    def size(self) -> float | None: ...
    @property
    def align(self) -> Literal["left", "right"]: ...


# Where ``so``, ``ngay``, ``leader`` and ``organ`` stand. ``Placement`` of a rendered paper is such a box.
type Boxes = Mapping[Any, Box]


@dataclass(frozen=True, slots=True)
class SignatureOrder:
    """One signature wanted on one file, prepared by ``prepare_pdf``.

    :param kind: the registered signable that ``subject_id`` belongs to.
    :param file_sha256: the very file that its owner was shown.
    :param owner_kind: whose key signs: the acting person's, or that of the organ whose records clerk acts.
    :param reason: stands in the signature, e.g. ``TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH``.
    :param mark: of a file that goes with a paper, prepared by ``prepare_mark``: the words shown before the signing time
        instead of a picture, e.g. ``15/KH-UBND``.
    """

    kind: str
    subject_id: UUID
    file_sha256: str
    field: Field
    owner_kind: OwnerOfKey
    owner_id: UUID
    reason: str = ""
    mark: str = ""
