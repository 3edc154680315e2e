"""Roles on PostgreSQL: a reader reads; a curator writes rows, too. Neither alters a table or takes history away."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa

from sse_db.errors import WrongUsage
from sse_db.vocabulary import Role

HISTORY = "change_log"
"""Only ever added to, by whomever: its triggers refuse anything else."""
PLAIN = re.compile(r"[a-z_][a-z0-9_]{0,62}")
RESERVED = {"public", "none", "user", "current_user", "current_role", "session_user", "default", "postgres"}
GRANTEES = """
SELECT r.rolname, bool_or(a.privilege_type = 'INSERT') AS writes
FROM pg_class AS c, aclexplode(c.relacl) AS a INNER JOIN pg_roles AS r ON r.oid = a.grantee
WHERE c.relname = 'samples' AND c.relnamespace = current_schema()::regnamespace AND a.grantee <> c.relowner
GROUP BY r.rolname
"""


def list_written() -> tuple[str, ...]:
    """Tables whose rows curators add, change and delete."""
    from sse_db.schema import CURATED, CurrentBatch, ImportBatch  # commands that only read do without

    frames = (str(ImportBatch.__tablename__), str(CurrentBatch.__tablename__))
    return (*frames, *(str(model.__tablename__) for model in CURATED))


def check_name(name: str) -> str:
    """The name of a role; raises WrongUsage for one that SQL would read as something else."""
    if not PLAIN.fullmatch(name) or name in RESERVED or name.startswith("pg_"):
        raise WrongUsage(
            f"{name} cannot be the name of a role",
            "lower-case letters, digits and _, beginning with a letter; not a word that PostgreSQL keeps for itself",
        )
    return name


def has_role(engine: sa.Engine, name: str) -> bool:
    """Whether the server knows a role of that name."""
    with engine.connect() as connection:
        found = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = :name")
        return bool(connection.execute(found, {"name": check_name(name)}).scalar_one())


def grant_role(engine: sa.Engine, name: str, role: Role, password: str | None) -> None:
    """Let a role read, or read and write; one that is not there is made, and logs in with the password.

    The server gets what a password is checked with, never the password. Raises WrongUsage for the owner of the database
    and for a superuser, and without a password for a new role.
    """
    check_name(name)
    with engine.connect() as connection, connection.begin():
        _refuse_mighty(connection, name)
        if not connection.execute(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": name}).first():
            _create(connection, name, password)
        elif password is not None:
            _run(connection, f'ALTER ROLE "{name}" PASSWORD {_encrypt(connection, name, password)}')
        _give(connection, name, role)


def give_back(connection: sa.Connection) -> None:
    """Give roles again what they may do, after views and tables were made anew."""
    if not sa.inspect(connection).has_table("samples"):
        return
    for name, writes in connection.exec_driver_sql(GRANTEES).all():
        _give(connection, name, Role.CURATOR if writes else Role.READER)


def _refuse_mighty(connection: sa.Connection, name: str) -> None:
    facts = sa.text(
        "SELECT rolsuper, (SELECT datdba = r.oid FROM pg_database WHERE datname = current_database()) "
        "FROM pg_roles AS r WHERE rolname = :name"
    )
    row = connection.execute(facts, {"name": name}).first()
    if row is not None and any(row):
        raise WrongUsage(f"{name} may do everything already", "give the role a name of its own")


def _create(connection: sa.Connection, name: str, password: str | None) -> None:
    if not password:
        raise WrongUsage(f"there is no role {name} yet, and a new one needs a password", "run it at a terminal")
    _run(connection, f'CREATE ROLE "{name}" LOGIN PASSWORD {_encrypt(connection, name, password)}')


def _encrypt(connection: sa.Connection, name: str, password: str) -> str:
    raw: Any = connection.connection.driver_connection
    verifier = raw.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    return f"'{verifier}'"


def _give(connection: sa.Connection, name: str, role: Role) -> None:
    database = connection.exec_driver_sql("SELECT quote_ident(current_database())").scalar_one()
    for kind in ("TABLES", "SEQUENCES"):
        _run(connection, f'REVOKE ALL ON ALL {kind} IN SCHEMA public FROM "{name}"')
    _run(connection, f'GRANT CONNECT ON DATABASE {database} TO "{name}"')
    _run(connection, f'GRANT USAGE ON SCHEMA public TO "{name}"')
    _run(connection, f'GRANT SELECT ON ALL TABLES IN SCHEMA public TO "{name}"')
    _run(connection, f'GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO "{name}"')
    if role is Role.CURATOR:
        present = set(sa.inspect(connection).get_table_names())
        written = [table for table in list_written() if table in present]
        _run(connection, f'GRANT INSERT, UPDATE, DELETE ON {", ".join(written)} TO "{name}"')
        _run(connection, f'GRANT INSERT ON {HISTORY} TO "{name}"')
        sequences = ", ".join(f"{table}_id_seq" for table in (*written, HISTORY))
        _run(connection, f'GRANT USAGE, UPDATE ON SEQUENCE {sequences} TO "{name}"')


def _run(connection: sa.Connection, statement: str) -> None:
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
