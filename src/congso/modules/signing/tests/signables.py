"""Records to sign for tests: a shelf of papers instead of a module of documents."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.modules.signing.orders import SignatureOrder
from congso.modules.signing.signables import Signable, SignableInfo, SignedFile
from congso.modules.signing.tests.factories import NOW, prepared
from congso.shared import files

KIND = "shelf.paper"


def stored(pdf: bytes) -> str:
    return files.store(pdf, name="mau.pdf", media_types={"application/pdf"}, max_bytes=10_000_000).sha256


@dataclass
class Shelf:
    """Papers that everybody sees but ``hidden``; each waits for its order's signature."""

    papers: dict[UUID, SignableInfo] = field(default_factory=dict)
    hidden: set[UUID] = field(default_factory=set)

    def put(
        self,
        owner_id: UUID,
        *,
        pdf: bytes | None = None,
        owner_kind: str = "person",
        signature: str = "leader",
        title: str = "Kế hoạch chuyển đổi số năm 2024",
        read_at: datetime | None = NOW,
        obstacle: str = "",
    ) -> SignatureOrder:
        """Add a paper that waits for a signature; return the order for it."""
        subject_id = new_id()
        order = SignatureOrder(
            kind=KIND,
            subject_id=subject_id,
            file_sha256=stored(pdf or prepared()),
            field=signature,  # type: ignore[arg-type]  # tests also try others
            owner_kind=owner_kind,  # type: ignore[arg-type]  # the same
            owner_id=owner_id,
            reason="TM. ỦY BAN NHÂN DÂN",
        )
        self.papers[subject_id] = SignableInfo(
            order=order,
            title=title,
            meta="Kế hoạch, 1 trang",
            pages=1,
            url=f"/mau/{subject_id}/",
            reviewer="Trần Văn Ví Dụ đã xem xét",
            read_at=read_at,
            obstacle=obstacle,
            capacity="TM. ỦY BAN NHÂN DÂN",
        )
        return order

    def change(self, order: SignatureOrder, pdf: bytes) -> None:
        """Put another file in place of the one that was shown."""
        info = self.papers[order.subject_id]
        changed = replace(order, file_sha256=stored(pdf))
        self.papers[order.subject_id] = replace(info, order=changed, read_at=None, changed_at=NOW)

    def keep(self, order: SignatureOrder, sha256: str) -> None:
        """Let the paper have a stored file, as after a signature."""
        info = self.papers[order.subject_id]
        self.papers[order.subject_id] = replace(info, order=replace(order, file_sha256=sha256))

    def signable(self) -> Signable:
        return Signable(
            kind=KIND,
            noun="văn bản",
            describe=lambda ids, _by: [
                self.papers[key] for key in ids if key in self.papers and key not in self.hidden
            ],
            file_of=self.file_of,
            done_url=lambda: "/",
        )

    def describe(self, ids: Sequence[UUID], _by: Actor) -> list[SignableInfo]:
        return [self.papers[key] for key in ids if key in self.papers and key not in self.hidden]

    def file_of(self, subject_id: UUID, by: Actor) -> SignedFile:
        info = self.papers.get(subject_id)
        if info is None or subject_id in self.hidden or not by.is_authenticated:
            raise NotFound
        return SignedFile(info.order.file_sha256, info.title, info.url)
