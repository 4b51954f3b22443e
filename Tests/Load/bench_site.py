"""What the measurements stand on: a site, databases of their own beside its own, and responders or workers on those."""
import base64
import hashlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Beside the repository, or beside a folder of clones.
SHARED = pathlib.Path(os.environ.get("BENCH_SHARED") or next(
    (path for path in (folder / "shared" / "bench" for folder in ROOT.parents) if path.is_dir()), ROOT.parent / "shared" / "bench"))
sys.path.insert(0, str(ROOT / "Tests" / "Browser"))
from heed_dev import HEED, Site, clean_environment, wait_until  # noqa: E402

# As the reference's cluster; every peer uses the same one. Commits stay durable. Commit times tell how late a reminder fired.
SERVER = {
    "shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "30min", "track_commit_timestamp": "on",
    "shared_preload_libraries": "pg_stat_statements",
}


def as_postgres(*command):
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else list(command)


def child_of(process):
    """The pid of a service, below runuser."""
    if os.getuid() != 0:
        return process.pid
    children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return int(wait_until(lambda: children.read_text().split(), 10, "the service")[0])


class Program:
    """A binary, and the tree that it was built from: what it reads at run time, and the SQL that fills its tables."""

    def __init__(self, heed):
        self.heed = pathlib.Path(heed).resolve()
        self.root = next((folder for folder in self.heed.parents if (folder / "Package.swift").exists()), None)
        assert self.root, f"{heed} is not below a repository"


OURS = Program(HEED)


def token(user):
    """The session token that bench.sql gives the user of this number."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"bench {user}".encode()).digest()).decode().rstrip("=")


def zones():
    """The version of the system's zone data, as workers read it."""
    with open("/usr/share/zoneinfo/tzdata.zi") as file:
        return file.readline().split()[2]


def free_port():
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return link.getsockname()[1]


def end(processes, seconds=15):
    """SIGTERM to all, and SIGKILL to what does not hear it."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            # Those below it first: they would hear of its end and finish what they are at.
            for pid in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
                os.kill(int(pid), signal.SIGKILL)
            process.kill()
            process.wait()


class Ground:
    """A private cluster with databases of any number of rows; all of it goes with the site."""

    def __init__(self):
        self.site = Site(None, "--no-seed", "--responders", "1", "--workers", "1")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-bench-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.started, self.seeded, self.sites, self.mail = [], {}, 0, None

    def __enter__(self):
        self.site.start()
        for name, value in SERVER.items():
            self.site.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        # heed dev starts it again.
        os.kill(self.postmaster, signal.SIGINT)
        wait_until(lambda: not (self.site.home / "postgres" / "postmaster.pid").exists(), 60, "the server's end")
        wait_until(self.is_up, 60, "the server's return")
        self.site.sql("CREATE EXTENSION pg_stat_statements")
        return self

    def __exit__(self, *_):
        end(self.started)
        self.site.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def is_up(self):
        try:
            return self.site.sql("SHOW track_commit_timestamp") == "on"
        except AssertionError:
            return False

    @property
    def postmaster(self):
        return int((self.site.home / "postgres" / "postmaster.pid").read_text().split()[0])

    @property
    def run(self):
        """Where the server's socket is."""
        return self.site.home / "run"

    def psql(self, database, text=None, file=None, seconds=900, **variables):
        """Runs SQL as the superuser; the rows as text."""
        more = [part for name, value in variables.items() for part in ("-v", f"{name}={value}")]
        what = ["-f", str(file)] if file else ["-c", text]
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *more, "-h", str(self.run), "-U", "postgres", "-d", database, *what],
            capture_output=True, text=True, timeout=seconds, cwd="/")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def pgbench(self, database, file, clients, *arguments, role="postgres"):
        """Transactions a second of a script."""
        done = subprocess.run(
            ["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(clients), *arguments, "-f", str(file), "-h", str(self.run),
             "-U", role, database], capture_output=True, text=True, timeout=300, cwd="/")
        assert done.returncode == 0, done.stderr
        return float(next(line for line in done.stdout.splitlines() if line.startswith("tps")).split()[2])

    def urls(self, database):
        return {name: f"postgresql:///{database}?host={self.run}&user=heed_{role}" for name, role in (
            ("HEED_DATABASE_URL", "web"), ("HEED_WORK_DATABASE_URL", "work"), ("HEED_OWNER_DATABASE_URL", "owner"))}

    def database(self, name, users, per_user, heavy=0, file="bench.sql", program=OURS):
        """Makes and fills a database, once; returns its name. Its tables are those of the program."""
        if name in self.seeded:
            return name
        self.psql("postgres", f"CREATE DATABASE {name} OWNER heed_owner")
        for command, text in ((("migrate",), None), (("user", "create", "--email", "model@example.test", "--password-stdin"), "a long enough password\n")):
            made = subprocess.run(
                [program.heed, "--env-file", str(self.site.state / "env"), *command], cwd=program.root, input=text, capture_output=True, text=True,
                timeout=120, env=clean_environment(**self.urls(name), HEED_ROOT=str(program.root)))
            assert made.returncode == 0, made.stderr
        self.psql(name, file=program.root / "Tests" / "Load" / file, users=users, per_user=per_user, heavy=heavy, model=made.stdout.strip(), zones=zones())
        self.seeded[name] = users * per_user + heavy
        return name

    def reference(self, name, users):
        """The peers' database, with 200 reminders a user."""
        if name not in self.seeded:
            self.psql("postgres", f"CREATE DATABASE {name}")
            for file in ("schema.sql", "seed.sql"):
                self.psql(name, file=SHARED / "sql" / file, users=users, per_user=200)
            self.seeded[name] = users * 200
        return name

    def start(self, command, database, program=OURS, **environment):
        """`heed serve` or `heed work` on a database; ends with the site at the latest."""
        log = open(self.folder / f"{command}-{database}.log", "a")
        process = subprocess.Popen(
            [program.heed, "--env-file", str(self.site.state / "env"), command], cwd=program.root, stdout=log, stderr=log,
            env=clean_environment(**self.urls(database), HEED_ROOT=str(program.root), **environment))
        self.started.append(process)
        return process

    def serve(self, database, responders, **environment):
        """(supervisor, socket)"""
        self.sites += 1
        path = self.run / f"site{self.sites}.sock"
        process = self.start(
            "serve", database, HEED_SOCKET=str(path), HEED_RESPONDERS=str(responders), HEED_REQUESTS_PER_RESPONDER="10000000",
            **environment)
        wait_until(lambda: path.exists() or process.poll() is not None, 20, "the responders")
        assert process.poll() is None, (self.folder / f"serve-{database}.log").read_text()
        return process, path

    def sink(self, protocol):
        """The port of a server that takes everything, by `smtp` or `http`."""
        sink = subprocess.Popen(
            [sys.executable, str(ROOT / "Tests" / "Load" / "bench_sink.py"), protocol], stdout=subprocess.PIPE, text=True)
        self.started.append(sink)
        return sink.stdout.readline().strip()

    def work(self, database, workers, program=OURS, **environment):
        """The workers, connected. Their mail goes to a server that takes everything."""
        if not self.mail:
            self.mail = f"smtp://127.0.0.1:{self.sink('smtp')}"
        process = self.start("work", database, program, HEED_WORKERS=str(workers), HEED_SMTP_URL=self.mail, **environment)
        # Not only idle ones: notes of fresh reminders are rendered while nothing else is to do. What is due is looked for after each slice.
        ready = f"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'heed work' AND datname = '{database}'"
        try:
            wait_until(lambda: self.psql("postgres", ready) == str(workers), 30, "the workers")
        except AssertionError as error:
            raise AssertionError((self.folder / f"work-{database}.log").read_text()[-2_000:]) from error
        return process
