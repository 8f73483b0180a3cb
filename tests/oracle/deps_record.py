"""Runs real dbt's `deps` on the cases of tests/cases/deps and records what it does: output, exit status, lock file, what is installed.

usage: deps_record.py [hub|git|hashes|versions ...]

hub.json: packages from a hub and tarballs, both served by this script on the loopback. git.json: repositories made by this script, with fixed dates, so
that their commits have the same hashes everywhere. hashes.json: the hash of packages.yml. versions.json: which version is chosen.
"""
import http.server
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading

import dbt.version

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cases", "deps")
dbt_bin = os.path.join(os.path.dirname(sys.executable), "dbt")
VERSION = dbt.version.get_installed_version().to_version_string(skip_matcher=True)


def tarball(entries):
    """entries: name -> text, or {"link": target}, {"device": true}."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, content in entries.items():
            info = tarfile.TarInfo(name)
            if isinstance(content, dict) and "link" in content:
                info.type, info.linkname = tarfile.SYMTYPE, content["link"]
                tar.addfile(info)
            elif isinstance(content, dict):
                info.type = tarfile.CHRTYPE
                tar.addfile(info)
            else:
                data = content.encode()
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def hub_files(hub, files, base):
    """Path -> bytes: the hub's index, its packages, their tarballs; and the files of the cases."""
    out = {}
    listed = [name for name, package in hub.items() if not package.get("unlisted")]
    out["/api/v1/index.json"] = json.dumps(listed).encode()
    for full, package in hub.items():
        namespace, name = full.split("/")
        versions = {}
        for version, given in package["versions"].items():
            own = given.get("name", name)
            url = f"{base}tarballs/{full}/{version}.tar.gz"
            versions[version] = {"id": f"{full}/{version}", "name": own, "version": version, "packages": given.get("packages", []), "downloads": {"tarball": url}}
            if "require_dbt_version" in given:
                versions[version]["require_dbt_version"] = given["require_dbt_version"]
            folder = f"{name}-{version}"
            project = {f"{folder}/dbt_project.yml": f"name: {json.dumps(own)}\nversion: '{version}'\n", f"{folder}/macros/about.sql": f"-- {full} {version}\n"}
            out[f"/tarballs/{full}/{version}.tar.gz"] = tarball(project)
        body = {"id": full, "name": name, "namespace": namespace, "versions": versions}
        body.update({k: v for k, v in package.items() if k.startswith("redirect")})
        out[f"/api/v1/{full}.json"] = json.dumps(body).encode()
    for path, entries in files.items():
        out[path] = tarball(entries)
    return out


class Server:
    def __init__(self):
        content = self.content = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = content.get(self.path)
                self.send_response(200 if body is not None else 404)
                self.send_header("content-length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def write(base, files, replace):
    for name, text in files.items():
        path = os.path.join(base, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(replace(text))


def installed(directory):
    """What is below dbt_packages: links, and the files of the rest without .git."""
    out = {}
    for name in sorted(os.listdir(directory)) if os.path.isdir(directory) else []:
        path = os.path.join(directory, name)
        if os.path.islink(path):
            out[name] = "link to " + os.readlink(path)
            continue
        found = []
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(f for f in folders if f != ".git")
            found += [os.path.relpath(os.path.join(folder, n), path) for n in names + [f for f in folders if os.path.islink(os.path.join(folder, f))]]
        about = os.path.join(path, "macros", "about.sql")
        out[name] = {"files": sorted(found), **({"about": open(about).read()} if os.path.isfile(about) else {})}
    return out


def run(case, base, env, placeholders):
    def hide(text):
        for placeholder, value in placeholders.items():
            text = text.replace(value, placeholder)
        return text

    def show(text):
        for placeholder, value in placeholders.items():
            text = text.replace(placeholder, value)
        return text

    main = os.path.join(base, "main")
    write(base, {"main/dbt_project.yml": "name: main\nversion: '1.0'\nprofile: demo\n"}, show)
    write(base, case["files"], show)
    results = []
    for step in case["steps"]:
        write(base, step.get("files", {}), show)
        lock = os.path.join(main, "package-lock.yml")
        if "edit_lock" in step:
            text = open(lock).read().replace(*map(show, step["edit_lock"]))
            open(lock, "w").write(text)
        args = [show(a) for a in step["args"]]
        try:
            got = subprocess.run([dbt_bin, "--no-use-colors", *args], cwd=main, env={**env, **{k: show(v) for k, v in step.get("env", {}).items()}}, capture_output=True, text=True, timeout=90)
        except subprocess.TimeoutExpired:
            results.append({"status": "never ends"})
            continue
        text = re.sub(r"(?m)^\d\d:\d\d:\d\d  ?", "", hide(got.stdout + got.stderr))
        text = re.sub(r"/tmp/dbt-downloads-\w+", "<downloads>", text)
        lines = [l.rstrip() for l in text.splitlines()]
        lines = [l for l in lines if not re.match(r"Running with dbt=", l)]
        if any("Traceback" in l for l in lines):
            at = next(i for i, l in enumerate(lines) if "Traceback" in l)
            lines = lines[:at] + ["<traceback>", lines[-1]]
        read = lambda name: hide(open(os.path.join(main, name)).read()) if os.path.isfile(os.path.join(main, name)) else None
        result = {"status": got.returncode, "output": lines, "lock": read("package-lock.yml"), "installed": json.loads(hide(json.dumps(installed(os.path.join(main, "dbt_packages")), ensure_ascii=False)))}
        if "--add-package" in args:
            result["packages_yml"] = read("packages.yml") if "main/dependencies.yml" not in case["files"] else read("dependencies.yml")
        results.append(result)
    return results


def base_env(home):
    keep = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "TMPDIR")}
    return {**keep, "HOME": home, "DO_NOT_TRACK": "1", "NO_COLOR": "1", "PYTHONUTF8": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}


def record_hub():
    spec = json.load(open(os.path.join(root, "hub.json")))
    server = Server()
    server.content.update(hub_files(spec["hub"], spec.get("files", {}), server.url))
    recorded = {}
    for case in spec["cases"]:
        with tempfile.TemporaryDirectory() as base:
            base = os.path.realpath(base)
            env = {**base_env(base), "DBT_PACKAGE_HUB_URL": server.url}
            recorded[case["name"]] = run(case, base, env, {"<hub>": server.url.rstrip("/"), "<base>": base})
        print([r["status"] for r in recorded[case["name"]]], case["name"], flush=True)
    save("hub.recorded.json", recorded)


def save(name, recorded):
    with open(os.path.join(root, name), "w") as file:
        json.dump({"recorded_from": f"dbt-core {VERSION}", "cases": recorded}, file, indent=1, ensure_ascii=False)
        file.write("\n")


GIT_ENV = {
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.invalid", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.invalid",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
}


def make_repository(path, commits, env):
    """Each commit: files (null deletes), then branch and tags that begin there; a commit's date is its number."""
    git = lambda *args, **more: subprocess.run(["git", *args], cwd=path, env={**env, **GIT_ENV, **more}, check=True, capture_output=True, text=True).stdout.strip()
    os.makedirs(path)
    git("init", "-q", "-b", "main")
    git("config", "core.autocrlf", "false")
    shas = []
    for i, commit in enumerate(commits):
        if "on" in commit:
            git("checkout", "-q", "-B", commit["on"])
        write(path, commit["files"], lambda text: text)
        git("add", "-A")
        date = f"{1700000000 + i * 60} +0000"
        git("commit", "-q", "--allow-empty", "-m", f"commit {i}", GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
        shas.append(git("rev-parse", "HEAD"))
        for tag in commit.get("tags", []):
            git("tag", tag)
        for tag in commit.get("annotated", []):
            git("tag", "-a", "-m", tag, tag, GIT_COMMITTER_DATE=date)
        for branch in commit.get("branches", []):
            git("branch", branch)
    git("checkout", "-q", "main")
    return shas


def record_git():
    spec = json.load(open(os.path.join(root, "git.json")))
    recorded = {}
    for case in spec["cases"]:
        with tempfile.TemporaryDirectory() as base:
            base = os.path.realpath(base)
            env = base_env(base)
            placeholders = {}
            for name, commits in spec["repositories"].items():
                for i, sha in enumerate(make_repository(os.path.join(base, "git", name), commits, env)):
                    placeholders[f"<{name} {i}>"] = sha
            placeholders["<base>"] = base
            recorded[case["name"]] = run(case, base, {**env, **GIT_ENV}, placeholders)
        print([r["status"] for r in recorded[case["name"]]], case["name"], flush=True)
    save("git.recorded.json", recorded)


def record_hashes():
    import copy
    from argparse import Namespace

    import yaml
    from dbt.config.project import package_config_from_data
    from dbt.config.renderer import PackageRenderer
    from dbt.flags import set_from_args
    from dbt.task.deps import _create_sha1_hash
    from dbt_common.context import set_invocation_context

    texts = json.load(open(os.path.join(root, "hashes.json")))["texts"]
    set_invocation_context({"T": "x", "DBT_ENV_SECRET_S": "s3cret"})
    set_from_args(Namespace(vars={}), None)
    recorded = {}
    for text in texts:
        raw = yaml.safe_load(text)
        try:
            packages = package_config_from_data(PackageRenderer({}).render_data(copy.deepcopy(raw)), raw).packages
            recorded[text] = _create_sha1_hash(packages)
        except Exception as error:
            recorded[text] = {"error": str(error).strip().splitlines()[-1].strip()}
    save("hashes.recorded.json", recorded)


def record_versions():
    """Seeded: ranges and what is there; which version, the newest, or the error."""
    from dbt_common import semver

    dice = random.Random(11)
    number = lambda: dice.choice(["0.1.0", "0.9.0", "1.0.0", "1.0.0-a1", "1.0.0-rc1", "1.0.0-rc.1", "1.0.0-rc.10", "1.0.0-rc.2", "1.0.0b1", "1.1.0", "1.1.0-beta.2", "1.10.0", "1.2.0", "2.0.0", "2.0.0-b1", "2.0.0+build.1", "10.0.0"])
    matcher = lambda: dice.choice(["", "", "=", ">=", ">=", "<", "<", "<=", ">"])
    rows = []
    for _ in range(600):
        wanted = [matcher() + number() for _ in range(dice.choice([1, 1, 2, 2, 2, 3, 4]))]
        there = list(dict.fromkeys(number() for _ in range(dice.randint(0, 9))))
        prerelease = dice.random() < 0.3
        specs = [semver.VersionSpecifier.from_version_string(w) for w in wanted]
        row = {"wanted": wanted, "there": there, "prerelease": prerelease}
        try:
            reduced = semver.reduce_versions(*specs)
            row["range"] = str(reduced)
            installable = semver.filter_installable(there, prerelease or any(bool(s.prerelease) for s in specs))
            row["installable"] = installable
            row["chosen"] = semver.resolve_to_specific_version(reduced, installable) if installable else None
        except Exception as error:
            row["error"] = str(error)
        rows.append(row)
    odd = {}
    for text in ["", "1", "1.0", "1.0.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0-a_b", "1.0.0+", "1.0.0+a..b", " 1.0.0", "1.0.0 ", "1.0.0\n", "==1.0.0", "~=1.0.0", "^1.0.0", ">= 1.0.0", "!=1.0.0", "<=1.0.0", "1.0.0.0", "1.0.0rc1", "1.0.0-rc1+5", "*", "latest", "1.0.0-0", "1.0.0-1a", "１.0.0"]:
        try:
            odd[text] = str(semver.VersionSpecifier.from_version_string(text))
        except Exception as error:
            odd[text] = {"error": str(error)}
    save("versions.recorded.json", {"chosen": rows, "read": odd})


for kind in sys.argv[1:] or ["hub", "git", "hashes", "versions"]:
    {"hub": record_hub, "git": record_git, "hashes": record_hashes, "versions": record_versions}[kind]()
