"""Records the artifacts that dbt writes for the project of tests/cases/state, as it is now: docs, build, freshness of sources.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/artifacts_record.py

Writes them to tests/cases/artifacts/ without times, places and ids; of graph_summary.json and semantic_manifest.json all, of target/compiled and
target/run the names of the files. The manifest is held by tests/cases/parse.
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

HERE = Path(__file__).resolve().parent
CASE = HERE.parent / "cases" / "state"
OUT = HERE.parent / "cases" / "artifacts"
OUTPUT = {"type": "duckdb", "path": "db.duckdb", "threads": 1}
PROFILES = {"case": {"target": "dev", "outputs": {"dev": OUTPUT, "prod": {**OUTPUT, "schema": "prod"}, "other": {**OUTPUT, "schema": "other"}}}}
COMMANDS = (["build"], ["docs", "generate"], ["source", "freshness"])
# What differs from run to run.
RUN = {"generated_at", "invocation_id", "invocation_started_at", "run_started_at", "user_id", "started_at", "completed_at", "execution_time", "thread_id",
       "elapsed_time", "snapshotted_at", "max_loaded_at_time_ago_in_s", "_invocation_id", "env", "created_at", "query_id"}


def clean(value, project):
    if isinstance(value, dict):
        return {k: None if k in RUN else clean(v, project) for k, v in value.items()}
    if isinstance(value, list):
        return [clean(v, project) for v in value]
    if isinstance(value, str):
        return value.replace(str(project), "<project>")
    return value


def main():
    work = Path(tempfile.mkdtemp(prefix="tsdbt-artifacts-")).resolve()
    project = work / "project"
    shutil.copytree(CASE / "project", project)
    (project / "profiles.yml").write_text(json.dumps(PROFILES))
    sql = json.loads((CASE / "case.json").read_text())["sql"]
    with duckdb.connect(str(project / "db.duckdb")) as con:
        for statement in [*sql["before"], *sql["now"]]:
            con.execute(statement)
    env = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")} | {"DO_NOT_TRACK": "1"}
    built = None
    for args in COMMANDS:
        done = subprocess.run([str(Path(sys.executable).with_name("dbt")), *args], cwd=project, env=env, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stdout + done.stderr)
        # The documentation's compilation writes over the results of the build.
        built = built or (project / "target" / "run_results.json").read_text()
    target = project / "target"
    (target / "run_results.json").write_text(built)
    recorded_from = {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")}
    artifacts = {}
    for name in ("catalog", "run_results", "sources", "graph_summary", "semantic_manifest"):
        artifacts[name] = clean(json.loads((target / f"{name}.json").read_text()), project)
    # Its text is that of dbt's macros: only what users write is kept of compiled code.
    for result in artifacts["run_results"]["results"]:
        if not re.match(r"(model|snapshot|analysis|function)\.", result["unique_id"]):
            result["compiled_code"] = None
    for folder in ("compiled", "run"):
        artifacts[folder] = sorted(str(p.relative_to(target / folder)) for p in (target / folder).rglob("*") if p.is_file())
    (OUT / "recorded.json").write_text(json.dumps({"recorded_from": recorded_from, "commands": COMMANDS, "artifacts": artifacts}, indent=1) + "\n")
    shutil.rmtree(work)


main()
