"""Records where real dbt puts the CTEs of ephemeral models: tests/cases/run/inject-ctes.json."""
import itertools
import json
from importlib.metadata import version
from pathlib import Path

from dbt.compilation import inject_ctes_into_sql
from dbt.contracts.graph.nodes import InjectedCTE

HEADS = ["", "\n  \n", "-- c\n", "/* with */ ", "/* a */\n-- with b\n"]
TAILS = ["", "\n-- end\n"]
QUERIES = [
    "with a as (select 1)\nselect * from a",
    "WITH\n  a as (select 1), b as (select 2)\nselect * from a, b",
    "with recursive r as (select 1 union all select 2) select * from r",
    "With Recursive\n\n r(n) as (select 1) select n from r",
    "with\n-- c\na as (select 1) select 1",
    "with \"q\" as (select 'with' as w) select * from q",
    "select 1",
    "select * from t where x = 'with'",
    "(select 1) union (select 2)",
    "select (with z as (select 1) select * from z)",
    "from t select x",
    "select 1 as \"with\"",
    "values (1)",
    "select a /* with */ from b",
    "select 'it''s' as x, b from c -- tail",
]
cases = []
for head, query, tail in itertools.product(HEADS, QUERIES, TAILS):
    for count in (1, 2):
        ctes = [f" __dbt__cte__e{i} as (\nselect {i}\n)" for i in range(count)]
        sql = head + query + tail
        injected = inject_ctes_into_sql(sql, [InjectedCTE(id=str(i), sql=c) for i, c in enumerate(ctes)])
        cases.append({"sql": sql, "ctes": ctes, "injected": injected})
target = Path(__file__).resolve().parent.parent / "cases" / "run" / "inject-ctes.json"
text = ",\n".join(json.dumps(c) for c in cases)
target.write_text('{"recorded_from": {"dbt-core": "%s"}, "cases": [\n%s\n]}\n' % (version("dbt-core"), text))
print(len(cases))
