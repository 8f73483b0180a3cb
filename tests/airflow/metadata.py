"""Answers questions about runs from Airflow's SQLite database, as JSON: metadata.py DATABASE last DAG | slots | assets."""

import json
import sqlite3
import sys

database, question, *arguments = sys.argv[1:]
connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)

if question == "last":
    (dag,) = arguments
    run, state = connection.execute(
        "select run_id, state from dag_run where dag_id = ? order by id desc limit 1", (dag,)
    ).fetchone()
    rows = connection.execute(
        "select task_id, state, start_date, pool from task_instance where dag_id = ? and run_id = ? order by start_date",
        (dag, run),
    ).fetchall()
    answer = {
        "state": state,
        "tasks": {task: status for task, status, _, _ in rows},
        "order": [task for task, status, start, _ in rows if start is not None and status != "upstream_failed"],
        "pools": {task: pool for task, _, _, pool in rows},
    }
elif question == "slots":
    answer = dict(connection.execute("select pool, slots from slot_pool"))
elif question == "assets":
    answer = [name for (name,) in connection.execute("select name from asset order by name")]
else:
    sys.exit(f"unknown question: {question}")
print(json.dumps(answer))
