"""Records what the macros of dbt give: values, text, errors and the statements that they send.

    <venv>/bin/python tests/oracle/macro_results_record.py

The cases are the lines of tests/cases/macros/results/cases/*.txt (see expand() for what a line makes) and the models of
that project, which are compiled. Writes its expected.json and models.recorded.json. The operations run as
`dbt run-operation` runs them, but all in one invocation.
"""
import contextlib
import datetime
import decimal
import json
import os
import re
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

import agate
import duckdb
from dbt.cli.main import dbtRunner
from dbt.clients.jinja import MacroGenerator
from dbt.task.run_operation import RunOperationTask

MACROS = Path(__file__).resolve().parent.parent / "cases" / "macros"
CASE = MACROS / "results"


def expand(lines, known):
    """A case a line: an expression, or with `{%` at its start what a macro does. `x(…)` stands for `default__x(…)` and
    `duckdb__x(…)` too, where there are such macros."""
    out = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        out.append(line)
        name = re.match(r"\w+(?=\()", line)
        for prefix in ("default__", "duckdb__"):
            if name and prefix + name[0] in known:
                out.append(prefix + line)
    return out


def macro(name, case):
    body = case if case.startswith("{%") else "{%- do return(" + case + ") -%}"
    return "{% macro " + name + "() %}{%- set f = fixtures() -%}" + body + "{% endmacro %}\n"


def show(value):
    """A value as JSON that tells its type."""
    if isinstance(value, agate.Table):
        return {"table": list(value.column_names), "rows": [[show(v) for v in row] for row in value.rows]}
    if isinstance(value, MacroGenerator):
        return {"macro": value.macro.name}
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [show(v) for v in value]}
    if isinstance(value, dict):
        return {"dict": [[show(k), show(v)] for k, v in value.items()]}
    if isinstance(value, str):
        return str(value)
    if hasattr(value, "incorporate"):
        return {"relation": value.render(), "type": None if value.type is None else str(value.type)}
    if value is None or isinstance(value, (bool, int, float, decimal.Decimal, datetime.date, datetime.datetime)):
        return {type(value).__name__: str(value)}
    return {type(value).__name__: repr(value)}


class Record:
    def __init__(self, cases):
        self.cases = cases
        self.statements = []
        self.results = {}

    def event(self, event):
        if event.info.name == "SQLQuery":
            self.statements.append(event.data.sql)

    def run(self, task):
        from dbt.adapters.factory import get_adapter

        adapter = get_adapter(task.config)
        for name, case in self.cases.items():
            self.statements = []
            entry = {}
            try:
                with adapter.connection_named(f"macro_{name}"):
                    adapter.clear_transaction()
                    value = adapter.execute_macro(name, project=None, kwargs={}, macro_resolver=task.manifest)
                    entry["result"] = show(value)
            except Exception as error:
                entry["error"] = str(error)
            if self.statements:
                entry["statements"] = self.statements
            self.results[case] = entry


def quiet(arguments, callbacks=()):
    """dbt without its console."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        return dbtRunner(callbacks=list(callbacks)).invoke(["--quiet", *arguments])


def main():
    known = {m["name"] for m in json.loads((MACROS / "names.json").read_text())["macros"]}
    lines = []
    for file in sorted((CASE / "cases").iterdir()):
        lines += file.read_text().splitlines()
    cases = {f"case_{i}": case for i, case in enumerate(dict.fromkeys(expand(lines, known)))}
    work = Path(tempfile.mkdtemp(prefix="tsdbt-results-"))
    project = work / "project"
    shutil.copytree(CASE, project)
    text = "".join(macro(name, case) for name, case in cases.items())
    (project / "macros" / "cases.sql").write_text(text)
    output = {"type": "duckdb", "path": "db.duckdb", "threads": 1}
    (project / "profiles.yml").write_text(json.dumps({"case": {"target": "dev", "outputs": {"dev": output}}}))
    os.chdir(project)
    os.environ["DBT_PROFILES_DIR"] = str(project)
    with duckdb.connect("db.duckdb") as con:
        con.execute((CASE / "setup.sql").read_text())
    recorded_from = {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")}

    parsed = quiet(["parse"])
    assert parsed.success, parsed.exception
    models = {}
    # One at a time: the first error ends `compile`.
    for name in sorted(path.stem for path in (project / "models").glob("*.sql")):
        done = dbtRunner(manifest=parsed.result).invoke(["--log-level", "none", "--quiet", "compile", "--select", name])
        if done.success:
            [result] = [r for r in done.result.results if r.node.name == name]
            models[name] = {"compiled": result.node.compiled_code}
        else:
            models[name] = {"error": str(done.exception)}

    write("models.recorded.json", {"recorded_from": recorded_from, "models": models}, work)

    record = Record(cases)
    RunOperationTask._run_unsafe = lambda task, *_names: record.run(task)
    done = quiet(["run-operation", "fixtures"], [record.event])
    assert done.success, done.exception
    write("expected.json", {"recorded_from": recorded_from, "cases": record.results}, work)
    shutil.rmtree(work)
    errors = sum("error" in r for r in record.results.values())
    print(len(record.results), "cases,", errors, "of them errors;", len(models), "models")


def write(name, data, work):
    """A case a line."""
    parts = []
    for key, value in data.items():
        lines = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
        parts.append(f" {json.dumps(key)}: {{\n{lines}\n }}")
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    (CASE / name).write_text(text.replace(f"{work}/project", "<project>"))


main()
