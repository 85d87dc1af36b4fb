"""The same round as somebody would write it in Polars, pandas or Spark: masks by person, groups, change since before.

They read narrow tables with masks (no names, no text), keep four mask columns a person, know two fates and no worlds,
and write their result unencrypted. Provenance, which Helder looks up in its evidence sorted by person, they keep as
lists of evidence with each person; `bare` leaves the lists out, and with them the answer to "why".
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

from .measure import report

RECENT = dt.date(2020, 1, 1)
LAST = dt.date(2025, 7, 6)


def polars(folder: Path, out: Path, bare: bool) -> dict[str, float]:
    import polars as pl

    t = time.perf_counter()
    sent = pl.scan_parquet(folder / "sent.parquet").filter(pl.col("sent_on") <= LAST)
    found = pl.scan_parquet(folder / "found.parquet")
    zero = pl.lit(0, pl.Int32)
    by_sent = sent.group_by("person").agg(
        pl.col("items").bitwise_or().alias("shared"),
        (pl.col("sent_on") >= RECENT).any().alias("recent"),
        *([] if bare else [pl.col("row").sort().alias("lines")]),
    )
    rows = found.with_columns(
        pl.when(pl.col("accepted")).then("items").otherwise(zero).alias("taken"),
        pl.when(pl.col("accepted") & pl.col("posted")).then("items").otherwise(zero).alias("published"),
        pl.when(pl.col("accepted")).then(pl.lit(1, pl.Int32) * pl.col("dataset")).otherwise(zero).alias("sets"),
    )
    by_found = rows.group_by("person").agg(
        pl.col("taken").bitwise_or(),
        pl.col("published").bitwise_or(),
        pl.col("sets").bitwise_or(),
        *([] if bare else [pl.col("row").sort().alias("rows")]),
    )
    states = by_sent.join(by_found, on="person", how="left").with_columns(
        pl.col("taken").fill_null(0), pl.col("published").fill_null(0), pl.col("sets").fill_null(0)
    )
    key = (
        pl.col("shared").cast(pl.Int64)
        + pl.col("taken").cast(pl.Int64) * 2048
        + pl.col("published").cast(pl.Int64) * (1 << 22)
        + pl.col("sets").cast(pl.Int64) * (1 << 33)
        + pl.col("recent").cast(pl.Int64) * (1 << 35)
    )
    states.with_columns(key.alias("key")).sink_parquet(out / "states.parquet", compression="zstd")
    made = pl.scan_parquet(out / "states.parquet").select("person", "key")
    made.group_by("key").agg(pl.len()).sink_parquet(out / "groups.parquet")
    before = _before(
        folder, lambda path: states.with_columns((key % 2048).alias("key")).select("person", "key").sink_parquet(path)
    )
    t += before
    delta = made.join(pl.scan_parquet(folder / "before_peers.parquet"), on="person", suffix="_old")
    delta.group_by("key_old", "key").agg(pl.len()).sink_parquet(out / "delta.parquet")
    return {"round_s": round(time.perf_counter() - t, 2)}


def _before(folder: Path, write) -> float:
    """Write what was known before, once; the seconds that took."""
    path, t = folder / "before_peers.parquet", time.perf_counter()
    if not path.exists():
        write(path)
    return time.perf_counter() - t


def pandas(folder: Path, out: Path, bare: bool) -> dict[str, float]:
    import numpy as np
    import pandas as pd

    t = time.perf_counter()
    sent = pd.read_parquet(folder / "sent.parquet", columns=["person", "sent_on", "items", "row"])
    found = pd.read_parquet(
        folder / "found.parquet", columns=["person", "dataset", "items", "posted", "accepted", "row"]
    )
    sent = sent[pd.to_datetime(sent.sent_on) <= pd.Timestamp(LAST)]

    def any_bits(keys, **masks):
        """bit_or by group, as pandas has it: a column of bools for each bit, and the maximum by group."""
        bits = pd.DataFrame({f"{name}{k}": (mask >> k) & 1 == 1 for name, mask in masks.items() for k in range(11)})
        bits["person"] = keys.to_numpy()
        most = bits.groupby("person").max()
        columns = {n: sum(most[f"{n}{k}"].astype(np.int64) * (1 << k) for k in range(11)) for n in masks}
        return pd.DataFrame(columns, index=most.index)

    recent = (pd.to_datetime(sent.sent_on) >= pd.Timestamp(RECENT)).astype(np.int64).to_numpy()
    by_sent = any_bits(sent.person, shared=sent["items"].to_numpy(), recent=recent)
    if not bare:
        by_sent["lines"] = sent.sort_values("row").groupby("person").row.agg(list)
    taken = np.where(found.accepted, found["items"], 0)
    by_found = any_bits(
        found.person,
        taken=taken,
        published=np.where(found.posted, taken, 0),
        sets=np.where(found.accepted, found.dataset, 0),
    )
    masks = ["shared", "recent", "taken", "published", "sets"]
    states = by_sent.join(by_found, how="left")
    states[masks] = states[masks].fillna(0).astype(np.int64)
    if not bare:
        states["rows"] = found.sort_values("row").groupby("person").row.agg(list)
    states["key"] = (
        states.shared
        + states.taken * 2048
        + states.published * (1 << 22)
        + states.sets * (1 << 33)
        + states.recent * (1 << 35)
    )
    states.reset_index().to_parquet(out / "states.parquet", compression="zstd")
    states.groupby("key").size().rename("n").reset_index().to_parquet(out / "groups.parquet")
    before = pd.read_parquet(folder / "before_peers.parquet")
    both = states.reset_index()[["person", "key"]].merge(before, on="person", suffixes=("", "_old"))
    both.groupby(["key_old", "key"]).size().rename("n").reset_index().to_parquet(out / "delta.parquet")
    return {"round_s": round(time.perf_counter() - t, 2)}


def spark(folder: Path, out: Path, bare: bool) -> dict[str, float]:
    from pyspark.sql import SparkSession

    t = time.perf_counter()
    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "6g")
    session = builder.config("spark.sql.shuffle.partitions", "8").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    started = time.perf_counter() - t
    t = time.perf_counter()
    for name in ("sent", "found"):
        session.read.parquet(str(folder / f"{name}.parquet")).createOrReplaceTempView(name)
    session.read.parquet(str(folder / "before_peers.parquet")).createOrReplaceTempView("old")
    lines, rows = (
        ("", "") if bare else (", sort_array(collect_list(row)) lines", ", sort_array(collect_list(row)) rows")
    )
    kept = "" if bare else ", lines, rows"
    session.sql(f"""
      WITH s AS (SELECT person{lines}, bit_or(items) shared, bit_or(CASE WHEN sent_on >= DATE '{RECENT}' THEN 1 ELSE 0 END) recent
        FROM sent WHERE sent_on <= DATE '{LAST}' GROUP BY person),
      f AS (SELECT person{rows}, bit_or(CASE WHEN accepted THEN items ELSE 0 END) taken,
        bit_or(CASE WHEN accepted AND posted THEN items ELSE 0 END) published,
        bit_or(CASE WHEN accepted THEN CAST(dataset AS INT) ELSE 0 END) sets FROM found GROUP BY person)
      SELECT s.person, shared, coalesce(taken, 0) taken, coalesce(published, 0) published, coalesce(sets, 0) sets, recent,
        CAST(shared AS BIGINT) + coalesce(taken, 0) * 2048L + coalesce(published, 0) * 4194304L
        + coalesce(sets, 0) * 8589934592L + recent * 34359738368L AS key{kept}
      FROM s LEFT JOIN f ON f.person = s.person""").write.mode("overwrite").parquet(str(out / "states"))
    session.read.parquet(str(out / "states")).createOrReplaceTempView("states")
    session.sql("SELECT key, count(*) n FROM states GROUP BY key").write.mode("overwrite").parquet(str(out / "groups"))
    session.sql(
        "SELECT o.key AS key_old, s.key, count(*) n FROM states s JOIN old o ON o.person = s.person GROUP BY o.key, s.key"
    ).write.mode("overwrite").parquet(str(out / "delta"))
    round_s = round(time.perf_counter() - t, 2)
    session.stop()
    return {"round_s": round_s, "start_s": round(started, 2)}


if __name__ == "__main__":
    name, folder, bare = sys.argv[2], Path(sys.argv[1]), sys.argv[3:] == ["bare"]
    (folder / name).mkdir(exist_ok=True)
    laps = {"polars": polars, "pandas": pandas, "spark": spark}[name](folder, folder / name, bare)
    report(f"{name}_bare" if bare else name, folder, laps)
