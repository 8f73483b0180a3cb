"""Records what dbt-duckdb makes of the outputs of tests/cases/adapters/outputs.yml.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/outputs_record.py

Of each: the message it is refused with, or the database, schema and `target` of templates, the options of the connection,
the statements sent when the database is opened, in order, and those of each session. No database is opened: the connection is
one that notes what it is asked.
"""
import copy
import json
import os
from importlib.metadata import version
from pathlib import Path

import duckdb
import yaml
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.environments import Environment
from dbt_common.dataclass_schema import ValidationError
from dbt_common.exceptions import DbtRuntimeError

CASES = Path(__file__).resolve().parent.parent / "cases" / "adapters"


class Notes:
    def __init__(self):
        self.statements = []

    def execute(self, sql, *_):
        self.statements.append(sql)

    def install_extension(self, name):
        self.statements.append(f"INSTALL {name}")

    def load_extension(self, name):
        self.statements.append(f"LOAD {name}")


def record(output):
    data = copy.deepcopy(output)
    try:
        data = DuckDBCredentials.translate_aliases(data)
        DuckDBCredentials.validate(data)
        credentials = DuckDBCredentials.from_dict(data)
    except (DbtRuntimeError, ValidationError) as error:
        return {"refused": str(error) if isinstance(error, DbtRuntimeError) else error.message}
    except Exception as error:  # what dbt does not catch ends in a traceback
        return {"refused": f"{type(error).__name__}: {error}"}
    notes, options = Notes(), {}

    def connect(path, read_only=False, config=None):
        options.update(path=path, config=dict(config or {}))
        return notes

    duckdb.connect, real = connect, duckdb.connect
    try:
        Environment.initialize_db(credentials)
    except Exception as error:
        return {"fails": f"{type(error).__name__}: {error}", "opening": notes.statements}
    finally:
        duckdb.connect = real
    session = Notes()
    Environment.initialize_cursor(credentials, session)
    retries = credentials.retries
    return {
        "database": credentials.database,
        "schema": credentials.schema,
        "target": json.loads(json.dumps(dict(credentials.connection_info(with_aliases=True)), default=lambda o: o.to_dict())),
        "options": options,
        "opening": notes.statements,
        "session": session.statements,
        "ducklake": sorted(credentials._ducklake_dbs),
        "retries": retries and retries.to_dict(),
        "keep_open": credentials.keep_open,
    }


FAILING = [
    "selec", "select * from nope", "select 'a'::int", "commit", "create table t(i int primary key); insert into t values (1), (1)",
    "select * from 'nope.csv'", "select 2147483647::int + 1::int", "set threads = 'x'", "begin; begin", "select struct_extract({'a': 1}, 'b')",
    "select * from (values (1)) t(a) pivot (sum(a) for a in (select 1))", "create sequence s; select currval('s')",
]


def exceptions():
    """The names of the exceptions of DuckDB's Python driver, by the beginning of their messages."""
    found = {}
    for sql in FAILING:
        try:
            duckdb.connect().execute(sql)
        except duckdb.Error as error:
            found[sql] = [type(error).__name__, str(error).split("\n")[0]]
    return found


os.chdir("/")
outputs = yaml.safe_load((CASES / "outputs.yml").read_text())
result = {"recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb")}, "exceptions": exceptions(), "outputs": {n: record(o) for n, o in outputs.items()}}
(CASES / "outputs.recorded.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
