"""The part of the specifications that is about lines of a log that are evidence about nobody (see `spec.exposure`)."""

from spec.evidence import LOG, LOG_SOURCE, STRAYS
from spec.harness import Spec

STRAY_LINES: tuple[Spec, ...] = (
    Spec(
        "stray-lines",
        "No log counts as complete while lines of it cannot be read, are about nobody in the register, or name an item "
        "that is not declared: what the log lacks may stand in them.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | shared_possible\np1 | result | unknown\np1 | email | unknown",
        case=LOG + LOG_SOURCE,
        strays="source | party | rejected | nobody | items\nlog | lab | - | 1 | -",
    ),
    Spec(
        "stray-lines-accepted",
        "A named person may accept that a log is complete despite exactly so many lines, from that day on.",
        "person | kind | items | day\np1 | sent | bsn | 2020-05-01",
        "person | item | state\np1 | bsn | shared_possible\np1 | result | other_possible",
        case=LOG + LOG_SOURCE,
        decisions=STRAYS,
        strays="source | party | rejected | nobody | items\nlog | lab | 1 | 2 | 3",
    ),
    Spec(
        "more-stray-lines",
        "When there are more such lines than were accepted, it has to be decided again.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | unknown",
        case=LOG + LOG_SOURCE,
        decisions=STRAYS,
        strays="source | party | rejected | nobody | items\nlog | lab | 1 | 3 | 3",
    ),
    Spec(
        "stray-lines-elsewhere",
        "A line counts only for the time in which it lies: one from before the party could hold our data, or from after "
        "the last possible moment of theft, leaves the log complete.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | other_possible",
        case=LOG + LOG_SOURCE,
        strays="source | party | rejected | nobody | items | day\n"
        "log | lab | 1 | 2 | 3 | 2016-12-31\nlog | lab | 1 | 2 | 3 | 2025-07-07",
    ),
    Spec(
        "stray-lines-first-day",
        "On the first day of that time a line counts,",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | unknown",
        case=LOG + LOG_SOURCE,
        strays="source | party | rejected | nobody | items | day\nlog | lab | - | 1 | - | 2017-01-01",
    ),
    Spec(
        "stray-lines-last-day",
        "and so does one on the last.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | unknown",
        case=LOG + LOG_SOURCE,
        strays="source | party | rejected | nobody | items | day\nlog | lab | 1 | - | - | 2025-07-06",
    ),
    Spec(
        "stray-lines-without-a-day",
        "A line of which the day is not known may lie in any time.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | unknown",
        case=LOG + LOG_SOURCE,
        strays="source | party | rejected | nobody | items | day\nlog | lab | 1 | - | - | -",
    ),
    Spec(
        "stray-lines-of-that-time-accepted",
        "What is accepted are the lines of that time, whatever their days: the others are not among them.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | other_possible",
        case=LOG + LOG_SOURCE,
        decisions=STRAYS,
        strays="source | party | rejected | nobody | items | day\nlog | lab | 1 | 2 | - | 2018-01-01\n"
        "log | lab | - | - | 2 | 2025-07-06\nlog | lab | - | - | 1 | -\nlog | lab | 5 | 5 | 5 | 2016-12-31",
    ),
    Spec(
        "stray-lines-later",
        "Such a decision after the as-of date does not count yet.",
        "person | kind\np1 | register",
        "person | item | state\np1 | bsn | unknown",
        case=LOG + LOG_SOURCE,
        decisions=STRAYS,
        assessment={"as_of": "2025-08-31"},
        strays="source | party | rejected | nobody | items\nlog | lab | 1 | 2 | 3",
    ),
)
