"""Lines lead to the signed root of their seal."""

import hashlib

import pytest

from congso.shared.journal.merkle import LEAF, NODE, ProvingTree, Tree
from congso.shared.journal.models import JournalLine
from congso.shared.journal.proofs import proven_lines
from congso.shared.journal.sealing import leaf, seal_lines
from congso.shared.journal.tests.factories import NOON, write_lines


def climbed(content: bytes, path) -> bytes:
    node = hashlib.sha256(LEAF + content).digest()
    for side, beside in path:
        left, right = (beside, node) if side == "left" else (node, beside)
        node = hashlib.sha256(NODE + left + right).digest()
    return node


@pytest.mark.parametrize("size", range(1, 18))
def test_every_leaf_of_a_tree_of_any_size_leads_to_its_root(size):
    contents = [b"%d" % number for number in range(size)]
    plain, proving = Tree(), ProvingTree(range(size))
    for content in contents:
        plain.add(content)
        proving.add(content)

    assert proving.root() == plain.root()
    assert {climbed(contents[place], path) for place, path in proving.paths().items()} == {plain.root()}


@pytest.mark.django_db(transaction=True)
def test_a_sealed_line_is_proven_and_a_newer_one_waits():
    wanted, _other, _third = write_lines(3)
    seal_lines(now=NOON)
    [newer] = write_lines()
    lines = JournalLine.objects.filter(id__in=[wanted, newer])

    first, second = proven_lines(lines.values_list("subject_id", flat=True))

    line = first.line
    content = leaf(line.cluster, line.transaction, line.id, bytes(line.content_hash))
    assert climbed(content, first.path) == bytes(first.seal.root)
    assert (second.line.id, second.seal) == (newer, None)
