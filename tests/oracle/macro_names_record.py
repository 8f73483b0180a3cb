"""Records the macros of dbt and of its adapter for DuckDB: their names, packages, arguments with defaults, and what
`adapter.dispatch` finds for each name that one of them dispatches.

    <venv>/bin/python tests/oracle/macro_names_record.py

Writes tests/cases/macros/names.json.
"""
import json
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

import jinja2.nodes as n
from dbt.cli.main import dbtRunner
from dbt_common.clients.jinja import get_environment

OUT = Path(__file__).resolve().parent.parent / "cases" / "macros" / "names.json"
INTERNAL = ("dbt", "dbt_duckdb")


def source(node):
    """An expression as text; enough of Jinja for defaults."""
    if isinstance(node, n.Const):
        return repr(node.value)
    if isinstance(node, n.Name):
        return node.name
    if isinstance(node, n.Getattr):
        return f"{source(node.node)}.{node.attr}"
    if isinstance(node, n.Call):
        return f"{source(node.node)}({', '.join(map(source, node.args))})"
    if isinstance(node, n.List):
        return f"[{', '.join(map(source, node.items))}]"
    if isinstance(node, n.Dict):
        return "{%s}" % ", ".join(f"{source(p.key)}: {source(p.value)}" for p in node.items)
    raise TypeError(f"a default of an unknown kind: {node!r}")


def arguments(macro):
    missing = len(macro.args) - len(macro.defaults)
    return ", ".join(
        a.name if i < missing else f"{a.name}={source(macro.defaults[i - missing])}" for i, a in enumerate(macro.args)
    )


def dispatches(macro):
    for call in macro.find_all(n.Call):
        f = call.node
        if isinstance(f, n.Getattr) and f.attr == "dispatch" and isinstance(f.node, n.Name) and f.node.name == "adapter":
            given = [a.value for a in call.args if isinstance(a, n.Const)] + [
                k.value.value for k in call.kwargs if isinstance(k.value, n.Const)
            ]
            if len(given) == len(call.args) + len(call.kwargs):
                yield given[0], given[1] if len(given) > 1 else None


def manifest(project):
    (project / "dbt_project.yml").write_text("name: probe\nversion: '1.0'\nprofile: probe\n")
    (project / "profiles.yml").write_text("probe: {target: dev, outputs: {dev: {type: duckdb}}}\n")
    os.chdir(project)
    return dbtRunner().invoke(["--quiet", "parse", "--no-partial-parse", "--project-dir", ".", "--profiles-dir", "."]).result


def found(macros, name, namespace):
    """What a DuckDB project without overrides gets: `dbt` is the internal packages, the adapter's own before dbt's."""
    for prefix in ("duckdb", "default"):
        for package in reversed(INTERNAL):
            if f"macro.{package}.{prefix}__{name}" in macros:
                return f"{package}.{prefix}__{name}"
    return None


def main():
    with tempfile.TemporaryDirectory() as directory:
        macros = manifest(Path(directory)).macros
    out = []
    for macro in macros.values():
        if macro.package_name not in INTERNAL:
            continue
        node = get_environment(None).parse(macro.macro_sql).find(n.Macro)
        entry = {"package": macro.package_name, "name": macro.name, "arguments": arguments(node)}
        asked = sorted(set(dispatches(node)), key=str)
        if asked:
            entry["dispatches"] = {
                name: {"namespace": namespace, "finds": found(macros, name, namespace)} for name, namespace in asked
            }
        if macro.supported_languages:
            entry["languages"] = [str(language) for language in macro.supported_languages]
        out.append(entry)
    out.sort(key=lambda m: (m["package"], m["name"]))
    recorded = {p: version(p) for p in ("dbt-core", "dbt-adapters", "dbt-duckdb")}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join("  " + json.dumps(m, ensure_ascii=False) for m in out)
    OUT.write_text('{\n "recorded_from": %s,\n "macros": [\n%s\n ]\n}\n' % (json.dumps(recorded), lines))
    print(len(out), "macros")


main()
