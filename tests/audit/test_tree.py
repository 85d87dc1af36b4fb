"""The Merkle tree is that of RFC 6962."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helder.audit.tree import Edge, leaf_hash, node_hash

# The reference vectors of Certificate Transparency's own tests.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def definition(leaves: list[bytes]) -> bytes:
    """The tree's hash as the RFC defines it, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(definition(leaves[:k]), definition(leaves[k:]))


def test_roots_equal_the_published_vectors():
    edge = Edge()
    roots = [edge.root().hex()]
    for leaf in LEAVES:
        edge.add(leaf_hash(bytes.fromhex(leaf)))
        roots.append(edge.root().hex())
    assert roots == ROOTS


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_edge_gives_the_root_that_the_definition_gives(leaves):
    edge = Edge()
    for leaf in leaves:
        edge.add(leaf_hash(leaf))
    assert edge.root() == definition(leaves)


@given(st.integers(0, 300), st.integers(0, 40))
def test_an_edge_read_back_goes_on_as_if_never_stored(before, after):
    whole, stored = Edge(), Edge()
    for n in range(before):
        whole.add(leaf_hash(b"%d" % n))
        stored.add(leaf_hash(b"%d" % n))
    stored = Edge.from_bytes(stored.size, stored.to_bytes())
    for n in range(after):
        whole.add(leaf_hash(b"x%d" % n))
        stored.add(leaf_hash(b"x%d" % n))
    assert stored.root() == whole.root()


def test_the_edge_of_a_million_leaves_is_at_most_twenty_hashes():
    assert len(Edge(999_999, [b"\x00" * 32] * (999_999).bit_count()).to_bytes()) <= 20 * 32


@pytest.mark.parametrize(("size", "data"), [(1, b""), (2, b"\x00" * 31), (3, b"\x00" * 32), (0, b"\x00" * 32)])
def test_an_edge_that_does_not_fit_its_size_is_refused(size, data):
    with pytest.raises(ValueError, match="not the edge"):
        Edge.from_bytes(size, data)


def test_pymerkle_gives_the_same_roots():
    """An independent implementation agrees, at every size up to 200."""
    pymerkle = pytest.importorskip("pymerkle")
    oracle, edge = pymerkle.InmemoryTree(algorithm="sha256"), Edge()
    for n in range(200):
        oracle.append_entry(b"line %d" % n)
        edge.add(leaf_hash(b"line %d" % n))
        assert edge.root() == oracle.get_root(), n
