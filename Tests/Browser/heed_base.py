"""A cluster that has all migrations, made once in a process of tests and copied for each site: making one takes eight seconds of a processor, and is
tested where that is what a test is about (test_dev.py)."""
import atexit
import functools
import os
import pathlib
import pwd
import secrets
import shutil
import subprocess
import tempfile
import warnings

IS_ROOT = os.geteuid() == 0
BINARIES = max(pathlib.Path("/usr/lib/postgresql").glob("[0-9]*"), key=lambda folder: int(folder.name), default=pathlib.Path("/nowhere")) / "bin"


def run(*command, **more):
    result = subprocess.run(list(map(str, command)), cwd="/", capture_output=True, text=True, timeout=120, **more)
    if result.returncode != 0:
        raise RuntimeError(f"{command[0]}: {result.stdout}{result.stderr}")


def run_as_postgres(*command):
    """PostgreSQL refuses root. A server keeps what it inherits of us, so its output goes nowhere."""
    alone = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--"] if IS_ROOT else []
    subprocess.run(
        [*alone, *map(str, command)], cwd="/", check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def make(folder, program, root, environment):
    """As `heed dev` makes its own (Sources/heed/Dev), up to the migrations; returns the data of a server that stands still."""
    data, sockets = folder / "postgres", folder / "run"
    for part in [data, sockets, folder / "mail"]:
        part.mkdir(mode=0o700)
        if IS_ROOT:
            shutil.chown(part, "postgres", "postgres")
    run_as_postgres(
        BINARIES / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions",
        "--no-sync")
    options = f"-c listen_addresses= -c unix_socket_directories={sockets} -c port=5432 -c timezone=UTC -c fsync=off"
    run_as_postgres(BINARIES / "pg_ctl", "-D", data, "-w", "-s", "-l", sockets / "log", "-o", options, "start")
    try:
        for statement in [
                "CREATE ROLE heed_web LOGIN", "CREATE ROLE heed_work LOGIN", "CREATE ROLE heed_owner LOGIN",
                "CREATE DATABASE heed OWNER heed_owner TEMPLATE template0 ENCODING 'UTF8'"]:
            run("psql", "-X", "-q", "-h", sockets, "-U", "postgres", "-d", "postgres", "-c", statement)
        (folder / "secret.key").write_text(secrets.token_hex(32) + "\n")
        (folder / "secret.key").chmod(0o600)
        values = {
            "HEED_ENV": "development", "HEED_PUBLIC_URL": "http://127.0.0.1:8080", "HEED_SOCKET": sockets / "heed.sock",
            "HEED_SECRET_KEY_FILE": folder / "secret.key", "HEED_MAILDIR": folder / "mail", "HEED_ROOT": root, "HEED_RESPONDERS": "2",
            "HEED_WORKERS": "1"}
        for name, role in [("HEED_DATABASE_URL", "web"), ("HEED_WORK_DATABASE_URL", "work"), ("HEED_OWNER_DATABASE_URL", "owner")]:
            values[name] = f"postgresql:///heed?host={sockets}&user=heed_{role}"
        if IS_ROOT:
            values |= {"HEED_USER": "postgres", "HEED_SOCKET_GROUP": "postgres"}
        file = folder / "env"
        file.write_text("".join(f'{name}="{value}"\n' for name, value in values.items()))
        file.chmod(0o600)
        run(program, "--env-file", file, "migrate", env=environment)
    finally:
        run_as_postgres(BINARIES / "pg_ctl", "-D", data, "-w", "-s", "-m", "fast", "stop")
    return data


@functools.cache
def base(program, root):
    """Where it is; None when it cannot be made: then sites make their own, and the warning says why."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-base-", dir="/tmp"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEED_")}
    try:
        return make(folder, program, root, environment)
    except (OSError, RuntimeError, KeyError, subprocess.SubprocessError) as problem:
        warnings.warn(f"no cluster to copy, each site makes its own: {problem}")
        return None


def copy(data, target):
    """With its owner and rights."""
    subprocess.run(["cp", "-a", "--", str(data), str(target)], check=True)
    if IS_ROOT:
        assert pathlib.Path(target).stat().st_uid == pwd.getpwnam("postgres").pw_uid
