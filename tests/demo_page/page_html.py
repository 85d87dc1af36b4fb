"""Reading a page back in tests: a tree, its texts, its counts."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{3})+(?!\d)|(?<![\w.,])\d+(?![\w.,]*\d)")


def parse(html: str) -> Element:
    """The page as a tree. Fails on any error of HTML5."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    assert not parser.errors, parser.errors
    return tree


def name(element: Element) -> str:
    """The tag, without SVG's namespace."""
    return str(element.tag).rpartition("}")[2]


def every(tree: Element, tag: str, class_: str = "") -> list[Element]:
    """All elements with this tag (and class), in order."""
    return [e for e in tree.iter() if name(e) == tag and (not class_ or class_ in e.get("class", "").split())]


def words(element: Element) -> str:
    """The text inside an element."""
    return " ".join("".join(element.itertext()).split())


def whole(text: str) -> int:
    """The number that '941.000' or '941,000' writes."""
    return int(re.sub(r"[.,]", "", text))


def numbers(text: str) -> set[int]:
    """All whole numbers in a text."""
    return {whole(found) for found in NUMBER.findall(text)}
