"""What dbt answers with a target/ of tsdbt as state, beside what it answers with its own.

    <venv>/bin/python state_read.py BEFORE NOW OURS OUT

BEFORE and NOW are the project of tests/cases/state as it was and as it is, OURS is the target directory that tsdbt left of BEFORE. Writes to OUT, for
each selection, the ids with either state; the compiled code of deferred models; and what `retry` of our results came to.
"""
import json
import os
import sys
from pathlib import Path

os.environ |= {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DBT_NO_COLOR": "1"}
from dbt.cli.main import dbtRunner  # noqa: E402

before, now, ours, out = (Path(arg).resolve() for arg in sys.argv[1:])
SPEC = json.loads((Path(__file__).resolve().parent.parent / "cases" / "state" / "case.json").read_text())


def invoke(project, args, manifest=None):
    os.chdir(project)
    done = dbtRunner(manifest=manifest).invoke([*args, "--quiet", "--no-print"])
    if done.exception is not None:
        raise SystemExit(f"{args}: {done.exception}")
    return done.result


theirs = before / "theirs"
invoke(before, ["parse", "--target", "prod", "--target-path", str(theirs), "--vars", "{currency: usd}"])
manifest = invoke(now, ["parse"])
answers = {"selections": {}, "compiled": {}}
for select in SPEC["selections"]:
    if "state:" not in select:
        continue
    args = ["ls", "--output", "json", "--output-keys", "unique_id", "--select", *select.split(), "--state"]
    if "result:" in select:
        continue
    both = [sorted(json.loads(line)["unique_id"] for line in invoke(now, [*args, str(state)], manifest)) for state in (theirs, ours)]
    answers["selections"][select] = both
for name, args in SPEC["compile"].items():
    results = [invoke(now, ["compile", *args, "--state", str(state)]).results for state in (theirs, ours)]
    answers["compiled"][name] = [{r.node.unique_id: r.node.compiled_code for r in one} for one in results]
answers["retry"] = {r.node.unique_id: str(r.status) for r in invoke(now, ["retry", "--state", str(ours)]).results}
parsed = json.loads((now / "target" / "manifest.json").read_text())
answers["built_in"] = sorted(
    unique_id
    for unique_id, node in parsed["nodes"].items()
    if any(macro.split(".")[1] in ("dbt", "dbt_duckdb") for macro in node["depends_on"]["macros"])
)
out.write_text(json.dumps(answers))
