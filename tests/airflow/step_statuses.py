"""What a step makes of how its command ends, as JSON. Run by the Python of Airflow's environment, with project/airflow/include on its path."""

import json
import sys
import threading
import time

from airflow.sdk.exceptions import AirflowException, AirflowFailException
from flagship import Step


def outcome(step: Step) -> str:
    try:
        step.execute({})
    except AirflowFailException:
        return "failed for good"
    except AirflowException:
        return "may be tried again"
    return "success"


def ending(code: str) -> str:
    return outcome(Step(task_id="step", command=[sys.executable, "-c", code]))


def killed() -> dict[str, object]:
    """A step that Airflow ends: its children must end with it."""
    child = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(600)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    step = Step(task_id="step", command=[sys.executable, "-c", code])
    seen: list[str] = []
    step.log.info = lambda _form, *values: seen.extend(str(value) for value in values)  # type: ignore[method-assign]
    answer: list[str] = []
    thread = threading.Thread(target=lambda: answer.append(outcome(step)))
    thread.start()
    while not any(line.isdigit() for line in seen):
        time.sleep(0.01)
    child_pid = int(next(line for line in seen if line.isdigit()))
    step.on_kill()
    thread.join(timeout=60)
    return {"outcome": answer, "child": is_running(child_pid)}


def is_running(pid: int) -> bool:
    for _ in range(500):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                if file.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return False
        except FileNotFoundError:
            return False
        time.sleep(0.01)
    return True


print(
    json.dumps(
        {
            "0": ending("raise SystemExit(0)"),
            "1": ending("raise SystemExit(1)"),
            "2": ending("raise SystemExit(2)"),
            "3": ending("raise SystemExit(3)"),
            "SIGKILL": ending("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
            "empty arguments": outcome(
                Step(task_id="step", command=[sys.executable, "-c", "import sys; sys.exit(len(sys.argv) - 2)", "", "one"])
            ),
            "killed": killed(),
        }
    )
)
