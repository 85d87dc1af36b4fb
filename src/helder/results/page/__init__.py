"""The page: what is known about whom and how surely, for a privacy officer, as one self-contained HTML file per language."""

from helder.results.page.data import PageData
from helder.results.page.render import render, write

__all__ = ["PageData", "render", "write"]
