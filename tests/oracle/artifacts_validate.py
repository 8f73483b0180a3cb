"""Validates artifacts against the JSON schemas that installed dbt generates from its own classes, as the published ones are.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/artifacts_validate.py TARGET_DIR…

Prints one line a problem, and the count of artifacts that were looked at; exit status 1 when there is a problem. The schemas are dbt's text: they are
made when they are needed and not kept.
"""
import json
import sys
from pathlib import Path

from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.freshness import FreshnessExecutionResultArtifact
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.run import RunResultsArtifact

ARTIFACTS = {
    "manifest.json": WritableManifest,
    "run_results.json": RunResultsArtifact,
    "catalog.json": CatalogArtifact,
    "sources.json": FreshnessExecutionResultArtifact,
}


def schemas():
    return {name: kind.json_schema() for name, kind in ARTIFACTS.items()}


def main(args):
    from jsonschema import Draft202012Validator

    bad = seen = 0
    known = set()
    for name, schema in schemas().items():
        validator = Draft202012Validator(schema)
        for directory in args:
            path = Path(directory) / name
            if not path.exists():
                continue
            seen += 1
            data = json.loads(path.read_text())
            if name == "manifest.json":
                # Some 500 built-in macros are the same in each: looked at once.
                macros = {k: json.dumps(v) for k, v in data["macros"].items()}
                data["macros"] = {k: v for k, v in data["macros"].items() if macros[k] not in known}
                known |= set(macros.values())
            # dbt's own reader, which is more than the schema.
            try:
                ARTIFACTS[name].read_and_check_versions(str(path))
            except Exception as error:
                bad += 1
                print(f"{path}: dbt does not read it: {str(error)[:300]}")
            for error in sorted(validator.iter_errors(data), key=lambda e: list(map(str, e.path))):
                bad += 1
                place = "/".join(str(p) for p in error.absolute_path)
                deepest = min(error.context, key=lambda e: -len(e.absolute_path)) if error.context else error
                print(f"{path}: {place}: {deepest.message[:300]}")
    print(f"{seen} artifacts")
    return 1 if bad else 0


sys.exit(main(sys.argv[1:]))
