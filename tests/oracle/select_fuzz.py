"""Random selections over tests/cases/select, answered by dbt: `select_fuzz.py SEED COUNT FILE` writes them as JSON."""
import json
import random
import shutil
import sys
import tempfile
from pathlib import Path

import select_record as record

NAMES = "stg_orders stg_customers fct_orders dim_customers revenue dim_products daily.report pkg_summary stg_events seed_countries orders_snapshot blank board stg_payments explore ext_report test_revenue_sums weekly total_amount orders".split()
PATTERNS = "stg_* *orders* * s*_?rders [a-m]* select_demo demo_pkg marts marts.core staging *.v? dim_products.v2 dim_products_v3 fct* d*.r* *_customers".split()
METHODS = {
    "tag": "nightly staging pkg * n* kpi slow fast pii landing",
    "source": "raw * raw.orders pkg_raw r*.c* demo_pkg.*.*",
    "path": "models models/staging models/marts/* **/*.yml models/**/core tests seeds models/*/*.sql models/marts/**/*.sql */* models/marts/core/core.yml",
    "config": "",
    "resource_type": "model test unit_test exposure source seed metric analysis saved_query semantic_model",
    "test_type": "generic singular unit data",
    "test_name": "unique relationships not_* * same_rows",
    "package": "this demo_pkg *",
    "group": "finance growth *",
    "access": "public protected private",
    "version": "latest old prerelease none",
    "exposure": "* board n*",
    "file": "stg_* *.yml *.csv *.sql revenue",
    "unit_test": "*",
    "metric": "*",
    "semantic_model": "*",
    "saved_query": "*",
}
CONFIGS = "materialized:table materialized:view materialized:test meta.owner:finance meta.tier:1 meta.critical:true tags:nightly severity:warn enabled:true severity:error".split()


def criterion(rng):
    if rng.random() < 0.3:
        value = rng.choice(NAMES + PATTERNS)
    else:
        method = rng.choice(list(METHODS))
        value = f"config.{rng.choice(CONFIGS)}" if method == "config" else f"{method}:{rng.choice(METHODS[method].split())}"
    before = rng.choice(["", "", "", "+", "1+", "2+", "@"])
    after = "" if before == "@" else rng.choice(["", "", "", "+", "+1", "+2"])
    return before + value + after


def expression(rng):
    parts = [",".join(criterion(rng) for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))) for _ in range(rng.choice([1, 1, 2, 3]))]
    return " ".join(parts)


def main():
    rng = random.Random(int(sys.argv[1]))
    work = Path(tempfile.mkdtemp())
    for folder in ("project", "demo_pkg"):
        shutil.copytree(record.CASE / folder, work / folder)
    project = work / "project"
    manifest = record.parse(project)
    out = []
    for _ in range(int(sys.argv[2])):
        one = {
            "select": [expression(rng)] if rng.random() < 0.9 else [],
            "exclude": [expression(rng)] if rng.random() < 0.4 else [],
            "indirect_selection": rng.choice(["eager", "cautious", "buildable", "empty"]),
        }
        args = ["ls", "--output", "json", "--output-keys", "unique_id", "--indirect-selection", one["indirect_selection"]]
        for flag in ("select", "exclude"):
            if one[flag]:
                args += [f"--{flag}", *one[flag]]
        warnings = []
        done = record.invoke(project, args, manifest, warnings)
        if done.exception is not None:
            out.append({**one, "error": type(done.exception).__name__})
        else:
            out.append({**one, "ids": [json.loads(line)["unique_id"] for line in done.result], "warnings": warnings})
    shutil.rmtree(work)
    Path(sys.argv[3]).write_text(json.dumps(out))


if __name__ == "__main__":
    main()
