"""Engines run the SQL of the stages and keep results encrypted: sole home of duckdb, pyspark and sqlglot."""
