"""Validates artifacts against the JSON schemas that installed dbt generates from its own classes.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/artifacts_validate.py TARGET_DIR

Prints one line a problem; exit status 1 when there is one. `--schemas FILE` writes the schemas instead, for the suite,
which validates with ajv and needs no Python.
"""
import json
import sys
from pathlib import Path

from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.run import RunResultsArtifact

ARTIFACTS = {
    "manifest.json": WritableManifest,
    "run_results.json": RunResultsArtifact,
    "catalog.json": CatalogArtifact,
}


def schemas():
    return {name: kind.json_schema() for name, kind in ARTIFACTS.items()}


def bare(value):
    """Without words: only what validates."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if not (k in ("description", "title") and isinstance(v, str))}
    return [bare(v) for v in value] if isinstance(value, list) else value


def main(args):
    if args[0] == "--schemas":
        Path(args[1]).write_text(json.dumps(bare(schemas()), sort_keys=True, separators=(",", ":")))
        return 0
    from jsonschema import Draft7Validator

    bad = 0
    for name, schema in schemas().items():
        path = Path(args[0]) / name
        if not path.exists():
            continue
        for error in sorted(Draft7Validator(schema).iter_errors(json.loads(path.read_text())), key=lambda e: list(e.path)):
            bad += 1
            place = "/".join(str(p) for p in error.absolute_path)
            deepest = min(error.context, key=lambda e: -len(e.absolute_path)) if error.context else error
            print(f"{name}: {place}: {deepest.message[:300]}")
    return 1 if bad else 0


sys.exit(main(sys.argv[1:]))
