"""The order of the stages: the only package that knows them all.

    sources ─► linkage ─► evidence ─► exposure

Each stage is a function from tables to tables, published under a key made of all that decides what comes out; a stage
whose key is there already is not run again. So a run that was stopped resumes, and a changed source is noticed.
"""

from helder.pipeline.context import Progress, Run
from helder.pipeline.run import opened, run, run_assessment

__all__ = ["Progress", "Run", "opened", "run", "run_assessment"]
