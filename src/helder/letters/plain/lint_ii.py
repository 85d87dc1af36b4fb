"""LiNT-II for Dutch, by a process in a venv of its own, which speaks JSON lines: a list of sentences in, scores out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helder.domain.errors import ReadabilityError

VARIABLE = "HELDER_LINT_II"
"""Names the Python that has lint-ii; otherwise `.venv-lint-ii` beside the venv that Helder runs from."""

_START = "import sys; sys.path.append(sys.argv[1]); from frog_lint.scores import main; sys.exit(main())"
_SECONDS = 300


@dataclass(frozen=True)
class SentenceScore:
    """LiNT-II of one sentence and what it rests on; None where there is nothing to measure (no noun, no verb).

    `score` 0 (easy) to 100; `distance` words between words that belong together, the farthest `apart`; `log_frequency` of content
    words in a thousand million, `rarest` of them; `concrete` share of nouns, and the `abstract` ones; counts of finite verbs and passives.
    """

    score: float | None
    distance: int | None
    apart: tuple[str, ...]
    content_words_per_clause: float | None
    log_frequency: float | None
    rarest: tuple[str, ...]
    concrete: float | None
    abstract: tuple[str, ...]
    finite_verbs: int
    passives: int

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> SentenceScore:
        """What the process wrote; lists become tuples."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        return cls(**values)


@dataclass(frozen=True)
class TextScore:
    """LiNT-II of a text, and of its sentences in order."""

    score: float | None
    sentences: tuple[SentenceScore, ...]


def python() -> Path:
    """The interpreter that has lint-ii."""
    return Path(os.environ.get(VARIABLE) or Path(sys.prefix).parent / ".venv-lint-ii" / "bin" / "python")


def lint_ii(texts: Sequence[Sequence[str]]) -> list[TextScore]:
    """Scores texts, each given as its sentences. Takes some ten seconds, however many texts share their sentences.

    Raises `ReadabilityError` when lint-ii or Frog is not there, or does not answer.
    """
    where = python()
    if not where.exists():
        raise _missing("lint-ii", str(where))
    asked = "".join(f"{json.dumps(list(text))}\n" for text in texts)
    command = [str(where), "-I", "-c", _START, str(Path(__file__).parent)]
    try:
        ran = subprocess.run(  # noqa: S603 - the interpreter is the installation's own
            command, input=asked, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        answers = [json.loads(line) for line in ran.stdout.splitlines()]
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise _missing("an answer", type(error).__name__) from error
    if answers and "missing" in answers[0]:
        raise _missing(answers[0]["missing"], str(where))
    if len(answers) != len(texts):
        raise _missing("an answer", str(where))
    return [TextScore(one["score"], tuple(map(SentenceScore.from_dict, one["sentences"]))) for one in answers]


def _missing(what: str, where: str) -> ReadabilityError:
    return ReadabilityError(
        f"LiNT-II cannot be measured: {what} is missing; `make lint-ii` installs it.",
        where=where,
        do="Run `make lint-ii`: Debian's frog, frogdata and uctodata, and a venv for lint-ii.",
    )
