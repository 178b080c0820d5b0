import hashlib

import pytest

from congso.shared.journal.merkle import Tree


def root_by_the_book(leaves):
    """RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = root_by_the_book(leaves[:split]), root_by_the_book(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", [*range(20), 63, 64, 65, 100])
def test_the_root_is_that_of_the_rfc(size):
    leaves = [bytes([number]) * 3 for number in range(size)]
    tree = Tree()

    for leaf in leaves:
        tree.add(leaf)

    assert tree.root() == root_by_the_book(leaves)
    assert tree.size == size


def test_known_vector():
    # From the test data of Google's certificate-transparency.
    tree = Tree()
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"):
        tree.add(bytes.fromhex(leaf))

    assert tree.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
