"""Databases of the benchmarks, which are dropped and created anew in each run."""

import psycopg
from psycopg import sql

_END_OURS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = %s AND usename = current_user
"""


def create_anew(database: dict[str, str]) -> None:
    """An empty database of these settings, whatever was there before."""
    name = sql.Identifier(database["NAME"])
    with psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        # Not WITH (FORCE): it may not end autovacuum, which a plain DROP ends by itself.
        server.execute(_END_OURS, [database["NAME"]])
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
