"""Alembic's entry: runs on the connection that sse_db.database.migrate hands over, inside its transaction."""

from alembic import context

from sse_db.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, transactional_ddl=True, transaction_per_migration=False
)
with context.begin_transaction():
    context.run_migrations()
