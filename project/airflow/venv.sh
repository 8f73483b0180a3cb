#!/usr/bin/env bash
# Makes the virtual environment that holds Airflow, once, and prints its directory. Needs Python 3.11 and PyPI.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
requirements=$here/requirements.txt
venv=${XDG_CACHE_HOME:-$HOME/.cache}/tsdbt/airflow-$(sha256sum "$requirements" | cut -c1-12)
if [ ! -e "$venv/.complete" ]; then
  python3.11 -m venv --clear "$venv" >&2
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$requirements" >&2
  touch "$venv/.complete"
fi
echo "$venv"
