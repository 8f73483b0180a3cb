"""The customer risk platform in its four modules: ingestion, staging, fraud detection, marts. The first failure ends the run.

The tests of a layer are a gate: what stands on the layer is built only when they have passed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.sdk import DAG, TaskGroup, chain

from flagship import DEFAULT_ARGS, SCALE, WAREHOUSE_POOL, script, tsdbt

SYSTEM = "customer_risk"

# A layer's own tests, and those that compare it with what it was made from; none that needs a later layer.
UPSTREAM_ONLY = ("--indirect-selection", "buildable")


def layer(name: str) -> str:
    """The models of a layer, as a selector."""
    return f"path:models/{SYSTEM}/{name},resource_type:model"


with DAG(
    dag_id="test_pipeline_4_modules",
    description="An API extract to customer 360, fraud analytics and high-value customers.",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2025, 1, 1),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=1),
    default_args=DEFAULT_ARGS,
    params={"scale": SCALE},
    tags=["flagship", SYSTEM],
) as dag:
    with TaskGroup("ingestion") as ingestion:
        # Stands for the API: pages of users, products and carts in JSON.
        extract = script("generate/main.mjs", *("--system", SYSTEM, "--scale", "{{ params.scale }}"), task_id="extract")
        # An extract is loaded whole or not at all: typed Parquet, rejects with their reason, audit.
        load = script("load/main.mjs", *("--system", SYSTEM), task_id="load")
        seed = tsdbt("seed", *("--select", f"tag:{SYSTEM}"), task_id="seed")
        # What the lake holds: keys, types, ranges, and that no record got lost on the way.
        validate = tsdbt(
            "test",
            *("--select", "source:customer_api", "source:customer_api_control", f"tag:{SYSTEM},resource_type:seed"),
            *UPSTREAM_ONLY,
            task_id="validate",
        )
        chain(extract, load, seed, validate)

    with TaskGroup("staging") as staging:
        chain(
            tsdbt("run", *("--select", layer("staging")), task_id="run"),
            tsdbt("test", *("--select", layer("staging")), *UPSTREAM_ONLY, task_id="test"),
        )

    with TaskGroup("fraud_detection") as fraud_detection:
        # Six factors and their sum, each with its unit tests before and its data tests after it.
        tsdbt("build", *("--select", layer("risk")), *UPSTREAM_ONLY, task_id="score")

    with TaskGroup("marts") as marts:
        chain(
            tsdbt("run", *("--select", layer("marts")), task_id="run"),
            tsdbt("test", *("--select", layer("marts")), *UPSTREAM_ONLY, task_id="test"),
        )

    dashboards = script(
        "dashboards/main.mjs",
        *("--needed", "customer_segmentation_dashboard"),
        *("--needed", "fraud_analytics_dashboard"),
        *("--needed", "high_value_customers_dashboard"),
        task_id="dashboards",
        pool=WAREHOUSE_POOL,
    )

    chain(ingestion, staging, fraud_detection, marts, dashboards)
