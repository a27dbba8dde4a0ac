"""Create or drop a database for a test run: ``ci_database.py create|drop NAME``."""

from __future__ import annotations

import os
import sys

import psycopg
from psycopg import sql

SERVER = os.environ.get("EXPRSN_CI_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")


def main() -> None:
    """Do it; what was left over from an earlier run is dropped first."""
    action, name = sys.argv[1:]
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        if action == "create":
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


if __name__ == "__main__":
    main()
