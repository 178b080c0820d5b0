"""The Merkle tree of RFC 6962 (Certificate Transparency), built leaf by leaf in memory that grows with its height."""

import hashlib
from collections.abc import Collection
from typing import override

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


type Path = tuple[tuple[str, bytes], ...]


class ProvingTree(Tree):
    """A tree that also says how some of its leaves lead to its root; memory grows with those, not with all."""

    def __init__(self, wanted: Collection[int]) -> None:
        super().__init__()
        self._wanted = frozenset(wanted)
        self._paths: dict[int, list[tuple[str, bytes]]] = {}
        # The wanted leaves under each whole subtree, beside ``_whole``.
        self._under: list[list[int]] = []

    @override
    def add(self, content: bytes) -> None:
        node = hashlib.sha256(LEAF + content).digest()
        under = [self.size] if self.size in self._wanted else []
        self._paths |= {place: [] for place in under}
        grown = self.size
        while grown & 1:
            node, under = self._joined(self._whole.pop(), self._under.pop(), node, under)
            grown >>= 1
        self._whole.append(node)
        self._under.append(under)
        self.size += 1

    def paths(self) -> dict[int, Path]:
        """Return by wanted leaf its way up: on which side each neighbour stands, and its hash. Called once."""
        if self._whole:
            *left, node = self._whole
            *left_under, under = self._under
            for subtree, beneath in zip(reversed(left), reversed(left_under), strict=True):
                node, under = self._joined(subtree, beneath, node, under)
        return {place: tuple(path) for place, path in self._paths.items()}

    def _joined(
        self, left: bytes, left_under: list[int], right: bytes, right_under: list[int]
    ) -> tuple[bytes, list[int]]:
        for place in left_under:
            self._paths[place].append(("right", right))
        for place in right_under:
            self._paths[place].append(("left", left))
        return _node(left, right), left_under + right_under
