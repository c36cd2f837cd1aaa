from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations


class DatabaseOperations(PostgresOperations):
    def deferrable_sql(self) -> str:
        """Foreign keys are checked at once: deferred ones fail only at commit (docs/decisions)."""
        return " DEFERRABLE INITIALLY IMMEDIATE"
