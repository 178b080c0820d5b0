"""The Merkle tree of RFC 6962 (Certificate Transparency), built leaf by leaf in memory that grows with its height."""

import hashlib

LEAF, NODE = b"\x00", b"\x01"


class Tree:
    """The root over leaves that come one at a time."""

    def __init__(self) -> None:
        self.size = 0
        # Roots of whole subtrees, the largest first: one per bit of ``size``.
        self._whole: list[bytes] = []

    def add(self, content: bytes) -> None:
        """Take the next leaf's content."""
        node = hashlib.sha256(LEAF + content).digest()
        grown = self.size
        while grown & 1:
            node = _node(self._whole.pop(), node)
            grown >>= 1
        self._whole.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root; that of no leaves is the hash of nothing."""
        if not self._whole:
            return hashlib.sha256(b"").digest()
        *left, node = self._whole
        for subtree in reversed(left):
            node = _node(subtree, node)
        return node


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()
