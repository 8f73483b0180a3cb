"""Records what dbt's adapter for DuckDB gives: cells of query results, types of seeds, columns, ATTACH and SECRET.

    <venv>/bin/python tests/oracle/record_adapters.py

Writes tests/cases/adapters/*.json. Needs dbt-core, dbt-duckdb and duckdb of the versions that the files name.
"""

import datetime
import decimal
import io
import json
import os

import duckdb
from dbt.adapters.duckdb.column import DuckDBColumn
from dbt.adapters.duckdb.credentials import Attachment, DuckDBCredentials
from dbt.adapters.duckdb.impl import DuckDBAdapter
from dbt.adapters.duckdb.secrets import Secret
from dbt.adapters.sql.connections import SQLConnectionManager
from dbt.version import get_installed_version
from dbt_common.clients import agate_helper

OUT = os.path.join(os.path.dirname(__file__), "..", "cases", "adapters")

CELLS = [
    "1::tinyint", "-2::smallint", "3::integer", "9007199254740993::bigint", "1::utinyint", "18446744073709551615::ubigint",
    "170141183460469231731687303715884105727::hugeint", "(-170141183460469231731687303715884105727)::hugeint",
    "1.50::decimal(10,2)", "-0.05::decimal(4,2)", "0::decimal(10,8)", "0.00000012::decimal(18,8)", "12345678901234567890.123::decimal(38,3)",
    "2.0::double", "0.1::double", "1e300::double", "1e-7::double", "1.5e16::double", "'nan'::double", "'inf'::double", "1.1::float",
    "date '2024-02-29'", "date '0001-01-01'", "timestamp '2024-01-02 03:04:05'", "timestamp '2024-01-02 03:04:05.678901'",
    "timestamp '1969-12-31 23:59:59.999999'", "timestamp_s '2024-01-01 00:00:00'", "timestamp_ms '2024-01-01 00:00:00.123'",
    "timestamp_ns '2024-01-01 00:00:00.123456789'", "time '01:02:03'", "time '01:02:03.5'", "timetz '01:02:03+02'",
    "interval '1 day 2 hours'", "interval '14 months -3 days 4 seconds'", "interval '-1 hour'", "interval '0 days'",
    "[1, 2]", "[1.5, null]::decimal(5,2)[]", "[[1], []]", "['é', '\"']", "[1, 2]::int[2]", "{'a': 1, 'b': date '2024-01-01'}",
    "{'a': {'b': [true, null]}}", "map {'x': 1}", "[timestamp '2024-01-02 03:04:05']", "[1.0::double, 'nan'::double]",
    "'abc'::blob", "'\\x00\\xFF'::blob", "uuid '12345678-1234-1234-1234-123456789012'", "'101'::bit", "'a'::enum('a')",
    "union_value(a := 1)", "null", "true", "false", "'text'", "''", "'null'", "'007'",
]

SEEDS = {
    "integers": "a\n1\n2\n", "leading zeros": "a\n007\n08\n", "one dot zero": "a\n1.0\n2.0\n", "decimals": "a\n1.5\n2\n",
    "negative": "a\n-1\n-0.5\n", "grouped": 'a\n"1,000"\n"2,000,000"\n', "currency": "a\n$5\n€ 6\n", "percent": "a\n5%\n7%\n",
    "exponent": "a\n1e5\n2E-3\n", "underscores": "a\n1_000\n", "big": "a\n99999999999999999999\n", "nan": "a\nNaN\nInfinity\n",
    "plus": "a\n+1\n", "spaces": "a\n 1 \n2\n", "empty numbers": "a,b\n1,\n,2\n", "null word": "a\nnull\n1\nNULL\n", "all empty": "a,b\n,1\n,2\n",
    "true false": "a\ntrue\nFalse\nTRUE\n", "yes no": "a\nyes\nno\n", "ones and zeros": "a\n1\n0\n", "booleans and null": "a,b\ntrue,1\n,2\n",
    "dates": "a\n2024-01-02\n2024-1-3\n", "bad date": "a\n2024-02-30\n", "dates and empty": "a,b\n2024-01-02,1\n,2\n", "datetimes": "a\n2024-01-02 03:04:05\n",
    "iso": "a\n2024-01-02T03:04:05\n2024-01-02T03:04:05Z\n", "iso offset": "a\n2024-01-02T03:04:05.123+02:00\n", "iso basic": "a\n20240102T030405\n",
    "dates and datetimes": "a\n2024-01-02\n2024-01-02 03:04:05\n", "date with slash": "a\n2024/01/02\n", "time": "a\n03:04:05\n",
    "fraction": "a\n2024-01-02 03:04:05.5\n", "text": "a\nx\n1\n", "text with spaces": "a\n x \ny\n", "text null": "a\nnull\nx\n", "quoted": 'a,b\n"x, y","say ""hi"""\n',
    "quote inside": 'a\nx"y"z\n', "after quote": 'a\n"x"y\n', "newline inside": 'a,b\n"1\n2",3\n', "unclosed": 'a\n"x\ny\n', "crlf": "a,b\r\n1,x\r\n", "bom": "\ufeffa\n1\n",
    "short row": "a,b\n1\n2,x\n", "blank line": "a,b\n1,x\n\n2,y\n", "no rows": "a,b\n", "duplicate names": "a,a,\n1,2,3\n", "long row": "a\n1,2\n",
    "semicolon": "a;b\n1;2\n", "text columns": "a,b\n001,002\n", "no newline at end": "a\n1", "unicode": "ä,b\nü,1\n",
}
OPTIONS = {"semicolon": {"delimiter": ";"}, "text columns": {"text_columns": ["a"]}}


def show(value):
    return None if value is None else [type(value).__name__, repr(value), str(value)]


def cells():
    con = duckdb.connect()
    out = {}
    for sql in CELLS:
        cursor = con.cursor().execute(f"select {sql} as x")
        table = SQLConnectionManager.get_result_from_cursor(cursor, None)
        out[sql] = {"type": type(table.column_types[0]).__name__, "value": show(table.rows[0][0])}
    return out


def seeds():
    out = {}
    for name, text in SEEDS.items():
        options = OPTIONS.get(name, {})
        case = {"csv": text, **options}
        path = "/tmp/seed.csv"
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(text)
        try:
            table = agate_helper.from_csv(path, options.get("text_columns", []), delimiter=options.get("delimiter", ","))
            case["names"] = list(table.column_names)
            case["types"] = [DuckDBAdapter.convert_agate_type(table, i) for i in range(len(table.columns))]
            case["rows"] = [[None if v is None else str(v) for v in row] for row in table.rows]
        except Exception as error:
            case["error"] = str(error)
        out[name] = case
    return out


def columns():
    types = ["INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "VARCHAR", "varchar", "text", "DECIMAL(10,2)", "decimal", "DOUBLE", "float", "BOOLEAN",
             "STRUCT(a INTEGER, b STRUCT(c VARCHAR, d DECIMAL(10,2)))", "STRUCT(a INTEGER)[]", "date", "TIMESTAMP WITH TIME ZONE"]
    out = {}
    for dtype in types:
        c = DuckDBColumn("x", dtype)
        out[dtype] = {
            "data_type": c.data_type, "is_string": c.is_string(), "is_number": c.is_number(), "is_float": c.is_float(), "is_integer": c.is_integer(),
            "is_numeric": c.is_numeric(), "flatten": [[f.column, f.dtype] for f in c.flatten()], "repr": repr(c), "literal": c.literal(1),
        }
    return out


def profile():
    paths = [":memory:", "x.duckdb", "dir/my.db.duckdb", ".hidden.duckdb", "/abs/a b.db", "ducklake:meta.db", "ducklake:postgres:dbname=x", "a", "s3://b/c.duckdb"]
    attach = [
        {"path": "a.db"}, {"path": "it's.db", "alias": "x", "read_only": True}, {"path": "p", "type": "postgres", "secret": "s"},
        {"path": "p", "options": {"type": "sqlite", "read_only": True, "data_path": "it's", "flag": True, "off": False, "n": 3, "q": "'done'", "none": None}},
    ]
    secrets = [
        {"type": "s3", "key_id": "k", "secret": "it's"}, {"type": "s3", "provider": "credential_chain", "name": "n", "persistent": True, "scope": ["a", "b"]},
        {"type": "http", "extra_http_headers": {"a": "b'c"}, "list": ["x", "y"], "scope": "z"},
    ]
    made = []
    for i, s in enumerate(secrets):
        s2 = dict(s)
        made.append(Secret.create(secret_type=s2.pop("type"), name=s2.pop("name", f"_dbt_secret_{i + 1}"), **s2).to_sql())
    return {
        "databases": {p: DuckDBCredentials.path_derived_database_name(p) for p in paths},
        "attach": [{"entry": a, "sql": Attachment.from_dict(a).to_sql()} for a in attach],
        "secrets": [{"entry": s, "sql": sql} for s, sql in zip(secrets, made)],
    }


def main():
    os.makedirs(OUT, exist_ok=True)
    origin = {"dbt-core": get_installed_version().to_version_string(skip_matcher=True), "duckdb": duckdb.__version__}
    for name, make in {"cells": cells, "seeds": seeds, "columns": columns, "profile": profile}.items():
        with open(os.path.join(OUT, f"{name}.json"), "w", encoding="utf-8") as f:
            json.dump({"recorded": origin, "cases": make()}, f, indent=1, ensure_ascii=False)
            f.write("\n")


if __name__ == "__main__":
    main()
