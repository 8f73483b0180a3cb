"""What the flagship's DAGs share: where things are, the environment of a task, and how a step runs."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import BaseOperator, Context, Param
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from airflow.sdk.log import mask_secret

ROOT = Path(__file__).resolve().parents[3]
TSDBT = ROOT / "dist" / "cli" / "main.js"
PROFILES = ROOT / "profiles.yml"

# DuckDB has one writer at a time: what writes the warehouse takes this pool's only slot (project/airflow/pools.json).
WAREHOUSE_POOL = "warehouse"

# Exit statuses that say what a second attempt would say too: 1, a model, a test or a file is wrong; 2, the call itself is.
FINAL_STATUSES = frozenset({1, 2})

DEFAULT_ARGS: dict[str, Any] = {
    "owner": "flagship",
    "depends_on_past": False,
    # For what passes by itself: a process that was killed, a machine that was out of memory.
    "retries": 2,
    "retry_delay": timedelta(seconds=30),
    "execution_timeout": timedelta(minutes=30),
}

SCALE = Param("small", type="string", pattern="^(tiny|small|medium|million|[0-9]+)$", description="As in project/generate/main.mjs")


def lake() -> Path:
    """The lake's folder: FLAGSHIP_LAKE, or project/lake."""
    return Path(os.environ.get("FLAGSHIP_LAKE") or ROOT / "project" / "lake").absolute()


def environment() -> dict[str, str]:
    """What every task gets beside the environment of Airflow. Called when a task runs: no value is stored with the DAG."""
    variables = {
        "FLAGSHIP_LAKE": str(lake()),
        "FLAGSHIP_DATABASE": str(Path(os.environ.get("FLAGSHIP_DATABASE") or lake() / "warehouse.duckdb").absolute()),
        # Somebody outside of Airflow may be writing: tsdbt waits for the file so many seconds.
        "DBT_LOCK_TIMEOUT": os.environ.get("DBT_LOCK_TIMEOUT", "300"),
        "NO_COLOR": "1",
        "DO_NOT_TRACK": "1",
    }
    salt = os.environ.get("FLAGSHIP_PII_SALT") or generated_salt()
    if salt:
        mask_secret(salt)
        variables["FLAGSHIP_PII_SALT"] = salt
    return variables


def generated_salt() -> str | None:
    """The salt that the generator made with the lake, with which personal data is masked."""
    path = lake() / "customer_risk" / "private" / "pii-salt"
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


class Step(BaseOperator):
    """Runs one command of the flagship in the project's root, its output line by line in the task's log.

    A status of FINAL_STATUSES fails the task for good, any other one but 0 may be tried again.

    :param command: program and arguments, each a template; an argument that renders to nothing is left out
    """

    template_fields: Sequence[str] = ("command",)
    ui_color = "#e8f0e4"

    def __init__(self, *, command: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.command = list(command)
        self._process: subprocess.Popen[str] | None = None

    def execute(self, context: Context) -> None:
        command = [argument for argument in self.command if argument != ""]
        self.log.info("Running %s", " ".join(command))
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="backslashreplace",
            start_new_session=True,
        ) as process:
            self._process = process
            for line in process.stdout or ():
                self.log.info("%s", line.rstrip("\n"))
        status = process.returncode
        if status in FINAL_STATUSES:
            raise AirflowFailException(f"{self.task_id} failed with status {status}")
        if status != 0:
            raise AirflowException(f"{self.task_id} ended with status {status}")

    def on_kill(self) -> None:
        # A group of its own: run.mjs has children, which must not go on writing.
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)


def script(path: str, *arguments: str, **kwargs: Any) -> Step:
    """A step that is one of the project's scripts."""
    return Step(command=["node", str(ROOT / "project" / path), *arguments], **kwargs)


def tsdbt(*arguments: str, **kwargs: Any) -> Step:
    """A step that is a command of tsdbt over the warehouse."""
    return Step(command=["node", str(TSDBT), *arguments], pool=WAREHOUSE_POOL, **kwargs)
