"""Records dbt's batches of microbatch models: tests/cases/batches/recorded.json.

    <venv>/bin/python tests/oracle/batches_record.py

Each entry has the options of a run and the batches that dbt's own MicrobatchBuilder makes of them, of more than eight
only the first and the last two with their number.
"""
import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytz
from dbt.contracts.graph.nodes import NodeConfig
from dbt.materializations.incremental.microbatch import MicrobatchBuilder

OUT = Path(__file__).resolve().parent.parent / "cases" / "batches" / "recorded.json"
random.seed(5)
EDGES = ["2024-02-29T00:00:00", "2023-12-31T23:59:59.999999", "2024-01-01T00:00:00", "2024-03-31T23:00:00", "2024-10-27T01:30:00"]


def moment():
    if random.random() < 0.4:
        return datetime.fromisoformat(random.choice(EDGES))
    return datetime(2023, 11, 1) + timedelta(seconds=random.randrange(200 * 86400))


def batches(size, begin, lookback, incremental, start, end, now):
    config = NodeConfig(incremental_strategy="microbatch", batch_size=size, lookback=lookback)
    config.begin = begin
    model = SimpleNamespace(name="m", config=config)
    builder = MicrobatchBuilder(model, incremental, start, end, now.replace(tzinfo=pytz.UTC))
    until = builder.build_end_time()
    return builder.build_batches(builder.build_start_time(until), until)


cases = []
while len(cases) < 120:
    size = random.choice(["hour", "day", "month", "year"])
    begin, now = moment(), moment()
    if random.random() < 0.2:
        begin = pytz.FixedOffset(120).localize(begin)
    start, end = sorted([moment(), moment()]) if random.random() < 0.4 else (None, None)
    if start is not None and start == end:
        continue
    lookback, incremental = random.choice([0, 1, 2, 5, 14]), random.random() < 0.5
    made = [[a.isoformat(), b.isoformat()] for a, b in batches(size, begin, lookback, incremental, start, end, now)]
    iso = lambda t: None if t is None else t.isoformat()
    cases.append({
        "size": size, "begin": iso(begin), "lookback": lookback, "incremental": incremental,
        "from": iso(start), "to": iso(end), "now": iso(now),
        "count": len(made), "batches": made if len(made) <= 8 else made[:2] + made[-2:],
    })
OUT.write_text(json.dumps({"dbt": "1.11.16", "cases": cases}, indent=None, separators=(",", ":")).replace('{"size"', '\n{"size"') + "\n")
print(len(cases))
