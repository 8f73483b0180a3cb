"""Records which macros real dbt calls, in which order and with which arguments, and the statements that it sends.

    <venv>/bin/python tests/oracle/macro_calls_record.py [--probe-only]

tests/cases/macros/calls is a project with every materialization. This writes its macros/probe.sql, in which the project
overrides each built-in macro by one that tells its name and arguments and calls the original (needs names.json, see
macro_names_record.py), runs the steps of case.json and writes what was told to calls/expected.json.
"""
import contextlib
import json
import os
import re
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import duckdb
from dbt.cli.main import dbtRunner

MACROS = Path(__file__).resolve().parent.parent / "cases" / "macros"
CASE = MACROS / "calls"

SHOW = """{# Written by tests/oracle/macro_calls_record.py: each built-in macro tells of its call, then does what it does. #}

{% macro probe_show(value) %}
  {%- if value is undefined -%}{%- do return('undefined') -%}
  {%- elif value is string -%}
    {%- set text = value.split() | join(' ') -%}
    {%- do return(tojson(text if text | length < 160 else text[:80] ~ ' … ' ~ text[-40:])) -%}
  {%- elif value is none or value is boolean or value is number -%}{%- do return(value ~ '') -%}
  {%- elif value.render is defined -%}{%- do return('<' ~ value.type ~ ' ' ~ value ~ '>') -%}
  {%- elif value is mapping -%}
    {%- if 'unique_id' in value -%}{%- do return('<node ' ~ value['unique_id'] ~ '>') -%}{%- endif -%}
    {%- set items = [] -%}
    {%- for key in value -%}{%- do items.append(key ~ ': ' ~ probe_show(value[key])) -%}{%- endfor -%}
    {%- do return('{' ~ items | join(', ') ~ '}') -%}
  {%- elif value.column_names -%}{%- do return('<table ' ~ value.column_names | join(', ') ~ '>') -%}
  {%- elif value.data_type is defined -%}{%- do return('<column ' ~ value.name ~ ' ' ~ value.data_type ~ '>') -%}
  {%- elif value is callable -%}{%- do return('<callable>') -%}
  {%- elif value is sequence -%}
    {%- set items = [] -%}
    {%- for item in value -%}{%- do items.append(probe_show(item)) -%}{%- endfor -%}
    {%- do return('[' ~ items | join(', ') ~ ']') -%}
  {%- endif -%}
  {#- An iterator would be used up by showing it. -#}
  {%- do return('<object>') -%}
{% endmacro %}

{% macro probe_tell(name, values) %}
  {%- if execute -%}
    {%- set shown = [] -%}
    {%- for value in values -%}{%- do shown.append(probe_show(value)) -%}{%- endfor -%}
    {%- do print('PROBE ' ~ name ~ '(' ~ shown | join(', ') ~ ')') -%}
  {%- endif -%}
{% endmacro %}
"""


def probe():
    recorded = json.loads((MACROS / "names.json").read_text())["macros"]
    # Of two macros of a name the adapter's hides the other.
    macros = {m["name"]: m for m in recorded}
    out = [SHOW]
    for name, macro in sorted(macros.items()):
        if name.startswith("materialization_"):
            continue
        names = ", ".join(part.split("=")[0] for part in re.split(r", (?=\w+(?:=|,|$))", macro["arguments"]) if part)
        tell = f"probe_tell('{name}', [{names}])"
        kind, own = ("test", name.removeprefix("test_")) if name.startswith("test_") else ("macro", name)
        call = f"dbt.{name}({names})"
        if name in ("statement", "noop_statement"):
            # Inside of the call's block `caller` would be the block's own.
            body = f"{{%- do {tell} -%}}{{%- set own = caller -%}}{{%- call {call} -%}}{{{{ own() }}}}{{%- endcall -%}}"
        else:
            body = f"{{%- do {tell} -%}}{{{{ return({call}) }}}}"
        out.append(f"{{% {kind} {own}({macro['arguments']}) -%}}{body}{{%- end{kind} %}}")
    (CASE / "macros" / "probe.sql").write_text("\n".join(out) + "\n")


class Told:
    """What is told of each node, by its unique_id; '' for what belongs to none."""

    def __init__(self, project):
        self.nodes = {}
        self.current = ""
        self.project = str(project)

    def add(self, line):
        line = line.replace(self.project, "<project>")
        self.nodes.setdefault(self.current, []).append(line)

    def __call__(self, event):
        name = event.info.name
        if name == "NodeStart":
            self.current = event.data.node_info.unique_id
        elif name == "NodeFinished":
            self.current = ""
        elif name == "PrintEvent" and event.data.msg.startswith("PROBE "):
            self.add(event.data.msg[6:])
        elif name == "SQLQuery":
            self.add("sql " + " ".join(re.sub(r"--[^\n]*", "", event.data.sql).split()))


def record():
    spec = json.loads((CASE / "case.json").read_text())
    work = Path(tempfile.mkdtemp(prefix="tsdbt-calls-"))
    project = work / "project"
    shutil.copytree(CASE, project, ignore=lambda _d, names: [n for n in names if n.endswith("case.json")])
    output = {"type": "duckdb", "path": "db.duckdb", "threads": 1}
    (project / "profiles.yml").write_text(json.dumps({"case": {"target": "dev", "outputs": {"dev": output}}}))
    os.chdir(project)
    os.environ["DBT_PROFILES_DIR"] = str(project)
    steps = []
    for step in spec["steps"]:
        for name, text in step.get("files", {}).items():
            Path(name).write_text(text)
        if step.get("sql"):
            with duckdb.connect("db.duckdb") as con:
                for statement in step["sql"]:
                    con.execute(statement)
        told = Told(project)
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
            done = dbtRunner(callbacks=[told]).invoke(["--quiet", *step["command"]])
        steps.append({"command": step["command"], "success": done.success, "nodes": told.nodes})
        for result in getattr(done.result, "results", None) or []:
            if str(result.status) in ("error", "skipped"):
                print("  ", result.node.unique_id, result.status, result.message)
        print(step["command"], done.success, done.exception, {k or "-": len(v) for k, v in told.nodes.items()}, flush=True)
    recorded = {"recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")}, "steps": steps}
    (CASE / "expected.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
    shutil.rmtree(work)


probe()
if "--probe-only" not in sys.argv:
    record()
