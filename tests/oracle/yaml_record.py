"""Records what dbt's YAML loader (PyYAML's CSafeLoader) makes of scalars and documents.

    <venv>/bin/python tests/oracle/yaml_record.py

reads tests/cases/yaml/scalars.txt (one scalar a line) and tests/cases/yaml/documents/*.yml and writes scalars.json and
documents.json beside them.
"""

import datetime
import json
import pathlib
import re

import yaml
from dbt.clients import yaml_helper
from dbt.clients.checked_load import checked_load
from dbt.version import __version__ as dbt_version

CASES = pathlib.Path(__file__).parent.parent / "cases" / "yaml"


def encode(value):
    """A typed form that JSON can hold: [type, content]."""
    if value is None:
        return ["null", None]
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        return ["float", repr(value)]
    if isinstance(value, str):
        return ["str", value]
    if isinstance(value, datetime.datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, datetime.date):
        return ["date", value.isoformat()]
    if isinstance(value, list):
        return ["list", [encode(item) for item in value]]
    if isinstance(value, dict):
        return ["dict", [[encode(k), encode(v)] for k, v in value.items()]]
    return [type(value).__name__, str(value)]


def load(text):
    try:
        value, failures = checked_load(text)
    except Exception as error:  # dbt shows every one of them to the user
        message = str(error)
        cause = error.__context__
        mark = getattr(cause, "problem_mark", None)
        return {
            "error": getattr(cause, "problem", None) or message,
            "line": None if mark is None else mark.line + 1,
            "column": None if mark is None else mark.column + 1,
        }
    try:
        result = {"value": encode(value)}
    except RecursionError:
        return {"error": "recursive"}
    if failures:
        result["duplicates"] = [
            [m[1], int(m[2]), int(m[3])]
            for m in (re.match(r"Duplicate key '(.*)' in .*, line (\d+), column (\d+)", f.message, re.S) for f in failures)
        ]
    return result


def main():
    scalars = []
    for line in (CASES / "scalars.txt").read_text("utf-8").splitlines():
        if not line:
            continue
        scalars.append(
            {
                "text": line,
                "value": load(f"a: {line}\n"),
                "item": load(f"- {line}\n"),
                "flow": load(f"[{line}, x]\n"),
                "key": load(f"{line}: a\n"),
            }
        )
    documents = {
        path.name: load(path.read_bytes().decode("utf-8").strip())
        for path in sorted((CASES / "documents").glob("*.yml"))
    }
    origin = {"dbt": dbt_version, "pyyaml": yaml.__version__, "loader": yaml_helper.SafeLoader.__name__}
    for name, cases in (("scalars", scalars), ("documents", documents)):
        items = cases if isinstance(cases, list) else [{"name": key, **case} for key, case in cases.items()]
        lines = ",\n".join(json.dumps(item) for item in items)
        text = f'{{"recorded": {json.dumps(origin)}, "cases": [\n{lines}\n]}}\n'
        (CASES / f"{name}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
