"""The print house: what it wants of print files. Stands in `letters/paper.toml`; see `stationery`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from helder.letters.typeset.paper import Window


class Strict(BaseModel):
    """A table of the file; a word that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SheetCode(Strict):
    """The code on the front of every sheet: reference, sequence, sheet and sheets; read by inserters and from returns."""

    kind: Literal["text", "qr", "none"] = "text"
    x: float = Field(default=25.0, ge=3, le=200, description="mm from the left edge")
    y: float = Field(default=289.0, ge=5, le=292, description="mm from the upper edge, of its lower side")
    side: float = Field(default=12.0, ge=8, le=25, description="mm, of a QR code")


class WindowModel(Strict):
    """The window of the envelope, in mm from the upper left corner of the sheet."""

    x: float = Field(default=20.0, ge=10, le=115)
    y: float = Field(default=45.0, ge=35, le=60)
    width: float = Field(default=85.0, ge=60, le=100)
    height: float = Field(default=45.0, ge=30, le=60)
    top: float = Field(default=15.0, ge=8, le=20, description="height above the address, for the line to return to")


class Insert(Strict):
    """Something the print house puts into the envelope."""

    name: str = Field(pattern=r"^[A-Za-z0-9 ._-]{1,40}$")
    letters: tuple[str, ...] = Field(default=(), description="names of the letters that get it; none: all")
    languages: tuple[str, ...] = Field(default=(), description="languages that get it; none: all")

    def goes_with(self, letter: str, language: str) -> bool:
        """Whether a letter in a language gets it."""
        return letter in (self.letters or (letter,)) and language in (self.languages or (language,))


class PrintHouse(Strict):
    """A print house's wishes."""

    name: str = "print house"
    letters_per_file: int = Field(default=5_000, ge=1, le=50_000)
    duplex: bool = True
    return_code: bool = Field(default=True, description="the reference in the window, to read from unopened returns")
    kix: bool = Field(default=False, description="PostNL's bar code under the address")
    window: WindowModel = WindowModel()
    sheet_code: SheetCode = SheetCode()
    inserts: tuple[Insert, ...] = ()

    @property
    def pages_per_sheet(self) -> int:
        """2 when both sides are printed."""
        return 2 if self.duplex else 1

    def sheets(self, pages: int) -> int:
        """Sheets that a letter of so many pages takes."""
        return -(-pages // self.pages_per_sheet)

    def paper_window(self) -> Window:
        """The window as the letter paper wants it."""
        return Window(**self.window.model_dump())


def fingerprint(house: PrintHouse) -> dict[str, Any]:
    """All settings, for what decides the bytes of print files."""
    return {**house.model_dump(mode="json"), "window": asdict(house.paper_window())}
