"""Member risk and transaction profiling, end to end: generate, landing, lake, build, dashboards. The first failure ends the run."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.sdk import DAG, Param, chain

from flagship import DEFAULT_ARGS, SCALE, WAREHOUSE_POOL, script

with DAG(
    dag_id="member_risk_score_end_to_end_pipeline",
    description="Raw CSV to a risk score for each member, and its dashboard.",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2025, 1, 1),
    catchup=False,
    # Facts are kept from run to run, in a warehouse that has one writer.
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    default_args=DEFAULT_ARGS,
    params={
        "scale": SCALE,
        "until": Param(
            "",
            type="string",
            pattern=r"^(\d{4}-\d{2}-\d{2})?$",
            description="The last day that the sources have delivered; by default as many days as the scale has.",
        ),
    },
    tags=["flagship", "member_risk"],
) as dag:
    # Stands for the sources: raw CSV, a folder a day. The same parameters give the same bytes, one day more leaves the others as they are.
    generate = script(
        "generate/main.mjs",
        *("--system", "member_risk", "--scale", "{{ params.scale }}"),
        *("{{ '--until' if params.until else '' }}", "{{ params.until }}"),
        task_id="generate",
    )
    # Every file counted and hashed; days that are missing, files that are half written or have other columns stop here.
    landing = script("landing/main.mjs", task_id="landing")
    # Typed Parquet, rejects and audit, from the sealed files and no others; only days that are new or have changed.
    lake = script("load/main.mjs", *("--system", "member_risk", "--sealed"), task_id="lake")
    # Seeds, models and tests in the order of the graph, then the documentation. Facts get the new days only, unless the world is another one.
    build = script(
        "run.mjs",
        *("--system", "member_risk", "--skip-load"),
        task_id="build",
        pool=WAREHOUSE_POOL,
        execution_timeout=timedelta(hours=1),
    )
    dashboards = script(
        "dashboards/main.mjs", *("--needed", "member_risk_dashboard"), task_id="dashboards", pool=WAREHOUSE_POOL
    )

    chain(generate, landing, lake, build, dashboards)
