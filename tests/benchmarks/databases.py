"""Databases of the benchmarks, which are dropped and created anew in each run."""

import psycopg
from psycopg import sql


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
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
