"""The plain-language check: is a letter, as it will be printed, easy enough to read?"""

from helder.letters.plain.check import LANGUAGES, plain_check
from helder.letters.plain.report import Finding, Measure, Report, TextReport

__all__ = ["LANGUAGES", "Finding", "Measure", "Report", "TextReport", "plain_check"]
