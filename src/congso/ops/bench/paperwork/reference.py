"""The reference: the same papers without database, jobs, rights or journal.

Per paper one render, two signatures with the key parsed once and space reserved, one fill, one full validation of both.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from congso.kernel import clock
from congso.modules.documents import rendering
from congso.modules.signing import public as signing
from congso.modules.signing.pdf.checking import check_pdf
from congso.modules.signing.pdf.making import KeyInUse, sign_pdf
from congso.ops.bench.paperwork import crews, words
from congso.shared.keys import certificates


def main() -> None:
    """Make as many papers as told, from a common start; say when it began and ended."""
    told, keys, now = crews.told(), _Keys(clock.now()), clock.now()
    _paper(0, keys, now)
    told.await_start()
    begin, spent = time.monotonic(), time.process_time()
    for number in range(1, told.papers + 1):
        _paper(number, keys, now)
    told.finish(begin=begin, end=time.monotonic(), cpu=time.process_time() - spent)


class _Keys:
    """A root, a leader and an organ, their keys parsed once."""

    def __init__(self, now: datetime) -> None:
        root_key = certificates.make_pair()
        root = certificates.self_signed(root_key, certificates.AUTHORITY_NAME)
        self.root = certificates.der(root)
        self.leader, self.organ = (
            self._key_in_use(pair, certificates.der(certificate))
            for pair in (certificates.make_pair(), certificates.make_pair())
            for certificate in [
                certificates.issue(
                    certificates.Holder("Cao Thị Mô Phỏng", "UBND"),
                    pair.public_key(),
                    authority=root,
                    authority_key=root_key,
                    valid_from=now - timedelta(days=1),
                )
            ]
        )

    def _key_in_use(self, pair: rsa.RSAPrivateKey, certificate: bytes) -> KeyInUse:
        return KeyInUse(certificate, self.root, lambda data: pair.sign(data, padding.PKCS1v15(), hashes.SHA256()))


def _paper(number: int, keys: _Keys, now: datetime) -> None:
    *_earlier, sealed = _versions(number, keys, now)
    if not check_pdf(sealed, roots=[keys.root], moment=now).passed:
        raise RuntimeError(f"paper {number} of the reference does not hold")


def _versions(number: int, keys: _Keys, now: datetime) -> Iterator[bytes]:
    paper = rendering.render(words.content_of(number, made_at=now))
    prepared = signing.prepare_pdf(paper.pdf, paper.placements)
    moment = now.astimezone(clock.HANOI)
    signed = sign_pdf(prepared, field="leader", key=keys.leader, reason="CHỦ TỊCH", signed_at=moment)
    yield signed
    numbered = signing.fill_number(
        signed, number_text=f"{number:02d}", date_text=f"ngày {now.day:02d} tháng 12 năm 2023"
    )
    yield numbered
    yield sign_pdf(numbered, field="organ", key=keys.organ, reason="Dấu của cơ quan", signed_at=moment)
