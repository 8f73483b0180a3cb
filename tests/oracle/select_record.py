"""Records what dbt selects: `dbt ls` over tests/cases/select/project for every line of CASES, and the order in which
`dbt build` runs its nodes. Writes manifest.json, state_manifest.json, selections.json and build.json beside the project.

    bash tests/oracle/venv.sh && <venv>/bin/python tests/oracle/select_record.py
"""
import json
import os
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
os.environ.setdefault("DBT_NO_COLOR", "1")
from dbt.cli.main import dbtRunner  # noqa: E402

CASE = Path(__file__).resolve().parents[1] / "cases" / "select"
OWN = ("select_demo", "demo_pkg")


def case(select=None, exclude=None, **more):
    as_list = lambda v: [] if v is None else [v] if isinstance(v, str) else list(v)
    return {"select": as_list(select), "exclude": as_list(exclude), **more}


SELECTS = """
stg_orders
nope
select_demo
demo_pkg
demo_pkg.staging
staging
select_demo.staging
select_demo.staging.stg_orders
staging.stg_orders
core.fct_orders
marts
marts.core
marts.core.*
marts.*
*
*orders
*orders*
stg_*
stg_?rders
stg_[co]*
stg_[!c]*
[s]tg_orders
stg_[a-p]*
select_demo.*.fct_orders
select_demo.*
*.stg_events
*.staging.*
daily.report
report
daily
finance.daily.report
*report
*.report
daily.*
dim_products
dim_products.v1
dim_products_v1
dim_products.v9
dim_products*
marts.products.dim_products
marts.products.dim_products.v2
products.dim_products.v2
*.v2
v2
dim_*
fqn:stg_orders
fqn:*
fqn:select_demo.staging
fqn:weekly
weekly
total_amount
board
orders
test_revenue_sums
select_demo.test_revenue_sums
revenue.test_revenue_sums
blank
switched_off
explore
orders_snapshot
seed_countries
ref.seed_countries
ref
unique_stg_orders_order_id
unique_*
orders_positive
finance.orders_have_customers
+fct_orders
fct_orders+
+fct_orders+
1+fct_orders
2+fct_orders
0+fct_orders
fct_orders+1
fct_orders+0
1+fct_orders+1
99+fct_orders+99
@stg_customers
@seed_countries
@stg_orders
@+stg_orders
@fct_orders
+board
+exposure:board
1+exposure:board
+metric:total_amount
+saved_query:weekly
saved_query:weekly
saved_query:select_demo.*
semantic_model:orders
semantic_model:orders+
+semantic_model:orders
metric:*
metric:select_demo.total_amount
exposure:*
exposure:select_demo.board
exposure:demo_pkg.*
exposure:b*
unit_test:test_revenue_sums
unit_test:*
unit_test:select_demo.test_*
+unit_test:test_revenue_sums
source:raw
source:raw+
source:raw.orders
source:raw.orders+
source:select_demo.raw.orders
source:demo_pkg.pkg_raw.events+1
source:*
source:*.*
source:r*.o*
source:demo_pkg.*.*
source:raw.switched_off
source:nope
tag:nightly
tag:night*
tag:NIGHTLY
tag:nightly+
+tag:nightly
tag:staging
tag:pii
tag:landing
tag:pkg
tag:kpi
tag:exec
tag:fast
tag:slow
tag:hist
tag:reference
tag:reference,tag:extra
tag:*
config.materialized:view
config.materialized:table
config.materialized:VIEW
config.materialized:test
config.materialized:seed
config.materialized:snapshot
config.materialized:ephemeral
config.severity:warn
config.severity:WARN
config.severity:ERROR
config.severity:error
config.meta.owner:analytics
config.meta.owner:finance
config.meta.critical:true
config.meta.critical:True
config.meta.critical:false
config.meta.critical:FALSE
config.meta.tier:1
config.meta.teams:red
config.meta.teams:green
config.meta.suite:core
config.meta:core
config.tags:nightly
config.group:finance
config.access:public
config.enabled:true
config.enabled:false
config.contract.enforced:false
config.docs.show:true
config.nope:1
config.nope.deeper:1
config.unique_key:order_id
config.strategy:check
config.quote_columns:None
config:view
config.:view
resource_type:model
resource_type:test
resource_type:source
resource_type:seed
resource_type:snapshot
resource_type:exposure
resource_type:metric
resource_type:semantic_model
resource_type:saved_query
resource_type:unit_test
resource_type:analysis
resource_type:operation
resource_type:macro
resource_type:group
resource_type:nope
resource_type:Model
test_type:generic
test_type:singular
test_type:data
test_type:unit
test_type:schema
test_type:da
test_type:sing
test_type:uni
test_type:t
test_type:nope
test_type:
test_name:unique
test_name:not_*
test_name:relationships
test_name:same_rows
test_name:test_revenue_sums
test_name:nope
package:demo_pkg
package:select_demo
package:this
package:*_pkg
package:nope
group:finance
group:growth
group:f*
group:nope
access:public
access:private
access:protected
access:pub*
access:nope
version:latest
version:old
version:prerelease
version:none
version:nope
path:models
path:models/
path:models/staging
path:models/staging/
path:models/staging/*
path:models/staging/stg_orders.sql
path:models/*/stg_orders.sql
path:models/**/stg_orders.sql
path:models/**
path:**
path:**/*.sql
path:*
path:models/staging/staging.yml
path:models/marts/*/*.yml
path:models/mar?s
path:models/[m]arts
path:./models/staging
path:models//staging
path:models/../models/staging
path:../demo_pkg
path:models/pkg_summary.sql
path:models/pkg.yml
path:dbt_packages/demo_pkg/models
path:seeds
path:tests
path:tests/finance
path:snapshots
path:analyses
path:nope
path:models/staging/stg_orders
path:macros
path:.
path:
path:/models
path:models/**x
models/staging
models/staging/stg_orders.sql
models/staging/
./models/staging
models/staging+
+models/marts/finance
@models/staging/stg_customers.sql
tests/finance/orders_have_customers.sql
stg_orders.sql
stg_orders.SQL
seed_countries.csv
file:stg_orders.sql
file:stg_orders
file:stg_*
file:*.csv
file:staging.yml
file:daily.report
file:daily.report.sql
file:nope
fct_orders,tag:nightly
dim_customers,tag:nightly
stg_orders+,config.materialized:table
stg_orders+,+revenue
stg_orders stg_customers
stg_orders  stg_customers
stg_orders,
,stg_orders
,
stg_orders nope
stg_orders,nope
source:raw+,exposure:board
resource_type:test,stg_orders
stg_orders,test_type:singular
stg_orders+,test_name:relationships
state:new
result:error
source_status:fresher
nope:stg_orders
tags:nightly
nope.deeper:x
:x
a:b:c
tag:a:b
+
@
++
+stg_orders++
@stg_orders+
3stg_orders
stg_orders+x
-stg_orders
Stg_orders
source:a.b.c.d
exposure:a.b.c
metric:a.b.c
unit_test:a.b.c
saved_query:a.b.c
semantic_model:a.b.c
1+
+1
""".strip("\n").split("\n")

CASES = [case(), case("")]
CASES += [case(s) for s in SELECTS]
CASES += [case(["stg_orders", "stg_customers"]), case(["stg_orders,tag:staging", "tag:pkg"]), case("stg_orders\nx"), case("\u0661+fct_orders")]
CASES += [case(None, e) for e in ["stg_orders", "stg_orders+", "tag:staging", "resource_type:test", "nope", "package:demo_pkg", "*", "+fct_orders,tag:staging"]]
CASES += [case(s, e) for s, e in [
    ("+fct_orders", "stg_orders"), ("stg_orders+", "test_type:data"), ("stg_orders+", "fct_orders+"),
    ("marts", "group:finance"), ("*", "source:* exposure:*"), ("stg_orders", "stg_orders"),
    ("tag:staging", "stg_orders,tag:staging"), ("stg_customers", "test_name:unique"),
    ("stg_orders", "stg_customers"), ("stg_orders+ tag:pkg", "config.materialized:table resource_type:exposure"),
]]
for mode in ["eager", "cautious", "buildable", "empty"]:
    CASES += [case(s, e, indirect_selection=mode) for s, e in [
        (None, None), ("stg_orders", None), ("stg_customers", None), ("stg_orders stg_customers", None),
        ("fct_orders", None), ("dim_customers fct_orders", None), ("+fct_orders", None), ("stg_orders+", None),
        ("stg_orders,stg_customers", None), ("stg_orders+,stg_customers+", None), ("tag:staging", "stg_payments"),
        ("source:raw", None), ("source:raw.orders", None), ("revenue", None), ("stg_orders+1", "stg_customers"),
        ("test_name:relationships", None), ("stg_orders test_name:relationships", None),
        (None, "stg_orders"), ("stg_orders stg_customers", "stg_orders"), ("@stg_orders", "dim_customers"),
        ("stg_orders+,config.materialized:table", None),
    ]]
CASES += [case(selector=n) for n in ["nightly", "marts_without_finance", "staging_views", "reuse", "cautious_orders", "no_tests_orders", "buildable_dim", "tier_number", "flag_bool", "depth_zero", "at_sign", "method_exclude", "nested", "intersection_exclude", "nope"]]
CASES += [case(selector=n, indirect_selection="cautious") for n in ["nightly", "reuse", "staging_views", "cautious_orders"]]
CASES += [case(s, None, resource_types=t) for s, t in [("+fct_orders", ["model"]), ("stg_orders", ["test"]), (None, ["source", "seed"]), ("*", ["analysis"]), ("revenue", ["unit_test"]), ("tag:nope", ["model"])]]
CASES += [case("state:" + s, state=True) for s in ["new", "old", "modified", "modified+", "unmodified", "modified.body", "modified.configs", "modified.persisted_descriptions", "modified.relation", "modified.macros", "modified.contract", "nope"]]

# How the state differs from the project: it is an older version of it.
STATE_EDITS = [
    ("project/models/staging/stg_orders.sql", "amount from", "amount + 0 as amount from"),
    ("project/models/marts/core/core.yml", "access: public, tags: nightly", "access: protected, tags: nightly"),
    ("project/models/marts/finance/finance.yml", "meta: {critical: false}", "meta: {critical: true}"),
    ("project/models/marts/finance/finance.yml", "description: dots in the name", "description: another text"),
    ("project/models/marts/products/products.yml", "latest_version: 2", "latest_version: 1"),
    ("project/models/staging/staging.yml", "values: [ann, bob]", "values: [ann, bob]"),
    ("project/models/staging/staging.yml", "severity: warn, tags: [slow]", "severity: error, tags: [slow]"),
    ("project/tests/generic/same_rows.sql", "a.n <> b.n", "a.n != b.n"),
    ("project/seeds/seed_plain.csv", "1\n", "1\n2\n"),
    ("project/models/semantic.yml", "email: ceo@example.com", "email: cto@example.com"),
    ("demo_pkg/models/pkg.yml", "      - name: events\n", "      - name: events\n        identifier: events\n        loader: x\n"),
    ("project/snapshots/orders_snapshot.yml", "check_cols: all, ", "check_cols: all, alias: snap, "),
]
STATE_REMOVED = ["project/models/marts_ext/ext_report.sql"]

BUILDS = [
    {"select": []},
    {"select": ["stg_orders", "fct_orders", "daily.report"]},
    {"select": ["stg_orders+"]},
    {"select": ["+fct_orders"], "exclude": ["test_type:data"]},
    {"select": ["source:raw", "revenue", "stg_customers"]},
    {"select": [], "broken": "orders_positive"},
    {"select": [], "broken": "orders_have_customers"},
    {"select": ["stg_orders", "orders_positive", "daily.report"], "broken": "orders_positive"},
]


def invoke(project, args, manifest=None, keep_warnings=None):
    def on_event(event):
        if keep_warnings is not None and event.info.name == "NoNodesForSelectionCriteria":
            keep_warnings.append(event.data.spec_raw)

    cwd = os.getcwd()
    os.chdir(project)
    try:
        return dbtRunner(manifest=manifest, callbacks=[on_event]).invoke([*args, "--quiet", "--no-print"])
    finally:
        os.chdir(cwd)


def parse(project):
    invoke(project, ["deps"])
    done = invoke(project, ["parse", "--no-partial-parse"])
    if not done.success:
        raise SystemExit(f"dbt cannot parse {project}: {done.exception}")
    return done.result


def slim(path):
    """The manifest without what is dbt's own text or differs from run to run."""
    manifest = json.loads(Path(path).read_text())
    manifest["macros"] = {k: v for k, v in manifest["macros"].items() if v["package_name"] in OWN}
    manifest["docs"] = {k: v for k, v in manifest["docs"].items() if v["package_name"] in OWN}
    meta = manifest["metadata"]
    for key in ("generated_at", "invocation_id", "invocation_started_at", "run_started_at", "user_id"):
        meta[key] = None
    meta["env"] = {}

    def clean(value):
        if isinstance(value, dict):
            value.pop("created_at", None)
            value.pop("root_path", None)
            for v in value.values():
                clean(v)
        elif isinstance(value, list):
            for v in value:
                clean(v)

    clean(manifest)
    return manifest


def write(name, value):
    text = json.dumps(value, indent=1, sort_keys=False) if name == "manifest" else None
    if isinstance(value, list):
        text = "[\n" + ",\n".join(json.dumps(v) for v in value) + "\n]"
    (CASE / f"{name}.json").write_text((text or json.dumps(value)) + "\n")


def main():
    work = Path(tempfile.mkdtemp())
    for folder in ("project", "demo_pkg"):
        shutil.copytree(CASE / folder, work / "now" / folder)
        shutil.copytree(CASE / folder, work / "before" / folder)
    for file, new, old in STATE_EDITS:
        path = work / "before" / file
        text = path.read_text()
        assert new in text, (file, new)
        path.write_text(text.replace(new, old))
    for file in STATE_REMOVED:
        (work / "before" / file).unlink()
    parse(work / "before" / "project")
    project = work / "now" / "project"
    manifest = parse(project)
    write("manifest", slim(project / "target" / "manifest.json"))
    write("state_manifest", slim(work / "before" / "project" / "target" / "manifest.json"))

    out = []
    for one in CASES:
        args = ["ls", "--output", "json", "--output-keys", "unique_id"]
        for flag in ("select", "exclude"):
            if one[flag]:
                args += [f"--{flag}", *one[flag]]
        if "selector" in one:
            args += ["--selector", one["selector"]]
        if "indirect_selection" in one:
            args += ["--indirect-selection", one["indirect_selection"]]
        for kind in one.get("resource_types", []):
            args += ["--resource-type", kind]
        if one.get("state"):
            args += ["--state", str(work / "before" / "project" / "target")]
        warnings = []
        done = invoke(project, args, manifest if "indirect_selection" not in one and "selector" not in one else None, warnings)
        if done.exception is not None:
            out.append({**one, "error": type(done.exception).__name__})
        else:
            out.append({**one, "ids": [json.loads(line)["unique_id"] for line in done.result], "warnings": warnings})
    write("selections", [{"recorded_with": f"dbt-core {version('dbt-core')}"}, *out])

    builds = []
    for one in BUILDS:
        args = ["build", "--threads", "1"]
        for flag in ("select", "exclude"):
            if one.get(flag):
                args += [f"--{flag}", *one[flag]]
        if "broken" in one:
            args += ["--vars", json.dumps({"broken": one["broken"]})]
        if (project / "select_demo.duckdb").exists() and not one["select"]:
            (project / "select_demo.duckdb").unlink()
        done = invoke(project, args)
        results = [{"id": r.node.unique_id, "status": str(r.status)} for r in done.result.results]
        builds.append({**one, "results": [r for r in results if not r["id"].startswith("operation.")]})
    write("builds", builds)
    shutil.rmtree(work)
    print(f"{len(out)} selections, {sum('error' in o for o in out)} of them errors; {len(builds)} builds")


if __name__ == "__main__":
    sys.exit(main())
