"""Reads target directories with tools that read dbt's artifacts: dbt-artifacts-parser, dbt-bouncer.

    tests/oracle/venv.sh consumers && <venv>/bin/python tests/oracle/artifacts_consume.py parse TARGET_DIR…
    … artifacts_consume.py check TARGET_DIR OUT_FILE

`parse` prints one line for each artifact that the parser refuses, and the count of those that it reads. `check` holds a target
directory against the checks of bouncer.json and writes each verdict to OUT_FILE.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from dbt_artifacts_parser import parser

PARSERS = {
    "manifest.json": parser.parse_manifest,
    "run_results.json": parser.parse_run_results,
    "catalog.json": parser.parse_catalog,
    "sources.json": parser.parse_sources,
}


def parse(directories):
    bad = read = 0
    for directory in directories:
        for name, parse_artifact in PARSERS.items():
            path = Path(directory) / name
            if not path.exists():
                continue
            data = json.loads(path.read_text())
            try:
                parsed = parse_artifact(data)
            except Exception as error:
                bad += 1
                print(f"{path}: {str(error)[:600]}")
                continue
            read += 1
            for part in ("nodes", "sources", "results"):
                if len(getattr(parsed, part, None) or []) != len(data.get(part) or []):
                    bad += 1
                    print(f"{path}: {part} were not read whole")
    print(f"{read} read")
    return 1 if bad else 0


def check(target, out):
    checks = json.loads((Path(__file__).with_name("bouncer.json")).read_text())
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "bouncer.yml"
        config.write_text(json.dumps({"dbt_artifacts_dir": str(Path(target).resolve()), **checks}))
        bouncer = Path(sys.executable).with_name("dbt-bouncer")
        done = subprocess.run([str(bouncer), "run", "--config-file", str(config), "--output-file", out, "--output-format", "json"], capture_output=True, text=True)
    # 1: some check found something to say, which is the point of them.
    if done.returncode not in (0, 1):
        print(done.stdout, done.stderr)
        return 2
    return 0


sys.exit(parse(sys.argv[2:]) if sys.argv[1] == "parse" else check(sys.argv[2], sys.argv[3]))
