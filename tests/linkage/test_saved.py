"""A model kept as a file: the same bytes each time, used as it is, and refused where it does not fit."""

import json

import pytest

from helder.domain.errors import LinkageError
from helder.linkage.saved import read_model, write_model
from linkage.small import leaked, linked, shipped
from linkage.test_model import crowd, rows_of

REGISTER = crowd(8_400)
ROWS = rows_of(REGISTER)


@pytest.fixture(scope="module")
def learnt():
    return linked(REGISTER, ROWS, trained=True)


def test_a_model_is_written_the_same_each_time_and_read_as_it_was(tmp_path, learnt):
    for name in ("one.json", "two.json"):
        write_model(tmp_path / name, learnt.result.model)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert read_model(tmp_path / "one.json") == learnt.result.model


def test_a_model_holds_no_value_of_anybody(tmp_path, learnt):
    write_model(tmp_path / "model.json", learnt.result.model)
    text = (tmp_path / "model.json").read_text().lower()
    values = {str(row[field]).lower() for row in REGISTER for field in ("surname", "postcode", "birth_date", "city")}
    assert not [value for value in values if value in text]


def test_a_model_that_fits_gives_the_links_that_training_gave(tmp_path, learnt):
    write_model(tmp_path / "model.json", learnt.result.model)
    again = linked(REGISTER, ROWS, model=read_model(tmp_path / "model.json"))
    assert (again.links, again.candidates) == (learnt.links, learnt.candidates)


def test_a_model_is_refused_where_far_fewer_rows_are_about_registered_people(learnt):
    strangers = leaked(
        *({**row, "surname": f"Q{n}zx", "birth_date": "2021-02-03", "postcode": None} for n, row in enumerate(ROWS))
    )
    with pytest.raises(LinkageError, match=r"does not fit.*Take the line 'model' out"):
        linked(REGISTER, strangers, model=learnt.result.model)


def test_a_model_is_refused_for_a_register_of_another_size(learnt):
    with pytest.raises(LinkageError, match=r"a register of 84,000 people"):
        linked(REGISTER, ROWS, model={**learnt.result.model, "people": 84_000})


def test_few_rows_say_too_little_to_refuse_a_model():
    assert linked(REGISTER[:50], rows_of(REGISTER[:50]), model=shipped()).links


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", json.dumps({"format": 99})])
def test_a_file_that_is_no_model_is_refused_with_its_name_and_what_to_do(tmp_path, text):
    (tmp_path / "model.json").write_text(text)
    with pytest.raises(LinkageError, match=r"model\.json.*the run then trains"):
        read_model(tmp_path / "model.json")


def test_a_file_that_is_not_there_is_refused_the_same_way(tmp_path):
    with pytest.raises(LinkageError, match=r"FileNotFoundError"):
        read_model(tmp_path / "none.json")
