"""Records what dbt makes of the projects below tests/cases/parse: a normalised manifest.json beside each project.

    <venv>/bin/python tests/oracle/parse_record.py [case ...]

A case is a directory with `project/` and, when dbt refuses the project, the file `error.json` with dbt's exit status
and the first lines of what it says. Where its case.json has `ls`, a list of argument lists, what `dbt ls` prints goes to
ls.json; where it has `compile`, each node's compiled SQL, white space aside, goes to compiled.json. Times, ids of the invocation and absolute paths are replaced; of the internal
packages' macros only the names that other macros and nodes use are kept.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "..", "cases", "parse")
DBT = os.path.join(os.path.dirname(sys.executable), "dbt")
INTERNAL = ("dbt", "dbt_duckdb")


def normalise(value, root):
    if isinstance(value, dict):
        return {k: (0 if k == "created_at" else normalise(v, root)) for k, v in value.items()}
    if isinstance(value, list):
        return [normalise(v, root) for v in value]
    if isinstance(value, str):
        return value.replace(root, "<root>")
    return value


def manifest(root):
    with open(os.path.join(root, "target", "manifest.json"), encoding="utf-8") as f:
        data = normalise(json.load(f), root)
    meta = data["metadata"]
    for key in ("generated_at", "invocation_id", "invocation_started_at", "run_started_at", "user_id"):
        meta[key] = "<varies>"
    meta.pop("send_anonymous_usage_stats", None)
    data["macros"] = {k: v for k, v in data["macros"].items() if v["package_name"] not in INTERNAL}
    data["docs"] = {k: v for k, v in data["docs"].items() if v["package_name"] not in INTERNAL}
    for key in ("metrics", "saved_queries", "semantic_models", "unit_tests", "functions", "selectors"):
        if not data[key]:
            del data[key]
    return data


def write(directory, name, result):
    with open(os.path.join(directory, name), "w", encoding="utf-8") as f:
        json.dump(result, f, indent=1, ensure_ascii=False)
        f.write("\n")


def listed(root, env, commands):
    for args in commands:
        command = [DBT, "--quiet", "--no-use-colors", "ls", *args]
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=True)
        yield {"args": args, "lines": done.stdout.splitlines()}


def compiled(root, env):
    subprocess.run([DBT, "--quiet", "compile"], cwd=root, env=env, capture_output=True, check=True)
    with open(os.path.join(root, "target", "manifest.json"), encoding="utf-8") as f:
        nodes = json.load(f)["nodes"]
    return {key: " ".join((node.get("compiled_code") or "").split()) for key, node in nodes.items()}


def record(case):
    directory = os.path.join(CASES, case)
    about = {}
    if os.path.exists(os.path.join(directory, "case.json")):
        with open(os.path.join(directory, "case.json"), encoding="utf-8") as f:
            about = json.load(f)
    if about.get("record") is False:
        return
    with tempfile.TemporaryDirectory() as tmp:
        root = os.path.join(os.path.realpath(tmp), "p")
        shutil.copytree(os.path.join(directory, "project"), root)
        env = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")}
        env.update(TZ="UTC", DBT_SEND_ANONYMOUS_USAGE_STATS="false", DBT_CASE_VALUE="from the environment")
        args = [DBT, "--no-use-colors", "--no-partial-parse", "--show-all-deprecations", "--log-format", "json", "parse"]
        if os.path.exists(os.path.join(root, "packages.yml")):
            subprocess.run([DBT, "deps", "--quiet"], cwd=root, env=env, check=True, capture_output=True)
        done = subprocess.run(args, cwd=root, env=env, capture_output=True, text=True)
        events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        warnings = sorted(e["info"]["name"] for e in events if e["info"]["level"] == "warn")
        warnings = [w for w in warnings if w != "DeprecationsSummary"]
        for name in ("manifest.json", "error.json"):
            if os.path.exists(os.path.join(directory, name)):
                os.remove(os.path.join(directory, name))
        if done.returncode == 0:
            result, name = {"dbt": "1.11.16", "warnings": warnings, "manifest": manifest(root)}, "manifest.json"
            with open(os.path.join(root, "target", "semantic_manifest.json"), encoding="utf-8") as f:
                semantic = json.load(f)
            if semantic["semantic_models"] or semantic["metrics"] or semantic["project_configuration"]["time_spines"]:
                result["semantic_manifest"] = semantic
        else:
            said = [e["info"]["msg"] for e in events if e["info"]["level"] == "error"]
            text = re.sub(re.escape(root), "<root>", "\n".join(said))
            # Where dbt and Python are installed, in a traceback.
            text = re.sub(r'File "/\S*?/(site-packages|lib)/', r'File "<\1>/', text)
            result, name = {"dbt": "1.11.16", "exit": done.returncode, "says": text.split("\n")[:12]}, "error.json"
        write(directory, name, result)
        if "ls" in about:
            write(directory, "ls.json", list(listed(root, env, about["ls"])))
        if "compile" in about:
            write(directory, "compiled.json", compiled(root, env))
        print(f"{case}: {name} {done.returncode}")


if __name__ == "__main__":
    for case in sys.argv[1:] or sorted(os.listdir(CASES)):
        record(case)
