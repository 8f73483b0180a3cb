"""Runs real dbt on each project of tests/cases/bad-input and writes what it does into its case.json: exit status and message.

usage: bad_input_record.py [CASE ...]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import dbt.version

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cases", "bad-input")
dbt_bin = os.path.join(os.path.dirname(sys.executable), "dbt")
for name in sorted(sys.argv[1:] or os.listdir(root)):
    path = os.path.join(root, name, "case.json")
    case = json.load(open(path))
    with tempfile.TemporaryDirectory() as work:
        project = os.path.join(work, "project")
        shutil.copytree(os.path.join(root, name), project)
        os.remove(os.path.join(project, "case.json"))
        env = dict(os.environ, DO_NOT_TRACK="1", NO_COLOR="1")
        run = subprocess.run([dbt_bin, "--no-use-colors", *case["command"]], cwd=project, env=env, capture_output=True, text=True)
        text = re.sub(r"(?m)^\d\d:\d\d:\d\d  ?", "", run.stdout + run.stderr).replace(os.path.realpath(project), "<project>")
        text = re.sub(r"in [\d.]+s|\([\d.]+s\)|[\d.]+ seconds", "in <time>", text)
        lines = [l.rstrip() for l in text.splitlines()]
        keep = [l for l in lines if l and not re.match(r"Running with dbt=|Registered adapter|Unable to do partial|Found \d|Concurrency:|Finished running|Done\. ", l)]
    # A bug of dbt's own shows where it is installed.
    if any("Traceback" in l for l in keep):
        keep = keep[: next(i for i, l in enumerate(keep) if "Traceback" in l)] + ["<traceback>"]
    case["dbt"] = {"version": dbt.version.get_installed_version().to_version_string(skip_matcher=True), "status": run.returncode, "output": keep[:40]}
    with open(path, "w") as file:
        json.dump(case, file, indent=2, ensure_ascii=False)
        file.write("\n")
    print(run.returncode, name)
