"""Records what real dbt says and how it ends when Ctrl-C comes while a model runs: the cases of tests/cases/interrupt.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/interrupt_record.py
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import yaml

CASES = Path(__file__).resolve().parent.parent / "cases" / "interrupt"
DBT = Path(sys.executable).with_name("dbt")

for case in sorted(CASES.iterdir()):
    spec = yaml.safe_load((case / "case.yml").read_text())
    with tempfile.TemporaryDirectory(prefix="tsdbt-interrupt-") as folder:
        project = Path(folder).resolve()
        for name, text in spec["files"].items():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text)
        env = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")} | {"DO_NOT_TRACK": "1", "PYTHONUNBUFFERED": "1"}
        args = [str(DBT), "--no-use-colors", "--no-send-anonymous-usage-stats", *spec["args"]]
        process = subprocess.Popen(args, cwd=project, env=env, stdout=subprocess.PIPE, text=True)
        lines = []
        for line in process.stdout:
            lines.append(line)
            if spec["when"] in line:
                time.sleep(2)  # the statement has to have begun
                process.send_signal(signal.SIGINT)
        exit_status = process.wait()
        results = project / "target" / "run_results.json"
        statuses = {r["unique_id"]: r["status"] for r in json.loads(results.read_text())["results"]} if results.exists() else None
    recorded = {
        "recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")},
        "exit": exit_status,
        "stdout": re.split(r"(?m)^\S*\d\d:\d\d:\d\d  Traceback", "".join(lines).replace(str(project), "<project>"))[0],
        "results": statuses,
    }
    (case / "expected.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
    print(case.name, exit_status, statuses)
