"""Records how dbt loads a project's configuration.

    <venv>/bin/python tests/oracle/config_record.py

Each tests/cases/config/*.yml has several cases: `files` (path: text), optional `flags` (as on the command line), `env`.
A file without dbt_project.yml or profiles.yml gets the plain ones below. What dbt's own loaders make of each case goes
to tests/cases/config/recorded.json.
"""

import json
import os
import pathlib
import tempfile

import yaml
from dbt import deprecations
from dbt.adapters.factory import register_adapter
from dbt.adapters.contracts.connection import DEFAULT_QUERY_COMMENT
from dbt.cli.flags import Flags
from dbt.cli.types import Command
from dbt.config.runtime import RuntimeConfig, load_profile, load_project
from dbt.flags import set_flags
from dbt.mp_context import get_mp_context
from dbt.version import __version__ as dbt_version
from dbt_common.context import set_invocation_context
from dbt_common.events.event_manager_client import add_callback_to_manager, ctx_set_event_manager
from dbt_common.events.event_manager import EventManager

CASES = pathlib.Path(__file__).parent.parent / "cases" / "config"
KEEP_ENV = ("PATH", "HOME", "LANG")


def scrub(value, root):
    if isinstance(value, str):
        return value.replace(str(root), "<root>")
    if isinstance(value, dict):
        return {str(k): scrub(v, root) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [scrub(v, root) for v in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return scrub(value.isoformat(), root) if hasattr(value, "isoformat") else str(value)


def outcome(case, root, events):
    deprecations.reset_deprecations()
    flags = Flags.from_dict(
        Command.PARSE,
        {"project_dir": str(root), "profiles_dir": str(root), **case.get("flags", {})},
    )
    set_flags(flags)
    add_callback_to_manager(lambda event: events.append(event))
    profile = load_profile(str(root), flags.VARS, flags.PROFILE, flags.TARGET, flags.THREADS)
    project = load_project(str(root), flags.VERSION_CHECK, profile, flags.VARS, validate=False)
    config = RuntimeConfig.from_parts(project, profile, flags)
    register_adapter(config, get_mp_context())
    packages = [
        name for name, dependency in config.load_dependencies().items() if dependency.project_root.startswith(str(root))
    ]
    result = config.to_project_config()
    comment = result.get("query-comment", {})
    if comment.get("comment") == DEFAULT_QUERY_COMMENT:
        comment["comment"] = "<default>"
    result["target"] = config.to_target_dict()
    result["packages"] = sorted(packages)
    result["docs-paths"] = sorted(result["docs-paths"])
    result["selectors"] = config.manifest_selectors
    result["flags_resolved"] = {
        name: getattr(flags, name.upper(), None)
        for name in case.get("show_flags", [])
    }
    return result


def run(case):
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory).resolve() / case.get("dir", "project")
        for name, text in case["files"].items():
            if text is None:
                continue
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        for key in list(os.environ):
            if key not in KEEP_ENV:
                del os.environ[key]
        os.environ.update(case.get("env", {}))
        set_invocation_context(dict(os.environ))
        ctx_set_event_manager(EventManager())
        os.chdir(root if root.exists() else directory)
        events = []
        try:
            result = {"config": scrub(outcome(case, root, events), root)}
        except (Exception, SystemExit) as error:
            result = {"error": type(error).__name__, "message": scrub(str(error), root)}
        names = [(e.info.name, scrub(e.info.msg, root)) for e in events if e.info.level in ("warn", "error")]
        if names:
            result["events"] = names
        os.chdir("/")
        return result


def main():
    defaults = {
        "dbt_project.yml": "name: demo\nversion: '1.0'\nprofile: demo\n",
        "profiles.yml": "demo:\n  target: dev\n  outputs:\n    dev: {type: duckdb}\n",
    }
    recorded = {}
    for path in sorted(CASES.glob("*.yml")):
        for name, case in yaml.safe_load(path.read_text("utf-8")).items():
            case["files"] = {**defaults, **case.get("files", {})}
            recorded[f"{path.stem}/{name}"] = run(case)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(result)}" for name, result in recorded.items())
    text = f'{{"recorded": {{"dbt": "{dbt_version}"}}, "cases": {{\n{lines}\n}}}}\n'
    (CASES / "recorded.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
