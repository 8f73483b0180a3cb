#!/usr/bin/env bash
# Lints the SQL of models, macros and data tests by the repository's .sqlfluff. Needs Python 3.11 and PyPI.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv=${XDG_CACHE_HOME:-$HOME/.cache}/tsdbt/sqlfluff-$(sha256sum "$here/requirements.txt" | cut -c1-12)
if [ ! -x "$venv/bin/sqlfluff" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
fi
cd "$here/../.."
exec "$venv/bin/sqlfluff" lint --disable-progress-bar --processes 2 ${@:-models macros tests/data_tests project/ml}
