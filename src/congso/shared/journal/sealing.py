"""Sealing: each minute, a signed Merkle root over the lines that are surely complete."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SealSignature:
    """A signature of a seal.

    :param key_id: names the key for whoever checks (at most 128 characters).
    """

    key_id: str
    value: bytes


type Sign = Callable[[bytes], SealSignature]
type Check = Callable[[bytes, SealSignature], bool]


@dataclass(slots=True)
class _Port:
    sign: Sign | None = None
    check: Check | None = None


_port = _Port()


def set_signer(sign: Sign | None, *, check: Check | None = None) -> None:
    """Fill the port through which seals are signed and their signatures checked; ``shared.keys`` does.

    :param sign: signs a SHA-256 digest (the seal's hash, 32 bytes).
    :param check: says whether a signature of such a digest is genuine.
    """
    _port.sign, _port.check = sign, check
