"""Records what dbt 1.12 makes of a vars.yml, which dbt 1.11 does not read: what `dbt compile` writes, or refuses.

    <venv with dbt-core 1.12 and dbt-duckdb>/bin/python tests/oracle/vars_file_record.py [part of a case's name …]

Reads and completes tests/cases/vars-file/recorded.json: `files` and `args` go in; `exit`, `compiled` (the SQL of each
model), `schemas` and `says` (dbt's error) come out.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "cases" / "vars-file" / "recorded.json"
PROFILES = "p: {target: dev, outputs: {dev: {type: duckdb, path: db.duckdb}}}\n"


def record(case):
    with tempfile.TemporaryDirectory(prefix="tsdbt-vars-") as folder:
        root = Path(folder).resolve()
        for name, text in {"profiles.yml": PROFILES, **case["files"]}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        env = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")}
        dbt = [sys.executable, "-W", "ignore", "-m", "dbt.cli.main", "--no-use-colors", "--no-send-anonymous-usage-stats"]
        if "packages.yml" in case["files"]:
            subprocess.run([*dbt, "deps", *case["args"]], cwd=root, env=env, capture_output=True)
        done = subprocess.run([*dbt, "compile", *case["args"]], cwd=root, env=env, capture_output=True, text=True)
        out = {k: case[k] for k in ("what", "files", "args", "code", "place") if k in case}
        out["exit"] = done.returncode
        if done.returncode == 0:
            compiled = sorted((root / "target" / "compiled").rglob("*.sql"))
            out["compiled"] = {p.stem: p.read_text() for p in compiled}
            nodes = json.loads((root / "target" / "manifest.json").read_text())["nodes"].values()
            out["schemas"] = {n["name"]: n["schema"] for n in nodes if n["resource_type"] == "model"}
        else:
            said = done.stdout.split("Encountered an error:")[-1].split("Traceback")[0].replace(str(root), "<root>")
            out["says"] = [line for line in said.strip().splitlines() if not re.match(r"\d\d:\d\d:\d\d", line)]
        print(case["what"], done.returncode, flush=True)
        return out


data = json.loads(CASES.read_text())
wanted = sys.argv[1:]
data["cases"] = [c if wanted and not any(w in c["what"] for w in wanted) else record(c) for c in data["cases"]]
CASES.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
