"""Records what real dbt does with the projects of tests/cases/run: statuses, messages, compiled SQL and the rows of every relation.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/run_record.py [case, or directory of one …]

A case is a directory with a dbt project and a `case.json`:

    {"threads": 1, "profile": {…more keys of the output…}, "fields": ["config.meta", …more fields of the manifest's nodes…],
     "each": [{"path": "models/<kind>_<place>.sql", "kind": ["view", "table"], "place": ["a", "b"], "text": "… <kind> … <place>"}],
     "brief": true, "attach": ["attach 'other.duckdb' as other (read_only)"], "list": ["out"], "steps": [
        {"command": ["run", "--full-refresh"], "files": {"models/a.sql": "…", "models/b.sql": null}, "sql": ["…"], "queries": {"name": "select …"}}
    ]}

`each` writes a file for each combination of its lists. `brief` records statuses, messages and rows only, without compiled code and the
manifest. Before a step's command its `sql` runs on the database and its `files` are written (null removes one); `"keep_target": true`
leaves the target directory of the step before, for retry. `queries` are asked after the command, of the database with what `attach` attaches;
`list` names directories whose files are listed. Each command runs in a process of its own, forked from one that has dbt imported. The result
goes to `expected.json`. No Python is needed to run the suite, only to record again.

In snapshots, times that the clock made while the case ran are written as their rank in the relation, `<clock 1>`, and hashes of
such times as `<hash 1>` in the order of the rows: what happened in one round stays together, what in two stays apart.
"""
import datetime
import decimal
import itertools
import json
import math
import os
import re
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import duckdb

import dbt.adapters.duckdb  # noqa: F401  imported once, before the forks
import dbt.task.build  # noqa: F401
from dbt.cli.main import cli

CASES = Path(__file__).resolve().parent.parent / "cases" / "run"
OWN = {"case.json", "expected.json"}
BRIEF = ("unique_id", "status", "message", "failures", "adapter_response", "batch_results")


def plain(value):
    """A cell as JSON, told apart where JSON would not: decimals and times are text with their type."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, bool) or value is None or isinstance(value, (int, float, str)):
        return value
    if isinstance(value, decimal.Decimal):
        return f"decimal {value}"
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    return str(value)


TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d)?")
HASH = re.compile(r"[0-9a-f]{32}")


def without_clock(rows, since):
    """The rows of a snapshot with ranks in place of times from `since` on, and of the hashes in rows that begin at such a time."""
    if not any(isinstance(v, str) and HASH.fullmatch(v) for row in rows for v in row):
        return rows
    made = lambda v: isinstance(v, str) and TIME.fullmatch(v) is not None and since <= v < "9"
    times = sorted({v for row in rows for v in row if made(v)})
    hashed = lambda row: sum(made(v) for v in row) > 1
    ranked = [[f"<clock {times.index(v) + 1}>" if made(v) else v for v in row] for row in rows]
    clock_hash = lambda row, v: hashed(row) and isinstance(v, str) and HASH.fullmatch(v) is not None
    order = sorted(range(len(rows)), key=lambda i: json.dumps(["" if clock_hash(rows[i], v) else v for v in ranked[i]]))
    hashes = {}
    for i in order:
        ranked[i] = [
            f"<hash {hashes.setdefault(v, len(hashes) + 1)}>" if clock_hash(rows[i], v) else v for v in ranked[i]
        ]
    return [ranked[i] for i in order]


def expanded(spec):
    """The files of `each`: one for each combination of the lists, whose names stand in <> in the path and in the text."""
    for entry in spec.get("each", []):
        lists = {k: v for k, v in entry.items() if k not in ("path", "text")}
        for values in itertools.product(*lists.values()):
            path, text = entry["path"], entry["text"]
            for name, value in zip(lists, values):
                path, text = path.replace(f"<{name}>", value), text.replace(f"<{name}>", value)
            yield path, text


def run(project, command):
    """The command in a fork; gives its exit status and what it printed."""
    printed = project.parent / "printed"
    child = os.fork()
    if child == 0:
        code = 1  # an exception that dbt does not catch
        try:
            os.chdir(project)
            os.environ["DBT_PROFILES_DIR"] = str(project)
            os.dup2(os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            args = ["--no-use-colors", "--no-send-anonymous-usage-stats", "--no-version-check", *command]
            sys.argv = ["dbt", *args]
            cli.main(args=args, prog_name="dbt")
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        finally:
            sys.stdout.flush()
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for log in project.glob("*.wal"):  # the fork closes no database, and who only reads may not write what is left
        duckdb.connect(str(log.with_suffix(""))).close()
    return status, printed.read_text()


def asked(path, spec, queries):
    os.chdir(path.parent)
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        for statement in spec.get("attach", []):
            con.execute(statement)
        return {name: [[plain(v) for v in row] for row in con.execute(query).fetchall()] for name, query in queries.items()}


def relations(path, since):
    if not path.exists():
        return {}
    out = {}
    os.chdir(path.parent)  # locations in views are relative to the project
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        found = con.execute(
            "select table_schema, table_name, table_type from information_schema.tables "
            "where table_schema not in ('information_schema', 'pg_catalog') order by 1, 2"
        ).fetchall()
        for schema, name, kind in found:
            quoted = '"%s"."%s"' % (schema.replace('"', '""'), name.replace('"', '""'))
            entry = {"type": "view" if kind == "VIEW" else "table"}
            try:
                cursor = con.execute(f"select * from {quoted}")
                entry["columns"] = [[d[0], str(d[1])] for d in con.execute(f"describe {quoted}").fetchall()]
                rows = [[plain(v) for v in row] for row in con.execute(f"select * from {quoted}").fetchall()]
                entry["rows"] = sorted(without_clock(rows, since), key=lambda r: json.dumps(r, ensure_ascii=False))
            except duckdb.Error as error:
                entry["error"] = type(error).__name__
            out[f"{schema}.{name}"] = entry
    return out


def at(node, path):
    for key in path.split("."):
        node = node.get(key) if isinstance(node, dict) else None
    return node


def files_under(root):
    return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()) if root.exists() else []


def nodes(project, spec):
    manifest = json.loads((project / "target" / "manifest.json").read_text())
    return {
        key: {
            "compiled": node.get("compiled"),
            "compiled_path": node.get("compiled_path"),
            "build_path": node.get("build_path"),
            "extra_ctes": [c["id"] for c in node.get("extra_ctes") or []],
            "extra_ctes_injected": node.get("extra_ctes_injected"),
            **({"index": node["index"]} if node["resource_type"] == "operation" else {}),
            **{path: at(node, path) for path in spec.get("fields", [])},
        }
        for key, node in sorted(manifest["nodes"].items())
    }


def lines(value, depth=0):
    """JSON with a line for each result, relation and query."""
    if depth == 4 or not isinstance(value, (dict, list)) or not value:
        return json.dumps(value, ensure_ascii=False)
    pairs = value.items() if isinstance(value, dict) else ((None, v) for v in value)
    parts = [("" if k is None else json.dumps(k) + ": ") + lines(v, depth + 1) for k, v in pairs]
    indent = " " * (depth + 1)
    return "{["[isinstance(value, list)] + ",".join(f"\n{indent}{p}" for p in parts) + "\n" + " " * depth + "}]"[isinstance(value, list)]


def record(case):
    spec = json.loads((case / "case.json").read_text())
    work = Path(tempfile.mkdtemp(prefix="tsdbt-run-"))
    project = work / "project"
    shutil.copytree(case, project, ignore=lambda _d, names: [n for n in names if n in OWN])
    database = project / "db.duckdb"
    output = {"type": "duckdb", "path": "db.duckdb", "threads": spec.get("threads", 1), **spec.get("profile", {})}
    (project / "profiles.yml").write_text(json.dumps({"case": {"target": "dev", "outputs": {"dev": output}}}))
    for name, text in expanded(spec):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    # Whatever the time zone of the session is.
    since = (datetime.datetime.now() - datetime.timedelta(days=1)).isoformat(timespec="seconds")
    steps = []
    for step in spec["steps"]:
        for name, text in step.get("files", {}).items():
            file = project / name
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
        os.chdir(project)  # files that `sql` names are the project's
        if step.get("sql"):
            with duckdb.connect(str(database)) as con:
                for statement in step["sql"]:
                    con.execute(statement)
        if not step.get("keep_target"):
            shutil.rmtree(project / "target", ignore_errors=True)
        exit, printed = run(project, step["command"])
        clean = lambda text: None if text is None else text.replace(str(project), "<project>").replace(str(work), "<work>").replace(sys.prefix, "<venv>")
        entry = {"exit": exit}
        results = project / "target" / "run_results.json"
        brief = spec.get("brief")
        if results.exists():
            done = json.loads(results.read_text())
            entry["results"] = [
                {
                    "unique_id": r["unique_id"],
                    "status": r["status"],
                    "message": clean(r["message"]),
                    "failures": r["failures"],
                    "adapter_response": r["adapter_response"],
                    "timing": [t["name"] for t in r["timing"]],
                    "compiled": r["compiled"],
                    "compiled_code": clean(r["compiled_code"]),
                    "relation_name": r["relation_name"],
                    **({"batch_results": r["batch_results"]} if r.get("batch_results") else {}),
                }
                for r in done["results"]
            ]
            if brief:
                entry["results"] = [{k: v for k, v in r.items() if k in BRIEF} for r in entry["results"]]
            else:
                entry["nodes"] = nodes(project, spec)
        else:
            entry["output"] = [clean(re.sub(r"^\d\d:\d\d:\d\d  ?", "", l)) for l in printed.splitlines()]
        if not brief:
            entry["compiled_files"] = files_under(project / "target" / "compiled")
        if spec.get("compiled_code"):
            entry["compiled_code"] = {n: clean((project / "target" / "compiled" / n).read_text()) for n in entry["compiled_files"]}
        if not brief:
            entry["run_files"] = dict.fromkeys(files_under(project / "target" / "run"), "")
        entry["relations"] = relations(database, since)
        if step.get("queries"):
            entry["queries"] = asked(database, spec, step["queries"])
        if spec.get("list"):
            entry["files"] = [f"{name}/{file}" for name in spec["list"] for file in files_under(project / name)]
        steps.append(entry)
    expected = {
        "recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")},
        "steps": steps,
    }
    (case / "expected.json").write_text((lines(expected) if spec.get("brief") else json.dumps(expected, indent=1, ensure_ascii=False)) + "\n")
    shutil.rmtree(work)
    print(case.name, [s["exit"] for s in steps], flush=True)


wanted = sys.argv[1:]
elsewhere = [Path(name).resolve() for name in wanted if "/" in name]
inside = sorted(p for p in CASES.iterdir() if (p / "case.json").exists() and (not wanted or p.name in wanted))
for directory in [*elsewhere, *inside]:
    record(directory)
