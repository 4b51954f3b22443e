"""A site made by `heed dev` for one test or many: real PostgreSQL, nginx, responders and workers, in a folder of its own."""
import http.client
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import heed_base

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Seconds. What is waited for comes at once or, on a machine that does much else, late: waiting longer costs nothing where all is well.
PATIENCE = 90
HEED = os.environ.get("HEED_BINARY", str(ROOT / ".build" / "release" / "heed"))


def clean_environment(**changes):
    """Without the HEED_ settings of whoever runs the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HEED_")}
    return {**kept, **changes}


def wait_until(condition, seconds=30, what="it"):
    """Polls, and fails after `seconds`; returns the first true value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {seconds} seconds")


def until(condition, what):
    """The same, as long as anything may take."""
    return wait_until(condition, PATIENCE, what)


def exchange(link, method, path, headers, body):
    """One request on a connection of its own, not following redirects: (status, headers, body)."""
    try:
        link.request(method, path, body=body, headers=headers or {})
        answer = link.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        link.close()


class Site:
    def __init__(self, state=None, *arguments, environment=None, cwd=ROOT):
        self.own_folder = state is None
        self.state = pathlib.Path(state or tempfile.mkdtemp(prefix="heed-", dir="/tmp"))
        if self.own_folder:
            self.state.chmod(0o755)
        self.arguments = arguments
        self.environment = environment or {}
        self.cwd = cwd
        # Whether it begins with a copy of a migrated cluster, and not from nothing.
        self.is_copied = self.own_folder
        self.process = None
        self.lines = []

    def spawn(self):
        """Starts without waiting until it is up."""
        data = self.state / "postgres"
        if self.is_copied and not data.exists() and (base := heed_base.base(HEED, ROOT)):
            heed_base.copy(base, data)
        # Ends with the tests, however they end. (With the thread that starts it, to be exact: start sites on the main one.)
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", HEED, "dev", "--state", str(self.state), *self.arguments], cwd=self.cwd, env=clean_environment(**self.environment),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        return self

    def start(self):
        """Starts and waits for the ready line."""
        self.spawn()
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith("heed: other commands"):
                break
        ready = [line for line in self.lines if line.startswith("heed: ready at ")]
        assert ready, "heed dev did not start:\n" + "\n".join(self.lines)
        self.url = ready[0].removeprefix("heed: ready at ")
        self.port = int(self.url.rsplit(":", 1)[1])
        return self

    def stop(self, number=signal.SIGINT, seconds=PATIENCE):
        """Ends it as Ctrl-C would; returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=seconds)
        self.lines += (rest or "").splitlines()
        return self.process.returncode

    def remove(self):
        if self.process and self.process.poll() is None:
            self.stop()
        home = self.home
        shutil.rmtree(self.state, ignore_errors=True)
        if home != self.state:
            shutil.rmtree(home, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.remove()

    @property
    def home(self):
        """Where cluster, sockets and mail are."""
        link = self.state / "home"
        return pathlib.Path(os.readlink(link)) if link.is_symlink() else self.state

    @property
    def env(self):
        """The settings in DIR/env."""
        lines = (self.state / "env").read_text().splitlines()
        pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
        return {key: value.strip('"') for key, value in pairs}

    def command(self, *arguments, environment=None, **more):
        """Runs another command of heed that joins this site."""
        return subprocess.run(
            [HEED, "--env-file", str(self.state / "env"), *arguments], cwd=ROOT, env=clean_environment(**(environment or {})),
            capture_output=True, text=True, timeout=120, **more)

    def check(self, environment):
        """`heed check` with these settings, and the system's zones by another name: by the usual one it asks apt-cache, which takes a second on
        a machine where that keeps no cache."""
        return self.command("check", environment={"HEED_ZONEINFO": "/usr/share/zoneinfo/.", **environment})

    def sql(self, text, role="postgres"):
        """Runs SQL, by default as the superuser of the private cluster; returns the unaligned rows as text."""
        result = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.home / "run"), "-U", role, "-d", "heed", "-c", text],
            capture_output=True, text=True, timeout=PATIENCE, cwd="/")
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def request(self, method, path, headers=None, body=None):
        """One request to nginx, not following redirects: (status, headers, body)."""
        return exchange(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE), method, path, headers, body)

    def processes(self):
        """All processes of this site but `heed dev` itself: {pid: name}."""
        found = {}
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            pid = int(folder.name)
            try:
                stderr = os.readlink(folder / "fd" / "2")
                name = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                dead = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
            except OSError:
                continue
            if not dead and stderr.startswith(f"{self.state.resolve()}/log/"):
                found[pid] = name
        return found
