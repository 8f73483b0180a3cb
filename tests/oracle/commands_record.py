"""Records what real dbt does with the commands of tests/cases/commands: lines, exit status, artifacts, rows.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/commands_record.py [case …]

A case is a directory with a dbt project and a `case.json`:

    {"steps": [{"args": ["show", "-s", "a"], "files": {"models/a.sql": "…"}, "sql": ["…"], "rows": {"name": "select …"}}]}

The steps of a case run one after the other in the same copy of the project. Before the command, `files` are written
(null removes one) and `sql` runs on the database; `env` is added to its environment, `stdin` is what it reads; after it, the queries of `rows` are asked, and the files of `yaml` are read. Of run_results.json and
sources.json what the command wrote is kept without times. The result goes to `expected.json`.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import duckdb
import yaml

CASES = Path(__file__).resolve().parent.parent / "cases" / "commands"
DBT = Path(sys.executable).with_name("dbt")
COMMON = ["--no-use-colors", "--no-send-anonymous-usage-stats", "--no-version-check"]
PROFILES = {"case": {"target": "dev", "outputs": {
    "dev": {"type": "duckdb", "path": "db.duckdb", "threads": 1},
    "other": {"type": "duckdb", "path": "db.duckdb", "schema": "other", "threads": 1},
}}}


def write(project, files):
    for name, text in files.items():
        file = project / name
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)


def parsed(file):
    if not file.exists():
        return None
    # What is configured for the starter's own models is each tool's own.
    return {k: v for k, v in yaml.safe_load(file.read_text()).items() if k != "models"}


def rows(con, query):
    try:
        return [[None if v is None else str(v) for v in row] for row in con.execute(query).fetchall()]
    except duckdb.Error as error:
        return [[type(error).__name__]]


def results(path, clean):
    if not path.exists():
        return None
    data = json.loads(path.read_text())
    out = []
    for r in data["results"]:
        keys = ["unique_id", "status", "message", "failures", "adapter_response", "criteria", "error"]
        kept = {k: clean(r[k]) for k in keys if k in r}
        kept["keys"] = sorted(r)
        out.append(kept)
    return {"which": (data.get("args") or {}).get("which"), "keys": sorted(data), "results": out}


def record(case):
    spec = json.loads((case / "case.json").read_text())
    steps = []
    with tempfile.TemporaryDirectory(prefix="tsdbt-commands-") as folder:
        project = Path(folder).resolve() / "project"
        shutil.copytree(case, project, ignore=lambda _d, names: [n for n in names if n in ("case.json", "expected.json")])
        (project / "profiles.yml").write_text(json.dumps(PROFILES))

        def clean(value):
            if isinstance(value, str):
                return value.replace(str(project), "<project>")
            return value

        for step in spec["steps"]:
            write(project, step.get("files", {}))
            if step.get("sql"):
                with duckdb.connect(str(project / "db.duckdb")) as con:
                    for statement in step["sql"]:
                        con.execute(statement)
            written = [project / "target" / n for n in ("run_results.json", "sources.json")]
            before = [p.stat().st_mtime_ns if p.exists() else None for p in written]
            env = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")}
            env |= {"HOME": str(project), **step.get("env", {})}
            done = subprocess.run([str(DBT), *COMMON, *step["args"]], cwd=project, env=env, input=step.get("stdin", ""), capture_output=True, text=True)
            # A bug of dbt's own shows where it is installed; the text of its help is its own.
            printed = re.sub(r"os info: .*", "os info: <os>", clean(done.stdout).replace(sys.executable, "<python>"))
            printed = re.split(r"(?m)^\S*\d\d:\d\d:\d\d  Traceback", printed)[0]
            entry = {"exit": done.returncode, "stdout": printed}
            for path, stamp in zip(written, before):
                if path.exists() and path.stat().st_mtime_ns != stamp:
                    entry[path.stem] = results(path, clean)
            if step.get("yaml"):
                entry["yaml"] = {name: parsed(project / name) for name in step["yaml"]}
            if step.get("rows"):
                with duckdb.connect(str(project / "db.duckdb")) as con:
                    con.execute("set TimeZone = 'UTC'")
                    entry["rows"] = {n: rows(con, q) for n, q in step["rows"].items()}
            steps.append(entry)
    expected = {"recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")}, "steps": steps}
    (case / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
    print(case.name, [s["exit"] for s in steps], flush=True)


wanted = sys.argv[1:]
for directory in sorted(p for p in CASES.iterdir() if (p / "case.json").exists()):
    if not wanted or directory.name in wanted:
        record(directory)
