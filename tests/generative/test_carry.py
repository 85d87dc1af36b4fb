"""Random evidence before and after: starting from what was published before gives what a whole round gives."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generative.test_rule import assessments, cases, lines, persons
from helder.exposure.assess import Assessed, assess, class_fields, gather
from helder.exposure.carry import Before, put_traces
from spec.harness import put_evidence

links = lines().filter(lambda line: line.kind == "link")


def put(engine, people):
    """The evidence of these people, and its traces."""
    put_evidence(engine, people)
    gather(engine)
    engine.run("evidence", "SELECT * FROM gathered")
    put_traces(engine, class_fields(engine))
    return engine.arrow("SELECT person, trace FROM traces")


def found(engine, assessed: Assessed):
    rows = engine.rows("SELECT person, profile FROM assessed ORDER BY person")
    return rows, assessed.profiles, assessed.layout, assessed.clashes


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases(), people=persons(), assessment=assessments, data=st.data())
def test_who_is_not_touched_keeps_what_a_whole_round_would_say(duck, case, people, assessment, data):
    then = put(duck, people)
    earlier = assess(duck, case, assessment)
    profiles = [(profile.number, profile.people, profile.marks) for profile in earlier.profiles]
    assessed = duck.arrow("SELECT person, profile FROM assessed")
    changed = {
        person: [line for line in evidence if line.kind != "link" or data.draw(st.booleans())]
        + data.draw(st.lists(links, max_size=2))
        for person, evidence in people.items()
    }
    now = put(duck, changed)
    whole = found(duck, assess(duck, case, assessment))
    carried = found(duck, assess(duck, case, assessment, Before(profiles, assessed, [(then, now)])))
    assert carried == whole
