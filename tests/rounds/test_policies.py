"""Who is not written to: each rule by itself, and which of two decides."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from helder.rounds.policies import BY_ID, LATE, POLICIES, Explicit, Facts, Verdict, decide

PLAIN = Facts()
NOTHING = Explicit()
EVERYTHING = Explicit({"deceased": "kin", "minor": "guardian", "curatorship": "curator"}, "correction", "adult", "send")

ALONE = [
    ({"contradiction": True}, "suppressed", "contradiction"),
    ({"double": "unclear"}, "suppressed", "duplicate_unclear"),
    ({"double": "same"}, "suppressed", "duplicate"),
    ({"shelter": True}, "suppressed", "shelter"),
    ({"secret": True}, "suppressed", "secret_address"),
    ({"deceased": True}, "suppressed", "deceased"),
    ({"came_back": "deceased"}, "suppressed", "returned_deceased"),
    ({"came_back": "done"}, "suppressed", "returned_done"),
    ({"came_back": "other_channel", "email": True}, "letter", "returned_email"),
    ({"came_back": "other_channel"}, "suppressed", "returned_other"),
    ({"age": "minor"}, "suppressed", "minor"),
    ({"age": "unknown"}, "suppressed", "unknown_age"),
    ({"legal": True}, "suppressed", "curatorship"),
    ({"staff": True}, "suppressed", "staff"),
    ({"in_scope": False}, "suppressed", "out_of_scope"),
    ({"where": "in_question"}, "suppressed", "address_in_question"),
    ({"where": "unconfirmed"}, "suppressed", "address_unconfirmed"),
    ({"where": "moved"}, "unreachable", "moved"),
    ({"where": "none"}, "unreachable", "no_address"),
    ({"no_post": True, "email": True}, "letter", "no_post"),
    ({"no_post": True}, "letter", "no_post_only_post"),
    ({"secret": True, "checked": True}, "letter", "checked_address"),
    ({"abroad": True}, "letter", "abroad"),
]


def test_whoever_nothing_is_the_matter_with_gets_an_ordinary_letter_by_post():
    assert decide(PLAIN, NOTHING) == Verdict("letter", "", "post")
    assert decide(replace(PLAIN, email=True, represented=True), EVERYTHING) == Verdict("letter", "", "post")


@pytest.mark.parametrize(("facts", "outcome", "policy"), ALONE, ids=[case[2] for case in ALONE])
def test_each_rule_by_itself(facts, outcome, policy):
    verdict = decide(replace(PLAIN, **facts), NOTHING)
    assert (verdict.outcome, verdict.policy) == (outcome, policy)
    assert bool(verdict.channel) == (outcome == "letter")


def test_every_rule_is_tried_here_or_found_at_the_lines():
    assert {case[2] for case in ALONE} | LATE == set(BY_ID)


def test_every_rule_has_a_source_and_words_in_both_languages():
    for policy in POLICIES:
        assert policy.source and policy.nl and policy.en, policy.id
        says_instead = policy.outcome != "letter"
        assert bool(policy.instead_nl) == bool(policy.instead_en) == says_instead, policy.id


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        ({"deceased": True, "secret": True, "represented": True}, "secret_address"),
        ({"deceased": True, "shelter": True, "represented": True}, "shelter"),
        ({"age": "minor", "secret": True, "represented": True}, "secret_address"),
        ({"age": "minor", "shelter": True, "represented": True}, "shelter"),
        ({"legal": True, "secret": True, "represented": True}, "secret_address"),
        ({"no_post": True, "email": True, "shelter": True}, "shelter"),
        ({"abroad": True, "secret": True}, "secret_address"),
        ({"contradiction": True, "age": "minor", "represented": True}, "contradiction"),
    ],
)
def test_who_hides_is_never_written_to_through_somebody_else(facts, policy):
    assert decide(replace(PLAIN, **facts), EVERYTHING).policy == policy
    assert decide(replace(PLAIN, **facts), EVERYTHING).outcome == "suppressed"


@pytest.mark.parametrize(
    ("facts", "policy", "letter"),
    [
        ({"deceased": True}, "deceased", "kin"),
        ({"age": "minor"}, "minor", "guardian"),
        ({"legal": True}, "curatorship", "curator"),
    ],
)
def test_who_acts_for_somebody_is_written_to_only_by_an_explicit_rule_and_when_known(facts, policy, letter):
    known = replace(PLAIN, represented=True, **facts)
    assert decide(known, EVERYTHING) == Verdict("letter", policy, "post", letter, "representative")
    assert decide(known, NOTHING).outcome == "suppressed"
    assert decide(replace(PLAIN, **facts), EVERYTHING).outcome == "suppressed"
    assert decide(replace(known, in_scope=False), EVERYTHING).outcome == "suppressed"


def test_no_email_goes_to_who_acts_for_somebody():
    """Its text names nobody, so its reader must be whom it is about."""
    ways = (True, False), (True, False), ("", "email", "other_channel")
    for facts in ({"deceased": True}, {"age": "minor"}, {"legal": True}):
        for no_post, email, came_back in itertools.product(*ways):
            known = replace(PLAIN, represented=True, no_post=no_post, email=email, came_back=came_back, **facts)
            assert (decide(known, EVERYTHING).to, decide(known, EVERYTHING).channel) == ("representative", "post")


def test_a_curator_is_no_next_of_kin():
    assert decide(replace(PLAIN, deceased=True, legal=True, represented=True), EVERYTHING).outcome == "suppressed"


def test_no_post_never_cancels_the_duty_to_tell():
    for email, where in itertools.product((True, False), ("ok", "moved", "none", "in_question")):
        verdict = decide(replace(PLAIN, no_post=True, email=email, where=where), NOTHING)
        if email:
            assert (verdict.outcome, verdict.channel) == ("letter", "email")
        elif where == "ok":
            assert (verdict.outcome, verdict.channel) == ("letter", "post")
        else:
            assert verdict.outcome != "letter"


def test_what_a_round_decides_explicitly():
    assert decide(replace(PLAIN, age="unknown"), EVERYTHING).outcome == "letter"
    assert decide(replace(PLAIN, where="unconfirmed"), EVERYTHING).outcome == "letter"
    assert decide(replace(PLAIN, in_scope=False), EVERYTHING) == Verdict("letter", "", "post", "correction")
    assert decide(replace(PLAIN, in_scope=False, abroad=True), EVERYTHING).letter == "correction"


def test_a_letter_never_leaves_on_any_combination_with_a_reason_not_to():
    """Every combination of all facts, without explicit rules: a letter only where no rule that holds applies."""
    flags = ("contradiction", "secret", "shelter", "checked", "deceased", "legal", "staff", "no_post", "email")
    for values in itertools.product((False, True), repeat=len(flags)):
        for double, age, where in itertools.product(("", "same"), ("own", "minor"), ("ok", "moved")):
            facts = replace(PLAIN, **dict(zip(flags, values, strict=True)), double=double, age=age, where=where)
            hidden = (facts.secret or facts.shelter) and not facts.checked
            lost = where == "moved" and not (facts.no_post and facts.email)
            held = facts.contradiction or facts.deceased or facts.legal or facts.staff or hidden or lost
            held = held or bool(double) or age == "minor"
            assert (decide(facts, NOTHING).outcome == "letter") is not held
