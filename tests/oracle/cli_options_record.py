"""Records dbt's command line as dbt describes it itself: commands, their options, defaults, choices and variables.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/cli_options_record.py
"""
import json
from importlib.metadata import version
from pathlib import Path

import click
from dbt.cli.main import cli

OUT = Path(__file__).resolve().parent.parent / "cases" / "cli" / "options.recorded.json"


def option(param):
    default = None if repr(param.default) == "Sentinel.UNSET" or callable(param.default) else param.default
    env = param.envvar
    return {
        "name": param.name,
        "names": param.opts,
        "negated": param.secondary_opts,
        "env": [] if env is None else [env] if isinstance(env, str) else list(env),
        "type": getattr(param.type, "name", ""),
        "choices": list(getattr(param.type, "choices", [])),
        "flag": bool(param.is_flag),
        "list": type(param).__name__ == "MultiOption",
        "default": default if isinstance(default, (bool, int, str, type(None))) else str(default),
        "hidden": param.hidden,
    }


def walk(command, path, out):
    options = [option(p) for p in command.params if isinstance(p, click.Option)]
    arguments = [p.name for p in command.params if isinstance(p, click.Argument)]
    required = [p.name for p in command.params if isinstance(p, click.Argument) and p.required]
    common = {o["name"]: o for o in GLOBAL}
    out[" ".join(path)] = {
        "arguments": arguments,
        "required": required,
        "options": [o for o in options if o["name"] not in common],
        "not_global": sorted(set(common) - {o["name"] for o in options}),
    }
    if isinstance(command, click.Group):
        for name, sub in command.commands.items():
            walk(sub, [*path, name], out)


GLOBAL = [option(p) for p in cli.params if isinstance(p, click.Option)]
commands = {}
for name, sub in cli.commands.items():
    walk(sub, [name], commands)
recorded = {"recorded_from": {"dbt-core": version("dbt-core")}, "global": GLOBAL, "commands": commands}
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(json.dumps(recorded, indent=1) + "\n")
