#!/usr/bin/env bash
# Makes the virtual environment that holds real dbt, once, and prints its directory. Needs Python 3.11 and PyPI.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv=${TSDBT_ORACLE_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/tsdbt/oracle-$(sha256sum "$here/requirements.txt" | cut -c1-12)}
if [ ! -x "$venv/bin/dbt" ]; then
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt" >&2
fi
echo "$venv"
