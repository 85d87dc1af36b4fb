"""What every table of `case.toml` has in common: strict, never changed after reading; ids, languages and texts."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="a short name: a-z, 0-9 and _")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$", description="ISO 639-1")]
Said = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    Field(description="never blank: somebody answers for it"),
]
Texts = Annotated[dict[Language, str], Field(min_length=1, description="one text per language")]


class Part(BaseModel):
    """A table of `case.toml`: unknown words are refused, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
