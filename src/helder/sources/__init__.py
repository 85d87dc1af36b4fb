"""Sources become checked tables: one module per format, typing and checks as SQL, every bad row counted and placed."""

from helder.sources.facts import Change, FileFacts, Reason, SourceFacts, changes
from helder.sources.places import FileStamp
from helder.sources.table import LoadedSource, changed, fingerprint, load_source

__all__ = [
    "Change",
    "FileFacts",
    "FileStamp",
    "LoadedSource",
    "Reason",
    "SourceFacts",
    "changed",
    "changes",
    "fingerprint",
    "load_source",
]
