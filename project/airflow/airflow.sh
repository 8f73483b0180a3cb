#!/usr/bin/env bash
# Airflow's command line over the flagship's DAGs, in a virtual environment of its own: `airflow.sh dags test DAG`, `airflow.sh standalone`.
# Its database and logs are in AIRFLOW_HOME, by default project/airflow/home (not in git).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=$(bash "$here/venv.sh")
export PATH="$venv/bin:$PATH"

export AIRFLOW_HOME=${AIRFLOW_HOME:-$here/home}
export AIRFLOW__CORE__DAGS_FOLDER=$here/dags
export PYTHONPATH=$here/include${PYTHONPATH:+:$PYTHONPATH}
export AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__LOGGING__LOGGING_LEVEL=${AIRFLOW__LOGGING__LOGGING_LEVEL:-INFO}
# Neither Airflow nor cosmos reports its use.
export AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False AIRFLOW__COSMOS__ENABLE_TELEMETRY=False
export DO_NOT_TRACK=1 SCARF_NO_ANALYTICS=true
# cosmos hashes the dbt project to know a new version of it. The project is this repository's root, where much is no part of it.
export AIRFLOW__COSMOS__PROJECT_HASH_EXCLUDED_DIRS=node_modules,dist,src,docs,project,cases
export AIRFLOW__COSMOS__CACHE_DIR=$AIRFLOW_HOME/cosmos
# The models that cosmos draws as tasks.
export FLAGSHIP_MANIFEST=${FLAGSHIP_MANIFEST:-$AIRFLOW_HOME/tsdbt/manifest.json}

mkdir -p "$AIRFLOW_HOME"
if [ ! -e "$AIRFLOW_HOME/.migrated" ]; then
  airflow db migrate > "$AIRFLOW_HOME/migrate.log" 2>&1 || { cat "$AIRFLOW_HOME/migrate.log" >&2; exit 1; }
  airflow pools import "$here/pools.json" >> "$AIRFLOW_HOME/migrate.log" 2>&1 || { cat "$AIRFLOW_HOME/migrate.log" >&2; exit 1; }
  touch "$AIRFLOW_HOME/.migrated"
fi
(cd "$root" && node dist/cli/main.js --quiet parse --target-path "$(dirname "$FLAGSHIP_MANIFEST")" --log-path "$AIRFLOW_HOME/tsdbt")
exec airflow "$@"
