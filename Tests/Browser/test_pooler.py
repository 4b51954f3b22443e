"""Heed behind PgBouncer, as Debian has it: what works in session mode, what does not by the transaction, and what `heed check` says of both."""
import itertools
import os
import signal
import subprocess

import pytest

from heed_dev import HEED, ROOT, Site, clean_environment, until
from heed_front import Front
from test_dev import part_of
from test_production import sign_up

LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
ROLES = {"web": "HEED_DATABASE_URL", "work": "HEED_WORK_DATABASE_URL", "owner": "HEED_OWNER_DATABASE_URL"}


class Pooler:
    """PgBouncer in front of a site's cluster, in a folder beside its sockets."""

    numbers = itertools.count(1)

    def __init__(self, site, mode, *lines):
        self.site, self.folder = site, site.home / "run" / f"pool-{next(self.numbers)}"
        self.folder.mkdir()
        (self.folder / "users").write_text("".join(f'"heed_{role}" ""\n' for role in ROLES))
        settings = {
            "listen_addr": "", "listen_port": 6432, "unix_socket_dir": self.folder, "auth_type": "trust", "auth_file": self.folder / "users",
            "pool_mode": mode, "default_pool_size": 10, "logfile": self.folder / "log", "pidfile": self.folder / "pid",
        }
        text = [f"[databases]\nheed = host={site.home}/run port=5432 dbname=heed\n[pgbouncer]", *(f"{key} = {value}" for key, value in settings.items()), *lines]
        (self.folder / "ini").write_text("\n".join(text) + "\n")
        self.process = None

    def __enter__(self):
        account = self.site.env.get("HEED_USER") if os.geteuid() == 0 else None
        command = ["/usr/sbin/pgbouncer", "-q", self.folder / "ini"]
        if account:
            subprocess.run(["chown", "-R", account, self.folder], check=True)
            command = ["setpriv", "--reuid", account, "--regid", account, "--init-groups", "--pdeathsig", "TERM", "--", *command]
        self.process = subprocess.Popen(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: (self.folder / ".s.PGSQL.6432").exists() or self.process.poll() is not None, "pgbouncer")
        assert self.process.poll() is None, (self.folder / "log").read_text()
        return self

    def __exit__(self, *_):
        # SIGINT waits for clients.
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def urls(self, **more):
        return {name: f"postgresql:///heed?host={self.folder}&port=6432&user=heed_{role}" for role, name in ROLES.items()} | more

    def check(self, **more):
        answer = self.site.check(self.urls(**more))
        return [line.split(maxsplit=1) for line in answer.stdout.splitlines()[:-1] if not line.startswith("ok ") and "nginx: " not in line]


@pytest.fixture(scope="module")
def site():
    with Site(None, "--no-seed", environment={"HEED_PUBLIC_URL": "https://heed.example.org"}) as site:
        yield site


@pytest.fixture
def limits(site):
    """The time limits on the roles, as `heed check` says to set them."""
    site.sql(" ".join(f"ALTER ROLE heed_{role} SET {name} = 9000;" for role in ["web", "work"] for name in LIMITS))
    yield
    site.sql(" ".join(f"ALTER ROLE heed_{role} RESET {name};" for role in ["web", "work"] for name in LIMITS))


def test_what_pgbouncer_refuses_at_first_is_explained(site):
    with Pooler(site, "session") as pooler:
        found = pooler.check()
    assert [kind for kind, _ in found] == ["WRONG"] * 3
    for (_, words), role in zip(found, ROLES):
        assert words.startswith(ROLES[role]) and "ignore_startup_parameters = options" in words and f"ALTER ROLE heed_{role} SET lock_timeout = 5000;" in words


def test_limits_that_do_not_arrive_are_asked_for(site):
    with Pooler(site, "session", "ignore_startup_parameters = options") as pooler:
        found = pooler.check()
    assert [words.split(":")[0] for kind, words in found if kind == "WRONG"] == ["HEED_DATABASE_URL", "HEED_WORK_DATABASE_URL"]
    assert all("no time limit" in words and "ALTER ROLE heed_w" in words for _, words in found)


def test_by_the_session_everything_works(site, limits):
    with Pooler(site, "session", "ignore_startup_parameters = options") as pooler:
        assert pooler.check() == []
        all_of_it_works(site, pooler)


def test_by_the_transaction_it_works_without_prepared_statements(site, limits):
    with Pooler(site, "transaction", "ignore_startup_parameters = options") as pooler:
        found = pooler.check(HEED_PREPARE="off")
        assert [kind for kind, _ in found] == ["note", "note"]
        assert "LISTEN hears nothing" in found[0][1] and found[0][1].startswith("HEED_WORK_DATABASE_URL")
        assert "heed migrate" in found[1][1] and found[1][1].startswith("HEED_OWNER_DATABASE_URL")
        # Nobody calls the worker, and where a clock may be moved it looks by itself every half second.
        all_of_it_works(site, pooler, HEED_PREPARE="off", HEED_CLOCK_FILE=f"{pooler.folder}/clock")


def test_by_the_transaction_prepared_statements_are_refused(site, limits):
    with Pooler(site, "transaction", "ignore_startup_parameters = options") as pooler:
        # The second time another process has left its statements behind.
        for _ in range(2):
            wrong = [words for kind, words in pooler.check() if kind == "WRONG"]
            assert len(wrong) == 3 and all("HEED_PREPARE=off" in words and "pool_mode = session" in words for words in wrong)
            for command in [["serve"], ["work", "--once"]]:
                answer = site.command(*command, environment=pooler.urls(HEED_SOCKET=f"{pooler.folder}/heed.sock"))
                assert answer.returncode != 0 and "HEED_PREPARE=off" in answer.stderr, answer


def stop(site, worker):
    """Stops it between two transactions, or it would keep others from its rows."""
    def is_stopped():
        os.kill(worker, signal.SIGSTOP)
        if site.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'heed work' AND state <> 'idle'") == "0":
            return True
        os.kill(worker, signal.SIGCONT)
    until(is_stopped, "the end of a transaction")


def all_of_it_works(site, pooler, **more):
    """Two responders and a worker through the pooler: a person signs up, and their letter goes out."""
    socket = pooler.folder / "heed.sock"
    environment = clean_environment(**pooler.urls(HEED_SOCKET=str(socket), **more))
    command = ["setpriv", "--pdeathsig", "TERM", HEED, "--env-file", str(site.state / "env")]
    log = open(pooler.folder / "heed.log", "w")
    processes = [subprocess.Popen([*command, name], env=environment, cwd=ROOT, stdout=log, stderr=log) for name in ["serve", "work"]]
    front = Front(socket, site.env.get("HEED_USER", ""))
    # The site's own worker would send the letters too.
    idle = part_of(site, " work-one")
    try:
        stop(site, idle)
        until(socket.exists, "the socket")
        front.start()
        for number in range(6):
            address = f"{pooler.folder.name}-{number}@heed.example"
            status, headers, cookies = sign_up(front, address)
            assert (status, headers["Location"]) == (303, "/")
            cookie = next(cookie for cookie in cookies if cookie.startswith("__Host-heed=")).split(";")[0]
            for path in ["/", "/reminders", "/escalations"]:
                assert front.request("GET", path, {"Cookie": cookie})[0] == 200
        until(lambda: site.sql(f"SELECT count(*) FROM outbox WHERE subject = 'account' AND state = 'sent' AND address = '{address}'") == "1", "the letter")
        assert site.command("user", "create", "--email", f"{pooler.folder.name}@heed.example", "--password-stdin", environment=pooler.urls(**more),
                            input="seven green kettles\n").returncode == 0
        assert site.command("migrate", environment=pooler.urls(**more)).returncode == 0
        assert "audit log is whole" in site.command("audit", "verify", environment=pooler.urls(**more)).stdout
    finally:
        os.kill(idle, signal.SIGCONT)
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=60)
        front.remove()
    log.close()
    told = (pooler.folder / "heed.log").read_text()
    assert '"level":"error"' not in told and "prepared statement" not in told, told
