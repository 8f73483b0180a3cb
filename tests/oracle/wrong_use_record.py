"""Records what dbt says about each wrong (and odd) use of tests/cases/wrong-use/<name>.json, as <name>.recorded.json beside it.

    <venv>/bin/python tests/oracle/wrong_use_record.py [name[:use] ...]

A file has the `project` that all its uses share and `uses`: a name, `files` over the project's, and what the test needs.
« in a file is where the error is expected; it is taken out before dbt sees it. Each use is parsed in a fork of this process.
"""
import json
import os
import re
import sys
import tempfile

import dbt.adapters.duckdb  # noqa: F401  (loaded once, before the forks)
import dbt.parser.manifest  # noqa: F401
import dbt.task.list  # noqa: F401
from dbt.cli.main import cli, dbtRunner
from dbt_common.clients.jinja import MacroFuzzEnvironment

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "..", "cases", "wrong-use")
ARGS = ["--no-use-colors", "--no-partial-parse", "--show-all-deprecations", "--log-format", "json", "parse"]


def write(root, files):
    for name, text in files.items():
        if text is None:
            continue
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text.replace("«", ""))


def parse(root, log):
    """dbt's exit status, in a fork."""
    pid = os.fork()
    if pid == 0:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.chdir(root)
        code = 2
        try:
            cli(args=ARGS, standalone_mode=True, prog_name="dbt")
        except SystemExit as e:
            code = e.code if isinstance(e.code, int) else 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def warm():
    """Parses an empty project in this process, so that the forks find loaded what dbt loads when it is first needed, and
    need not parse the templates of dbt's own macros again."""
    parsed, parse_template = {}, MacroFuzzEnvironment._parse

    def parse_once(self, source, name, filename):
        key = (source, name, filename)
        if key not in parsed:
            parsed[key] = parse_template(self, source, name, filename)
        return parsed[key]

    MacroFuzzEnvironment._parse = parse_once
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as tmp:
        profile = "p: {target: dev, outputs: {dev: {type: duckdb, path: db.duckdb}}}\n"
        write(tmp, {"dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: p\n", "profiles.yml": profile})
        os.chdir(tmp)
        dbtRunner().invoke(["--quiet", "--no-partial-parse", "parse"])
        os.chdir(here)


def record(use, shared):
    with tempfile.TemporaryDirectory() as tmp:
        root = os.path.join(os.path.realpath(tmp), "p")
        write(root, {**shared, **use["files"]})
        exit_status = parse(root, os.path.join(tmp, "log"))
        with open(os.path.join(tmp, "log"), encoding="utf-8") as f:
            events = [json.loads(line) for line in f if line.startswith("{")]
        names = [e["info"]["name"] for e in events if e["info"]["level"] == "warn"]
        result = {"exit": exit_status, "warnings": sorted(n for n in names if n != "DeprecationsSummary")}
        if exit_status != 0:
            said = [e["info"]["msg"] for e in events if e["info"]["name"] == "MainEncounteredError"]
            result["says"] = re.sub(re.escape(root), "<root>", "\n".join(said))
            result["says"] = re.sub(r"FilePath\(.*?\)", "<file>", result["says"])
            # A stack of Python means that dbt did not foresee this.
            result["foreseen"] = all(e["info"]["name"] != "MainStackTrace" for e in events)
        return result


if __name__ == "__main__":
    os.environ.update(TZ="UTC", DBT_SEND_ANONYMOUS_USAGE_STATS="false", DBT_CASE_VALUE="from the environment")
    warm()
    names = sys.argv[1:] or [n[:-5] for n in sorted(os.listdir(CASES)) if not n.endswith(".recorded.json")]
    for name in names:
        name, _, only = name.partition(":")
        with open(os.path.join(CASES, f"{name}.json"), encoding="utf-8") as f:
            case = json.load(f)
        recorded = {"dbt": "1.11.16", "uses": {}}
        if only:
            with open(os.path.join(CASES, f"{name}.recorded.json"), encoding="utf-8") as f:
                recorded = json.load(f)
        for use in case["uses"]:
            if only not in ("", use["name"]):
                continue
            recorded["uses"][use["name"]] = record(use, case["project"])
            print(name, use["name"], recorded["uses"][use["name"]]["exit"], flush=True)
            with open(os.path.join(CASES, f"{name}.recorded.json"), "w", encoding="utf-8") as f:
                json.dump(recorded, f, indent=1, ensure_ascii=False)
                f.write("\n")
