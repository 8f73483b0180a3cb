"""Runs real dbt with tsdbt's own macros in place of dbt's, to compare the two macro packages under one engine.

    <venv>/bin/python tests/oracle/macro_overlay.py build --project-dir <project> ...

The arguments are dbt's. The internal packages `dbt` and `dbt_duckdb` are read from src/builtin and
src/adapters/duckdb/include of this repository. Without partial parsing, so that no old macro survives.
"""

import os
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))

import dbt.include.duckdb as duckdb_package  # noqa: E402
import dbt.include.global_project as global_package  # noqa: E402

global_package.PACKAGE_PATH = os.path.join(ROOT, "src", "builtin")
# dbt names the package after the last part of its path.
links = tempfile.TemporaryDirectory()
duckdb_package.PACKAGE_PATH = os.path.join(links.name, "duckdb")
os.symlink(os.path.join(ROOT, "src", "adapters", "duckdb", "include"), duckdb_package.PACKAGE_PATH)

from dbt.cli.main import cli  # noqa: E402

if __name__ == "__main__":
    os.environ.setdefault("DBT_PARTIAL_PARSE", "false")
    sys.argv[0] = "dbt"
    cli()
