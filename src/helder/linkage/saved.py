"""A trained model kept as a file in the case folder: read, written, and refused when it does not fit the data.

The file holds how often values agree, by kind of value, and no value of anybody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helder.domain.errors import LinkageError
from helder.linkage.db import Database
from helder.linkage.model import Model

# A model is held against the data only where there are as many rows as this.
ENOUGH_ROWS = 1_000
# The share of rows about registered people may differ so much from what the model was trained on, and the register may be
# so many times larger or smaller.
SHARE_APART, TIMES_APART = 0.15, 1.5


def read_model(path: Path) -> dict[str, Any]:
    """The model in a file. Raises `LinkageError` when it cannot be read or is not of this version."""
    try:
        saved: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Model.from_json(saved).to_json()
    except (OSError, ValueError, LinkageError) as error:
        raise LinkageError(
            f"The linkage model cannot be used ({type(error).__name__}).",
            where=str(path),
            do="Take the line 'model' out of [thresholds]: the run then trains. 'helder run --save-model' writes a new file.",
        ) from None


def write_model(path: Path, model: Mapping[str, Any]) -> None:
    """Keep a model; the same model gives the same bytes."""
    path.write_text(json.dumps(model, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def check_fit(db: Database, model: Model, scored: str, records: str, people: str) -> None:
    """Raise `LinkageError` when a saved model is of another register or of rows with far more or fewer strangers."""
    rows, registered = int(db.one(f"SELECT count(*) FROM {records}")), int(db.one(f"SELECT count(*) FROM {people}"))
    if rows < ENOUGH_ROWS:
        return
    share = (
        float(
            db.one(
                "SELECT coalesce(sum(odds / (1 + odds)), 0) FROM "
                f"(SELECT record, sum(pow(2.0, least(weight, 60))) AS odds FROM {scored} GROUP BY record)"
            )
        )
        / rows
    )
    times = max(registered, model.people) / max(1, min(registered, model.people))
    if abs(share - model.match_share) <= SHARE_APART and times <= TIMES_APART:
        return
    raise LinkageError(
        f"The saved linkage model does not fit: it was trained on a register of {model.people:,} people and rows of which "
        f"{model.match_share:.0%} were about them; here it is {registered:,} people and {share:.0%}.",
        do="Take the line 'model' out of [thresholds]: the run then trains. 'helder run --save-model' writes a new file.",
    )
