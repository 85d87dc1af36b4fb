"""Dutch or English: by --lang, HELDER_LANG or the locale, in help and in errors alike."""

from __future__ import annotations

import click
import pytest

from cli.run import helder
from helder.cli.program import COMMANDS, Program
from helder.cli.reference import page
from helder.cli.say import Say, language


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "nl_NL.UTF-8"}, "nl"),
        ([], {"LANG": "nl_NL.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ([], {"LANG": "nl_NL.UTF-8", "HELDER_LANG": "en"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "NL", "LANG": "en_GB"}, "nl"),
        (["status", "--lang", "nl"], {"LANG": "en_GB"}, "nl"),
        (["--lang=nl", "status"], {}, "nl"),
        (["status", "--lang"], {"LANG": "nl"}, "nl"),
        (["--lang", "xx"], {}, "en"),
    ],
)
def test_the_language_follows_the_arguments_then_the_environment(arguments, environ, expected):
    assert language(arguments, environ) == expected


def commands(lang: str) -> list[click.Command]:
    """Every command, those of groups too."""
    program = Program()
    program.speak(Say(lang))
    context = click.Context(program, info_name="helder")
    found = [program.get_command(context, name) for name in program.list_commands(context)]
    return [sub for one in found for sub in [one, *getattr(one, "commands", {}).values()]]


def test_every_command_of_the_list_is_there():
    names = {one.name for one in commands("en")}
    assert names >= set(COMMANDS)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_command_has_help_examples_and_explained_parameters(lang):
    for one in commands(lang):
        assert one.help
        assert isinstance(one, click.Group) or one.examples, one.name
        for param in one.params:
            assert param.help, (one.name, param.name)


def test_no_text_of_the_help_is_the_same_in_both_languages():
    for dutch, english in zip(commands("nl"), commands("en"), strict=True):
        assert dutch.help != english.help, dutch.name
        for one, other in zip(dutch.params, english.params, strict=True):
            assert one.help != other.help, (dutch.name, one.name)


def test_help_speaks_dutch_throughout():
    said = helder("person", "--help", "--lang", "nl").out
    assert "Gebruik: helder person [OPTIES] DOSSIER ID" in said
    assert "Voorbeelden:" in said
    for english in ("Usage", "Options", "Show", "Examples", "Arguments"):
        assert english not in said


def test_the_program_explains_itself_when_nothing_is_asked():
    done = helder()
    assert done.code == 0
    assert all(name in done.out for name in COMMANDS)
    assert "Opdrachten:" in helder("--lang", "nl").out
    assert helder("--json").document["what"] == "There is no command."


def test_a_group_lists_its_commands():
    assert helder("key").out == helder("key", "--help").out
    assert "new" in helder("key").out
    assert "verify" in helder("audit", "--help", "--lang", "nl").out


@pytest.mark.parametrize(
    ("words", "nl", "en"),
    [
        (["grups"], "De opdracht 'grups' bestaat niet", "There is no command 'grups'"),
        (["grups"], "Bedoelde u 'groups'", "Did you mean 'groups'"),
        (["run", "--as"], "De optie '--as' bestaat niet", "There is no option '--as'"),
        (["run"], "ontbreekt", "is missing"),
        (["run", "x", "--as-of", "2"], "een datum als 2025-09-12", "a date such as 2025-09-12"),
        (["run", "x", "--engine", "sqlite"], "'duckdb' of 'spark'", "'duckdb' or 'spark'"),
        (["demo", "--people", "0"], "een geheel getal vanaf 1", "a whole number from 1"),
        (["demo", "--seed", "x"], "een andere waarde", "another value"),
        (["status", "a", "b"], "te veel", "too much"),
        (["run", "x", "--as-of"], "De optie '--as-of' klopt niet", "The option '--as-of' is not right"),
        (["audit", "verify", "x", "--checkpoint", "nowhere"], "is er niet", "is not there"),
    ],
)
def test_a_wrong_command_line_is_told_in_the_language_asked_for(words, nl, en):
    for lang, expected in (("nl", nl), ("en", en)):
        done = helder("--lang", lang, *words)
        assert expected in done.out + done.err


def test_a_shell_can_complete_commands():
    done = helder(env={"_HELDER_COMPLETE": "bash_complete", "COMP_WORDS": "helder gr", "COMP_CWORD": "1"})
    assert done.out == "plain,groups\n"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_reference_tells_every_command_in_its_language(lang):
    told = page(lang)
    assert all(f"## helder {name}" in told for name in COMMANDS)
    assert ("Gebruik" in told or "betekenis" in told) is (lang == "nl")
    assert "[default:" not in told or lang == "en"
