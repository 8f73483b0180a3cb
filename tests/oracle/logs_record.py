"""Records the logs of real dbt for the command lines of tests/cases/logging: events, console, files.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/logs_record.py [case …]

A case is a directory with a `case.yml`: `files` of a project, and `steps` with `args`, `env`, `files` (null removes one) and `sql`, which
follow one another. Of a step with `events: true` the events of its JSON log are recorded: name, code, level, text, keys of
the data and of `node_info`, and of those of level debug each kind once, without its text; of the others what the console shows. With `log: true` it is told what logs/dbt.log (or the file of
`log_file`) has: whether lines are JSON, debug or plain text, and how many of each level; `list` names directories whose files are
told. Each step runs in a process of its own, forked from one that has dbt imported. The result goes to `expected.json`.
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

CASES = Path(__file__).resolve().parent.parent / "cases" / "logging"
DEFAULTS = {
    "dbt_project.yml": "name: demo\nversion: '1.0'\nprofile: demo\n",
    "profiles.yml": "demo:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: db.duckdb, threads: 1}\n",
}


def write(project, files):
    for name, text in files.items():
        file = project / name
        if text is None:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)


def run(project, step, out):
    child = os.fork()
    if child == 0:
        code = 1  # an exception that dbt does not catch
        try:
            os.chdir(project)
            for key in [k for k in os.environ if k.startswith("DBT_") or k in ("NO_COLOR", "FORCE_COLOR")]:
                del os.environ[key]
            os.environ.update(HOME=str(project), DO_NOT_TRACK="1", **step.get("env", {}))
            target = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(target, 1)
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 2)
            os.dup2(null, 0)
            sys.argv = ["dbt", *step["args"]]
            sys.stdout = os.fdopen(1, "w", closefd=False)
            cli.main(args=["--no-send-anonymous-usage-stats", *step["args"]], prog_name="dbt")
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def event(line):
    data, info = line["data"], line["info"]
    out = [info["name"], info["code"], info["level"], info["msg"], " ".join(sorted(data))]
    node = data.get("node_info")
    return [*out, " ".join(sorted(node))] if isinstance(node, dict) else out


def kinds(events):
    debug = {json.dumps([e[0], e[1], *e[4:]]) for e in events if e[2] == "debug"}
    return {"events": [e for e in events if e[2] != "debug"], "debug": [json.loads(e) for e in sorted(debug)]}


def told(file):
    """What a log file has: how many lines of each form, and of which levels."""
    if not file.exists():
        return None
    forms = {}
    for line in file.read_text().splitlines():
        if line.startswith("{"):
            level = json.loads(line)["info"]["level"]
            form = f"json {level}"
        elif found := re.match(r"(?:\x1b\[0m)?\d\d:\d\d:\d\d\.\d{6} \[(\w+) *\] \[.*?\]: ", line):
            form = f"debug {found[1]}"
        elif re.match(r"(?:\x1b\[0m)?\d\d:\d\d:\d\d  ", line):
            form = "text"
        elif re.match(r"={30} .* \| .* ={30}$", line):
            form = "head"
        else:
            continue
        forms[form] = forms.get(form, 0) + 1
    return forms


def record(case):
    spec = yaml.safe_load((case / "case.yml").read_text())
    steps = []
    with tempfile.TemporaryDirectory(prefix="tsdbt-logs-") as folder:
        project = Path(folder).resolve() / "project"
        out = Path(folder) / "stdout"
        write(project, {**DEFAULTS, **spec.get("files", {})})
        for step in spec["steps"]:
            write(project, step.get("files", {}))
            if step.get("sql"):
                with duckdb.connect(str(project / "db.duckdb")) as con:
                    for statement in step["sql"]:
                        con.execute(statement)
            entry = {"exit": run(project, step, out)}
            text = out.read_text().replace(str(project), "<project>").replace(str(project.parent), "<parent>")
            text = re.sub(r"os info: [^\"\n\\]*", "os info: <os>", text.replace(sys.executable, "<python>"))
            if step.get("events"):
                entry |= kinds([event(json.loads(line)) for line in text.splitlines() if line.startswith("{")])
            else:
                entry["console"] = re.split(r"(?m)^\S*\d\d:\d\d:\d\d  Traceback", text)[0]
                entry["colored"] = any(re.search(r"\x1b\[3\dm", line) for line in text.splitlines())
            if step.get("log"):
                entry["log"] = told(project / step.get("log_file", "logs/dbt.log"))
            if step.get("list"):
                folders = {name: project / name for name in step["list"]}
                entry["list"] = {n: sorted(p.name for p in f.iterdir()) if f.exists() else None for n, f in folders.items()}
            steps.append(entry)
    recorded = {"recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")}, "steps": steps}
    (case / "expected.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
    print(case.name, [(s["exit"], len(s.get("events", []))) for s in steps], flush=True)


wanted = sys.argv[1:]
for directory in sorted(p for p in CASES.iterdir() if (p / "case.yml").exists()):
    if not wanted or directory.name in wanted:
        record(directory)
