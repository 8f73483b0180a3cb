"""Records what real dbt prints for the commands of tests/cases/console/cases.json, and the JSON log of one build.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/console_record.py

The commands of a project run one after the other in the same copy of it, on one thread. Lines are kept as printed,
without colours; times and paths are told apart by the suite (tests/helpers/normalize.ts).
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

CASES = Path(__file__).resolve().parent.parent / "cases" / "console"
DBT = Path(sys.executable).with_name("dbt")
COMMON = ["--no-use-colors", "--no-send-anonymous-usage-stats", "--no-version-check"]
PROFILES = {"case": {"target": "dev", "outputs": {"dev": {"type": "duckdb", "path": "db.duckdb", "threads": 1}}}}


def run(work, args):
    env = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")}
    done = subprocess.run([str(DBT), *COMMON, *args], cwd=work, env=env, capture_output=True, text=True)
    out = done.stdout.replace(str(work.resolve()), "<project>")
    return {"args": args, "exit": done.returncode, "stdout": out, "stderr": done.stderr}


def main():
    cases = json.loads((CASES / "cases.json").read_text())
    recorded = {"dbt": version("dbt-core"), "dbt-duckdb": version("dbt-duckdb"), "projects": {}, "json": {}}
    for name, commands in cases.items():
        with tempfile.TemporaryDirectory(prefix="tsdbt-console-") as folder:
            work = Path(folder) / "project"
            shutil.copytree(CASES / name, work)
            (work / "profiles.yml").write_text(json.dumps(PROFILES))
            recorded["projects"][name] = [run(work, args) for args in commands]
            lines = run(work, ["--log-format", "json", "build"])["stdout"].splitlines()
            recorded["json"][name] = [json.loads(line) for line in lines]
    (CASES / "recorded.json").write_text(json.dumps(recorded, indent=1) + "\n")


main()
