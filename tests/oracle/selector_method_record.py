"""Records what dbt 1.12 selects by its method `selector`, which dbt 1.11 does not have, over tests/cases/select/project.
Writes selector_method.json, of the form of selections.json.

    <venv with dbt-core 1.12 and dbt-duckdb>/bin/python tests/oracle/selector_method_record.py
"""
import json
import shutil
import tempfile
from pathlib import Path

from select_record import CASE, case, invoke, parse, write

CASES = [
    case("selector:staging_views"),
    case("selector:staging_views+"),
    case("+selector:staging_views"),
    case("1+selector:staging_views+1"),
    case("@selector:staging_views"),
    case("selector:staging_views,stg_orders"),
    case("selector:reuse seed_countries".split()),
    case("selector:reuse", exclude="selector:staging_views"),
    case("selector:*_orders"),
    case("selector:no_tests_orders"),
    case("selector:method_exclude"),
    case("selector:cautious_orders", indirect_selection="eager"),
    case("selector:staging_views", indirect_selection="cautious"),
    case("stg_orders", exclude="selector:cautious_orders"),
    case("selector:not_there"),
    case("selector:"),
]


def main():
    work = Path(tempfile.mkdtemp())
    for folder in ("project", "demo_pkg"):
        shutil.copytree(CASE / folder, work / folder)
    project = work / "project"
    parse(project)
    out = []
    for one in CASES:
        args = ["ls", "--output", "json", "--output-keys", "unique_id"]
        for flag in ("select", "exclude"):
            if one[flag]:
                args += [f"--{flag}", *one[flag]]
        if "indirect_selection" in one:
            args += ["--indirect-selection", one["indirect_selection"]]
        warnings = []
        done = invoke(project, args, None, warnings)
        if done.exception is not None:
            out.append({**one, "error": type(done.exception).__name__})
        else:
            out.append({**one, "ids": [json.loads(line)["unique_id"] for line in done.result], "warnings": warnings})
        print(out[-1], flush=True)
    write("selector_method", [{"recorded_with": "dbt-core 1.12.3"}, *out])
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
