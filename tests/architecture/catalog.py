"""What the database's catalog says of a schema, to hold two of them against each other."""

from django.db import connection

_CATALOG = {
    "columns": "SELECT table_name, column_name, data_type, udt_name, character_maximum_length, "
    "numeric_precision, numeric_scale, is_nullable, column_default, is_identity, "
    "identity_generation, collation_name, generation_expression "
    "FROM information_schema.columns WHERE table_schema = %s",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), "
    "condeferrable, condeferred FROM pg_constraint WHERE connamespace = %s::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s",
    "sequences": "SELECT sequencename, data_type::text, increment_by, cache_size "
    "FROM pg_sequences WHERE schemaname = %s",
    "rights": "SELECT relname, relkind, relacl::text FROM pg_class "
    "WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'S')",
}


def catalog(schema: str) -> dict[str, set[str]]:
    return {
        name: {repr(row).replace(schema, "<schema>") for row in _rows(query, schema)}
        for name, query in _CATALOG.items()
    }


def _rows(query: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()
