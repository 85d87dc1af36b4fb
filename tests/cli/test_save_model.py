"""`helder run --save-model`: what linkage learnt is kept, and a run that is given it does not train."""

from __future__ import annotations

import json

from cli.run import helder


def test_a_kept_model_is_used_again_and_gives_the_same_links(demo_copy):
    folder = demo_copy.folder
    first = helder("run", folder, "--save-model", folder / "model.json", "--json")
    assert first.code == 0, first.err
    assert json.loads((folder / "model.json").read_text())["people"]
    text = (folder / "case.toml").read_text()
    (folder / "case.toml").write_text(text + '\n[thresholds]\nmodel = "model.json"\n')
    again = helder("run", folder, "--json")
    assert again.code == 0, again.err
    assert again.document["linked"] == first.document["linked"]


def test_a_model_that_is_not_there_is_said_with_what_to_do(demo_copy):
    text = (demo_copy.folder / "case.toml").read_text()
    (demo_copy.folder / "case.toml").write_text(text + '\n[thresholds]\nmodel = "none.json"\n')
    done = helder("--lang", "nl", "run", demo_copy.folder)
    assert done.code != 0 and "traint dan zelf" in " ".join(done.err.split())
