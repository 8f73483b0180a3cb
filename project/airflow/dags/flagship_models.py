"""The flagship's models as tasks, drawn by astronomer-cosmos, with tsdbt as its dbt.

Each source, seed and model is a task, followed by a task for its tests; what stands on it waits for both. Tests of several models are
tasks of their own, after all of them. The lake must be there: the pipelines or `npm run flagship` make it.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Context
from cosmos import DbtDag, ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import ExecutionMode, InvocationMode, LoadMode, SourceRenderingBehavior, TestBehavior

from flagship import DEFAULT_ARGS, PROFILES, ROOT, TSDBT, WAREHOUSE_POOL, environment

# What `tsdbt parse` wrote; project/airflow/airflow.sh writes it anew before each command.
MANIFEST = Path(os.environ.get("FLAGSHIP_MANIFEST") or ROOT / "target" / "manifest.json")


def with_environment(_context: Context, _operator: Any) -> None:
    """Lake, warehouse and salt, taken when a task runs. Not by the operator's `env`, which Airflow stores and shows."""
    os.environ.update(environment())


def tell_warnings(context: Context) -> None:
    """What a test of severity `warn` found, as a warning of the task."""
    for name, result in zip(context["test_names"], context["test_results"], strict=True):
        logging.getLogger("flagship").warning("%s: %s", name, result)


def models(dag_id: str, select: str, load_method: LoadMode) -> DbtDag:
    """A DAG of the nodes that are selected."""
    return DbtDag(
        dag_id=dag_id,
        description=f"{select}, one task a model",
        doc_md=__doc__,
        schedule=None,
        start_date=datetime(2025, 1, 1),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=2),
        # tsdbt says why it fails; a second attempt would say the same.
        default_args={**DEFAULT_ARGS, "retries": 0},
        tags=["flagship", "cosmos"],
        project_config=ProjectConfig(
            dbt_project_path=ROOT,
            manifest_path=MANIFEST if load_method is LoadMode.DBT_MANIFEST else None,
            project_name="tsdbt_flagship",
        ),
        profile_config=ProfileConfig(profile_name="tsdbt_flagship", target_name="dev", profiles_yml_filepath=PROFILES),
        execution_config=ExecutionConfig(
            dbt_executable_path=TSDBT,
            execution_mode=ExecutionMode.LOCAL,
            invocation_mode=InvocationMode.SUBPROCESS,
            # tsdbt reads the local package project/ml where it is.
            install_dbt_deps=False,
        ),
        render_config=RenderConfig(
            select=[select],
            # They run with the tests of their models: cosmos has no task for them.
            exclude=["resource_type:unit_test"],
            load_method=load_method,
            invocation_mode=InvocationMode.SUBPROCESS,
            dbt_executable_path=TSDBT,
            test_behavior=TestBehavior.AFTER_EACH,
            should_detach_multiple_parents_tests=True,
            source_rendering_behavior=SourceRenderingBehavior.WITH_TESTS_OR_FRESHNESS,
        ),
        on_warning_callback=tell_warnings,
        operator_args={"pool": WAREHOUSE_POOL, "interceptors": [with_environment]},
    )


# Drawn from the manifest; nothing is run for it.
financial_analytics_models = models("financial_analytics_models", "+tag:financial_analytics", LoadMode.DBT_MANIFEST)
# Drawn from what `tsdbt ls` lists when this file is read.
customer_risk_models = models("customer_risk_models", "+tag:customer_risk", LoadMode.DBT_LS)
