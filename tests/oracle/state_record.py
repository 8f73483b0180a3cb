"""Records what dbt selects, defers to and retries with a target/ that dbt 1.8, 1.9, 1.10 and 1.11 wrote.

    tests/oracle/venv.sh && <venv>/bin/python tests/oracle/state_record.py

`tests/cases/state/project` is the project as it is now, `case.json` says how it was before. Each earlier dbt (`venv.sh 1.8` …) builds what
was before and leaves `targets/<version>/`: manifest.json, run_results.json, sources.json. dbt's own macros and docs, whose text is dbt's, are left
out of it. `recorded.json` has what the current dbt answers with each of them as state. An earlier dbt has other built-in macros, so every
node that uses one is modified to dbt; each `state:` selection is therefore also recorded with the built-in macros of now in the earlier
manifest (`ids`; `raw_ids` with its own).
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

os.environ |= {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DBT_NO_COLOR": "1", "DO_NOT_TRACK": "1"}
import duckdb  # noqa: E402
from dbt.cli.main import dbtRunner  # noqa: E402

HERE = Path(__file__).resolve().parent
CASE = HERE.parent / "cases" / "state"
SPEC = json.loads((CASE / "case.json").read_text())
ARTIFACTS = ("manifest.json", "run_results.json", "sources.json")
EARLIER = ("1.8", "1.9", "1.10")
PROFILES = {"case": {"target": "dev", "outputs": {
    "dev": {"type": "duckdb", "path": "db.duckdb", "threads": 1},
    "prod": {"type": "duckdb", "path": "db.duckdb", "schema": "prod", "threads": 1},
}}}


def copy(where, before):
    shutil.copytree(CASE / "project", where)
    (where / "profiles.yml").write_text(json.dumps(PROFILES))
    if before:
        for name in SPEC["removed"]:
            (where / name).unlink()
        for name, now, then in SPEC["edits"]:
            file = where / name
            text = file.read_text()
            assert now in text, (name, now)
            file.write_text(text.replace(now, then))


def sql(project, when):
    with duckdb.connect(str(project / "db.duckdb")) as con:
        for statement in SPEC["sql"][when]:
            con.execute(statement)


def build(dbt, project):
    """The target/ of an earlier project, built by an earlier dbt for production."""
    for args in (["source", "freshness"], ["build"]):
        done = subprocess.run([str(dbt), *args, "--target", "prod", "--vars", "{currency: usd}"], cwd=project, capture_output=True, text=True)
        if done.returncode not in (0, 1) or not (project / "target" / "manifest.json").exists():
            raise SystemExit(f"{dbt} {args}\n{done.stdout}\n{done.stderr}")


def own(manifest):
    """Without what is dbt's own text."""
    for part in ("macros", "docs"):
        manifest[part] = {k: v for k, v in manifest[part].items() if v["package_name"] == "shop"}
    return manifest


def clean(value, project):
    text = json.dumps(value).replace(str(project), "<project>")
    text = re.sub(r'"(created_at|user_id)": [^,}]+', r'"\1": null', text)
    return json.loads(text)


def keep(project, name):
    folder = CASE / "targets" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for artifact in ARTIFACTS:
        data = clean(json.loads((project / "target" / artifact).read_text()), project)
        if artifact == "manifest.json":
            data = own(data)
            data["metadata"]["env"] = {}
        (folder / artifact).write_text(json.dumps(data, separators=(",", ":")) + "\n")


def invoke(project, args, manifest=None):
    told = []

    def on_event(event):
        if event.info.level in ("warn", "error") and event.info.name in ("UnversionedBreakingChange", "WarnStateTargetEqual", "NoNodesForSelectionCriteria"):
            told.append(event.info.name)

    cwd = os.getcwd()
    os.chdir(project)
    try:
        return dbtRunner(manifest=manifest, callbacks=[on_event]).invoke([*args, "--quiet", "--no-print"]), told
    finally:
        os.chdir(cwd)


def same_macros(state, manifest):
    """An earlier state in which dbt's own macros are those of now."""
    data = json.loads((state / "manifest.json").read_text())
    data["macros"] = own(data)["macros"] | {k: v for k, v in manifest["macros"].items() if v["package_name"] != "shop"}
    folder = state.with_name(f"{state.name}-same")
    shutil.copytree(state, folder)
    (folder / "manifest.json").write_text(json.dumps(data))
    return folder


def ls(project, manifest, select, state):
    done, told = invoke(project, ["ls", "--output", "json", "--output-keys", "unique_id", "--select", *select.split(), "--state", str(state)], manifest)
    if done.exception is not None:
        return {"error": type(done.exception).__name__}
    return {"ids": [json.loads(line)["unique_id"] for line in done.result], "told": sorted(told)}


def main():
    dbts = {v: Path(subprocess.run(["bash", str(HERE / "venv.sh"), v], check=True, capture_output=True, text=True).stdout.strip()) / "bin" / "dbt" for v in EARLIER}
    dbts["1.11"] = Path(sys.executable).with_name("dbt")
    work = Path(tempfile.mkdtemp(prefix="tsdbt-state-")).resolve()
    recorded = {"recorded_from": {p: version(p) for p in ("dbt-core", "dbt-duckdb", "duckdb")}, "states": {}}
    for name, dbt in dbts.items():
        before = work / name / "project"
        copy(before, before=True)
        sql(before, "before")
        build(dbt, before)
        keep(before, name)
        now = work / name / "now"
        copy(now, before=False)
        shutil.copy(before / "db.duckdb", now / "db.duckdb")
        sql(now, "now")
        state = now / "state"
        shutil.copytree(before / "target", state)
        parsed, _ = invoke(now, ["parse"])
        invoke(now, ["source", "freshness"])
        full = json.loads((now / "target" / "manifest.json").read_text())
        same = same_macros(state, full)
        entry = {"selections": {}, "compiled": {}}
        for select in SPEC["selections"]:
            one = ls(now, parsed.result, select, same)
            if "state:" in select:
                raw = ls(now, parsed.result, select, state)
                if raw != one:
                    one["raw_ids"] = raw.get("ids")
            entry["selections"][select] = one
        for name_of, args in SPEC["compile"].items():
            done, _ = invoke(now, ["compile", *args, "--state", "state"])
            if done.exception is not None:
                raise SystemExit(f"{args}: {done.exception}")
            entry["compiled"][name_of] = {r.node.unique_id: r.node.compiled_code for r in done.result.results if r.node.unique_id.startswith("model.")}
        done, _ = invoke(now, ["retry", "--state", "state"])
        entry["retry"] = {r.node.unique_id: str(r.status) for r in done.result.results} if done.exception is None else {"error": str(done.exception)}
        recorded["states"][name] = entry
        print(name, {k: len(v.get("ids", [])) if "ids" in v else v for k, v in entry["selections"].items()}, entry["retry"], flush=True)
    (CASE / "recorded.json").write_text(json.dumps(recorded, indent=1) + "\n")
    shutil.rmtree(work)


if __name__ == "__main__":
    sys.exit(main())
