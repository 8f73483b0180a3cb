#!/usr/bin/env bash
# Makes the virtual environment that holds real dbt, once, and prints its directory. Needs Python 3.11 and PyPI.
# `venv.sh NAME` makes that of requirements-NAME.txt: an earlier dbt, or a tool that reads dbt's artifacts.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=${1:+-$1}
requirements=$here/requirements$name.txt
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tsdbt
[ -n "$name" ] || given=${TSDBT_ORACLE_VENV:-}
venv=${given:-$cache/oracle$name-$(sha256sum "$requirements" | cut -c1-12)}
if [ ! -e "$venv/bin/dbt" ] && [ ! -e "$venv/.complete" ]; then
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$requirements" >&2
  touch "$venv/.complete"
fi
echo "$venv"
