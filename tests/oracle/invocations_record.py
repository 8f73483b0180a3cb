"""Records what real dbt tells, sends and leaves behind for the small projects of tests/cases/invocations.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/invocations_record.py [case …]

A case is a directory with a `case.yml`:

    files: {path: text}             # besides a plain dbt_project.yml and profiles.yml
    steps:
      - args: [run]
        env: {NAME: value}
        files: {path: text or null}
        sql: [statements for db.duckdb, before the command; <project> is its directory]
        sent: a pattern             # statements that match are recorded as they were sent
        says: [texts]               # each must be in what dbt says in its errors and warnings
        places: [texts]             # of tsdbt alone: not looked at here
        told: [names of events]     # events whose data are recorded besides the warnings
        rows: {name: query}         # asked of db.duckdb after the command
        written: [path …]           # files below the project that must be there or not afterwards
        manifest: [path with slashes …]   # values of target/manifest.json

Each step runs in a process of its own, forked from one that has dbt imported. The result goes to `expected.json`.
"""
import json
import os
import re
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import duckdb
import yaml

import dbt.adapters.duckdb  # noqa: F401  imported once, before the forks
import dbt.task.build  # noqa: F401
from dbt.cli.main import cli

CASES = Path(__file__).resolve().parent.parent / "cases" / "invocations"
COMMON = ["--no-use-colors", "--no-partial-parse", "--no-send-anonymous-usage-stats", "--log-format-file", "json", "--log-level-file", "debug"]
DEFAULTS = {
    "dbt_project.yml": "name: demo\nversion: '1.0'\nprofile: demo\n",
    "profiles.yml": "demo:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: db.duckdb, threads: 1}\n",
}
ALWAYS = {"JinjaLogInfo", "PrintEvent", "DeprecationsSummary"}
ERRORS = {"MainEncounteredError", "RunResultError", "HooksError"}


def write(project, files):
    for name, text in files.items():
        file = project / name
        if text is None:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)


def run(project, step):
    """The command in a fork; gives its exit status and the events of its log."""
    log = project / "logs" / "dbt.log"
    shutil.rmtree(project / "logs", ignore_errors=True)
    child = os.fork()
    if child == 0:
        code = 1  # an exception that dbt does not catch
        try:
            os.chdir(project)
            for key in [k for k in os.environ if k.startswith("DBT_")]:
                del os.environ[key]
            os.environ.update(HOME=str(project), DO_NOT_TRACK="1", **step.get("env", {}))
            null = os.open(os.environ.get("RECORD_LOG", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(null, 1)
            os.dup2(null, 2)
            sys.argv = ["dbt", *step["args"]]
            cli.main(args=[*COMMON, "--log-path", "logs", *step["args"]], prog_name="dbt")
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    lines = log.read_text().splitlines() if log.exists() else []
    return status, [json.loads(line) for line in lines if line.startswith("{")]


def record(case):
    spec = yaml.safe_load((case / "case.yml").read_text())
    steps = []
    with tempfile.TemporaryDirectory(prefix="tsdbt-invocations-") as folder:
        project = Path(folder).resolve() / "project"
        write(project, {**DEFAULTS, **spec.get("files", {})})

        def clean(value):
            if isinstance(value, str):
                return value.replace(str(project), "<project>").replace(folder, "<work>")
            if isinstance(value, dict):
                return {k: clean(v) for k, v in value.items() if k not in ("node_info", "invocation_id", "execution_time")}
            return [clean(v) for v in value] if isinstance(value, list) else value

        for step in spec["steps"]:
            write(project, step.get("files", {}))
            if step.get("sql"):
                with duckdb.connect(str(project / "db.duckdb")) as con:
                    for statement in step["sql"]:
                        con.execute(statement.replace("<project>", str(project)))
            exit, events = run(project, step)
            entry = {"exit": exit}
            warnings, told, errors, sent = [], [], [], []
            for event in events:
                name, data = event["info"]["name"], clean(event["data"])
                if name in ALWAYS or name in step.get("told", []):
                    told.append([name, data])
                elif event["info"]["level"] == "warn":
                    warnings.append([name, data])
                # A traceback names places of the machine it was recorded on.
                elif name != "MainStackTrace" and (name in ERRORS or event["info"]["level"] == "error"):
                    errors.append([name, clean(event["info"]["msg"]).split("\n")[:8]])
                elif name == "SQLQuery" and step.get("sent") and re.search(step["sent"], data["sql"], re.IGNORECASE):
                    sent.append(data["sql"])
            everything = json.dumps([clean(e["info"]["msg"]) for e in events], ensure_ascii=False)
            for text in step.get("says", []):
                if json.dumps(text, ensure_ascii=False)[1:-1] not in everything:
                    print(f"  {case.name} {step['args']}: dbt does not say: {text}", flush=True)
            for key, value in (("warnings", warnings), ("told", told), ("errors", errors)):
                if value:
                    entry[key] = value
            if step.get("sent"):
                entry["sent"] = sent
            if step.get("rows"):
                with duckdb.connect(str(project / "db.duckdb")) as con:
                    entry["rows"] = {
                        name: [[None if v is None else str(v) for v in row] for row in con.execute(query).fetchall()]
                        for name, query in step["rows"].items()
                    }
            if step.get("written"):
                entry["written"] = {name: (project / name).exists() for name in step["written"]}
            if step.get("manifest") and (project / "target" / "manifest.json").exists():
                manifest = json.loads((project / "target" / "manifest.json").read_text())
                entry["manifest"] = {}
                for path in step["manifest"]:
                    value = manifest
                    for part in path.split("/"):
                        value = value.get(part) if isinstance(value, dict) else None
                    entry["manifest"][path] = clean(value)
            steps.append(entry)
    recorded = {"recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")}, "steps": steps}
    (case / "expected.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
    print(case.name, [(s["exit"], len(s.get("warnings", []))) for s in steps], flush=True)


wanted = sys.argv[1:]
for directory in sorted(p for p in CASES.iterdir() if (p / "case.yml").exists()):
    if not wanted or directory.name in wanted:
        record(directory)
