"""Records what real dbt gives for the probes of tests/cases/context/probes: templates, each rendered by itself in dbt's own contexts.

    <venv>/bin/python tests/oracle/context_record.py [probes …]

A file of probes is {"contexts": ["operation", …], "probes": ["{{ … }}", …]}; its answers go to `<name>.recorded.json` beside it. The project is
tests/cases/context/project, seeded and built before the first probe. Contexts:

    operation       what a macro sees that `run-operation` calls
    model:<name>    what a node's template sees while it is compiled (any resource: model, test, seed, snapshot, operation)
    parse:<name>    what it sees while it is parsed
    name            what generate_schema_name and its like see
    yaml            what properties files see (their values are read in Jinja's native mode)
    comment         what the query comment sees

Beside dbt's names there is `type_of(value)`, the name of a value's Python class, which templates can't ask for.
"""
import copy
import json
import os
import re
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

os.environ["DO_NOT_TRACK"] = "1"
os.environ["DBT_ENV_CUSTOM_ENV_TEAM"] = "core"
os.environ["PROBE_SET"] = "from outside"
os.environ["DBT_ENV_SECRET_PROBE"] = "hush"

from dbt import selected_resources
from dbt.adapters.factory import get_adapter
from dbt.cli.main import dbtRunner
from dbt.clients.jinja import get_rendered
from dbt.config.renderer import BaseRenderer
from dbt.context.configured import generate_schema_yml_context
from dbt.context.context_config import ContextConfig
from dbt.context.providers import (
    generate_generate_name_macro_context,
    generate_parser_model_context,
    generate_runtime_macro_context,
    generate_runtime_model_context,
)
from dbt.context.query_header import generate_query_header_context
from dbt.task.run_operation import RunOperationTask
from dbt_common.exceptions import DbtBaseException

CASES = Path(__file__).resolve().parent.parent / "cases" / "context"
PROBES = CASES / "probes"


def type_of(value):
    return type(value).__name__


def node_named(manifest, name):
    for node in list(manifest.nodes.values()) + list(manifest.sources.values()):
        if node.name == name or node.unique_id == name:
            return copy.deepcopy(node)
    raise KeyError(name)


def context_of(kind, config, manifest):
    """A context and the node whose template it is."""
    where, _, name = kind.partition(":")
    if where == "operation":
        macro = manifest.macros["macro.shop.nothing"]
        return generate_runtime_macro_context(macro, config, manifest, None), macro
    if where == "name":
        macro = manifest.macros["macro.dbt.generate_schema_name"]
        return generate_generate_name_macro_context(macro, config, manifest), macro
    if where == "yaml":
        return generate_schema_yml_context(config, "shop"), None
    if where == "comment":
        return generate_query_header_context(config, manifest), None
    node = node_named(manifest, name)
    if where == "model":
        return generate_runtime_model_context(node, config, manifest), node
    if where == "parse":
        context_config = ContextConfig(config, node.fqn, node.resource_type, config.project_name)
        return generate_parser_model_context(node, config, manifest, context_config), node
    raise KeyError(kind)


def plain(value):
    """What a native template gives, with what JSON can't tell apart spelled out."""
    if value is None or isinstance(value, (bool, str)):
        return value
    return f"{type_of(value)}: {value!r}"


def answer(template, kind, config, manifest, clean):
    adapter = get_adapter(config)
    graph = manifest.flat_graph
    try:
        with adapter.connection_named("probe"):
            adapter.clear_transaction()
            # While a project is parsed there is no graph yet.
            manifest.flat_graph = {} if kind.startswith("parse:") else graph
            context, node = context_of(kind, config, manifest)
            context["type_of"] = type_of
            options = {"native": True} if kind == "yaml" else {"capture_macros": kind.startswith("parse:")}
            return {"is": clean(plain(get_rendered(template, context, node, **options)))}
    except Exception as error:
        cause = error.__cause__ or error.__context__
        found = {"text": clean(str(error))}
        if not isinstance(error, DbtBaseException):
            found["cause"] = type(error).__name__
        elif cause is not None and type(error).__name__ in ("CompilationError", "UndefinedMacroError"):
            found["cause"] = type(cause).__name__
        return found
    finally:
        manifest.flat_graph = graph


def record(names):
    work = Path(tempfile.mkdtemp(prefix="tsdbt-context-"))
    project = work / "shop"
    shutil.copytree(CASES / "project", project)
    os.chdir(project)
    os.environ["DBT_PROFILES_DIR"] = str(project)
    runner = dbtRunner()
    runner.invoke(["--quiet", "seed"])
    done = runner.invoke(["--quiet", "build"])
    assert done.success, done.exception

    def clean(value):
        if not isinstance(value, str):
            return value
        value = value.replace(str(project), "<project>").replace(str(work), "<work>")
        return re.sub(r"0x[0-9a-f]{6,}", "0x…", value)

    def probe(task, _package, _macro):
        selected_resources.set_selected_resources([])
        for path in sorted(PROBES.glob("*.json")):
            if path.name.endswith(".recorded.json") or (names and path.stem not in names):
                continue
            spec = json.loads(path.read_text())
            templates = [t if isinstance(t, str) else t["template"] for t in spec["probes"]]
            answers = []
            for template in templates:
                by_context = {kind: answer(template, kind, task.config, task.manifest, clean) for kind in spec["contexts"]}
                same = all(a == by_context[spec["contexts"][0]] for a in by_context.values())
                answers.append(by_context[spec["contexts"][0]] if same else {"by_context": by_context})
            out = {"recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")}, "answers": answers}
            path.with_suffix(".recorded.json").write_text(format_answers(out))
            print(path.stem, len(answers), flush=True)

    RunOperationTask._run_unsafe = probe
    runner.invoke(["--quiet", "run-operation", "nothing"])
    os.chdir("/")
    shutil.rmtree(work)


def format_answers(out):
    """One answer a line."""
    lines = ",\n".join("  " + json.dumps(a, ensure_ascii=False) for a in out["answers"])
    return '{\n "recorded_from": %s,\n "answers": [\n%s\n ]\n}\n' % (json.dumps(out["recorded_from"]), lines)


record(sys.argv[1:])
