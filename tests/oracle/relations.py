"""Prints every relation of a DuckDB file as JSON: its kind, columns with types, row count and a checksum of its rows.

The checksum does not depend on the order of the rows: the sum of a hash of each row as text.

usage: relations.py DATABASE [WORKING_DIRECTORY]
"""
import json
import os
import sys

import duckdb

database = os.path.abspath(sys.argv[1])
if len(sys.argv) > 2:
    os.chdir(sys.argv[2])  # views over relative paths are read from where the project ran
con = duckdb.connect(database, read_only=True)
found = {}
for schema, name, kind in con.execute(
    "select table_schema, table_name, table_type from information_schema.tables order by all"
).fetchall():
    quoted = '"%s"."%s"' % (schema.replace('"', '""'), name.replace('"', '""'))
    columns = [[c, t] for c, t, *_ in con.execute(f"describe {quoted}").fetchall()]
    rows, checksum = con.execute(
        f"select count(*), coalesce(sum(hash(t::varchar)::hugeint), 0)::varchar from {quoted} t"
    ).fetchone()
    found[f"{schema}.{name}"] = {"kind": kind, "columns": columns, "rows": rows, "checksum": checksum}
json.dump(found, sys.stdout)
