"""`heed dev`: starts a whole private site, survives every kind of death, and leaves nothing behind."""
import contextlib
import os
import pathlib
import pwd
import signal
import socket
import stat
import subprocess
import time

import pytest

from heed_dev import HEED, PATIENCE, ROOT, Site, clean_environment, until

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def site():
    site = Site(None, "--no-seed")
    yield site
    site.remove()


def gone(site):
    until(lambda: not site.processes(), f"the end of {site.processes()}")


def test_it_is_up_when_it_says_so_and_ctrl_c_leaves_no_process(site):
    site.is_copied = False
    site.start()
    assert site.request("GET", "/healthz")[0] == 200
    assert len(site.processes()) >= 6  # postgres, serve, responders, work, worker, nginx
    assert site.stop(signal.SIGINT) == 0
    assert site.processes() == {}
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", site.port), timeout=2)
    assert not list((site.home / "run").iterdir())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_other_ways_to_be_told_to_end(site, number):
    site.start()
    assert site.stop(number) == 0
    assert site.processes() == {}


def test_it_says_where_everything_is(site):
    site.is_copied = False
    site.arguments = ()
    site.start()
    said = "\n".join(site.lines)
    assert "sign in as demo@" in said and str(site.state / "mail") in said and str(site.state / "env") in said
    for folder in ["cur", "new", "tmp"]:
        assert (site.state / "mail" / folder).is_dir()


def test_what_is_secret_is_for_its_owner_only(dev):
    for name in ["env", "secret.key"]:
        assert stat.S_IMODE((dev.state / name).stat().st_mode) == 0o600
    for name in ["run", "postgres", "mail"]:
        assert stat.S_IMODE((dev.home / name).stat().st_mode) == 0o700
    assert len((dev.state / "secret.key").read_text().strip()) == 64


def test_nothing_but_nginx_listens_on_the_network_and_it_on_loopback(dev):
    assert dev.sql("SHOW listen_addresses") == ""
    inodes = {link.split("[")[1][:-1] for pid in dev.processes() for link in links(pid) if link.startswith("socket:[")}
    listening = [line.split() for family in ["tcp", "tcp6"] for line in pathlib.Path("/proc/net", family).read_text().splitlines()[1:]]
    ours = {row[1] for row in listening if row[3] == "0A" and row[9] in inodes}
    assert ours == {f"0100007F:{dev.port:04X}"}


def links(pid):
    found = []
    with contextlib.suppress(FileNotFoundError):  # ended meanwhile
        for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):  # closed meanwhile
                found.append(os.readlink(entry))
    return found


@pytest.mark.skipif(not IS_ROOT, reason="only root can become somebody else")
def test_as_root_nothing_that_meets_strangers_runs_as_root(dev):
    postgres = pwd.getpwnam("postgres").pw_uid
    allowed = (" serve", " work")  # these two and nginx's master keep root, and read nothing from strangers

    def others():
        as_root = []
        for pid, name in dev.processes().items():
            # One may have ended since it was listed.
            with contextlib.suppress(FileNotFoundError):
                as_root += [name] if os.stat(f"/proc/{pid}").st_uid != postgres else []
        return [name for name in as_root if not name.endswith(allowed) and not name.startswith("nginx: master")]

    # A worker that has just been started is still reading its settings.
    until(lambda: not others(), "giving up root")


def test_a_second_run_keeps_the_data(site):
    site.start()
    site.sql("CREATE TABLE kept AS SELECT 42 AS answer")
    key = (site.state / "secret.key").read_text()
    site.stop()
    site.start()
    assert site.sql("SELECT answer FROM kept") == "42"
    assert (site.state / "secret.key").read_text() == key


def test_after_kill_9_its_children_end_by_themselves_and_the_next_run_has_the_data(site):
    site.start()
    site.sql("CREATE TABLE kept AS SELECT 42 AS answer")
    site.process.kill()
    site.process.communicate()
    gone(site)
    site.start()
    assert site.sql("SELECT answer FROM kept") == "42"
    assert site.request("GET", "/healthz")[0] == 200


def test_it_starts_while_the_remains_of_the_killed_one_are_still_there(site):
    for _ in range(3):
        site.start()
        site.process.kill()
        site.process.communicate()
    site.start()
    assert site.request("GET", "/healthz")[0] == 200


def test_it_recovers_when_everything_was_killed_at_once(site):
    site.start()
    site.sql("CREATE TABLE kept AS SELECT 42 AS answer")
    # nginx's workers and PostgreSQL's backends are left alone: they lose their parents.
    victims = [pid for pid, name in site.processes().items() if "worker process" not in name and not name.startswith("postgres: ")]
    for pid in [site.process.pid, *victims]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # ended with its supervisor
    site.process.communicate()
    site.start()
    assert site.sql("SELECT answer FROM kept") == "42"
    site.stop()
    assert site.processes() == {}


def test_a_stale_lock_file_that_names_a_living_stranger_does_not_stop_it(site):
    site.start()
    lock = (site.home / "postgres" / "postmaster.pid").read_text().splitlines()
    site.stop()
    lock[0] = str(os.getpid())
    path = site.home / "postgres" / "postmaster.pid"
    path.write_text("\n".join(lock) + "\n")
    (site.home / "run" / "heed.sock").touch()
    site.start()
    assert site.request("GET", "/healthz")[0] == 200


@pytest.mark.parametrize("seconds", [0.05, 0.5, 1.0, 1.8])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_it_may_be_ended_at_any_moment_of_its_start(site, seconds, number):
    site.is_copied = False
    site.spawn()
    time.sleep(seconds)
    site.process.send_signal(number)
    site.process.communicate(timeout=PATIENCE)
    gone(site)
    site.start()
    assert site.request("GET", "/healthz")[0] == 200


def test_two_with_different_folders_run_side_by_side_and_end_apart(site):
    site.start()
    with Site(None, "--no-seed") as other:
        assert other.port != site.port
        other.sql("CREATE TABLE other_only AS SELECT 1")
        assert site.sql("SELECT to_regclass('other_only') IS NULL") == "t"
        other.stop()
        assert other.processes() == {}
        assert site.request("GET", "/healthz")[0] == 200


def test_two_that_start_at_the_same_moment_get_different_ports(site):
    other = Site(None, "--no-seed")
    site.is_copied = other.is_copied = False
    try:
        site.spawn(), other.spawn()
        ports = {read_port(one) for one in (site, other)}
        assert len(ports) == 2
    finally:
        other.remove()


def read_port(site):
    for line in site.process.stdout:
        site.lines.append(line)
        if line.startswith("heed: ready at "):
            return int(line.rsplit(":", 1)[1])
    raise AssertionError("".join(site.lines))


def test_a_second_one_on_the_same_folder_is_told_so_and_harms_nothing(dev):
    second = subprocess.run([HEED, "dev", "--state", str(dev.state)], capture_output=True, text=True, cwd=ROOT, env=clean_environment(), timeout=PATIENCE)
    assert second.returncode == 1
    assert "already runs" in second.stdout
    assert dev.request("GET", "/healthz")[0] == 200


def test_a_port_that_is_taken_is_named(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        site.arguments = ("--port", str(port), "--no-seed")
        said, _ = site.spawn().process.communicate(timeout=PATIENCE)
        assert site.process.returncode == 1
        assert f"port {port} is in use" in said
    site.start()
    assert site.port == port


@pytest.mark.parametrize("part", ["bin/postgres", " serve", " work", "nginx: master process"])
def test_a_part_that_is_killed_comes_back_and_nothing_is_left_at_the_end(site, part):
    site.start()
    until(lambda: part_of(site, " work-one"), "the first worker")  # and no process half-way between fork and exec
    victim = part_of(site, part)
    os.kill(victim, signal.SIGKILL)
    until(lambda: part_of(site, part) not in (victim, None), "the return")
    until(lambda: up(site), "full service")
    assert site.stop() == 0
    assert any("started again" in line for line in site.lines)
    gone(site)


def part_of(site, part):
    # A command of ours ends with its name: " work" must not find " work-one".
    fits = (lambda name: name.endswith(part)) if part.startswith(" ") else (lambda name: part in name.split(" -")[0])
    return next((pid for pid, name in site.processes().items() if fits(name)), None)


def up(site):
    try:
        return site.request("GET", "/healthz")[0] == 200 and site.request("GET", "/readyz")[0] == 200
    except OSError:
        return False


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgresql_may_be_restarted_by_somebody_else(site, mode):
    site.start()
    folder = next(name for name in site.processes().values() if "bin/postgres" in name).split("/bin/postgres")[0]
    options = f"-c listen_addresses= -c unix_socket_directories={site.home}/run"
    as_owner = ["runuser", "-u", "postgres", "--"] if IS_ROOT else []
    subprocess.run(
        [*as_owner, f"{folder}/bin/pg_ctl", "-D", site.home / "postgres", "-m", mode, "-w", "-o", options, "restart"], check=True, cwd="/",
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE)
    until(lambda: up(site), "full service")
    assert site.stop() == 0
    gone(site)


def test_a_folder_with_a_long_path_gets_a_home_in_var_tmp(tmp_path):
    folder = tmp_path / ("long" * 30)
    with Site(folder, "--no-seed") as site:
        assert str(site.home).startswith("/var/tmp/heed-")
        assert site.env["HEED_SOCKET"].startswith(str(site.home))
        assert stat.S_IMODE(site.home.stat().st_mode) == 0o700
        assert site.request("GET", "/healthz")[0] == 200
        home = site.home
        site.stop()
        site.start()
        assert site.home == home


@pytest.mark.skipif(not IS_ROOT, reason="an ordinary account reaches its own folders")
def test_a_folder_that_postgres_cannot_reach_works_all_the_same(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    source = closed / "source"
    source.mkdir()
    for part in ["static", "nginx", "migrations", "templates"]:
        if (ROOT / part).exists():
            subprocess.run(["cp", "-r", ROOT / part, source / part], check=True)
    with Site(closed / "state", "--no-seed", cwd=source) as site:
        assert str(site.home).startswith("/var/tmp/heed-")
        assert site.request("GET", "/healthz")[0] == 200
        status, _, body = site.request("GET", "/static/heed.css")
        assert (status, body) == (200, (ROOT / "static" / "heed.css").read_bytes())
        assert (site.state / "mail" / "new").is_dir()


def test_settings_of_the_environment_are_passed_on_but_for_its_own(site):
    site.environment = {
        "HEED_SIGN_UP": "closed", "HEED_SMTP_URL": "smtp://127.0.0.1:2525", "HEED_DATABASE_URL": "postgresql://elsewhere/prod",
        "HEED_RESPONDERS": "3", "HEED_SECRET_KEY": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ6JR1bLwTfVU=",
    }
    site.arguments = ("--no-seed", "--responders", "1")
    site.start()
    env = site.env
    assert (env["HEED_SIGN_UP"], env["HEED_RESPONDERS"], env["HEED_SMTP_URL"]) == ("closed", "1", "smtp://127.0.0.1:2525")
    assert "elsewhere" not in env["HEED_DATABASE_URL"]
    assert "HEED_SECRET_KEY" in env and "HEED_SECRET_KEY_FILE" not in env
    assert any("HEED_DATABASE_URL is not used" in line for line in site.lines)


def test_the_clock_can_be_set_from_outside(site, tmp_path):
    tmp_path.chmod(0o755)
    site.environment = {"HEED_CLOCK_FILE": str(tmp_path / "clock")}
    site.start()
    assert site.command("clock", "set", "2030-01-02T03:04:05Z").returncode == 0
    assert site.command("clock").stdout == "2030-01-02T03:04:05Z\n"
    assert site.command("clock", "set", "tomorrow").returncode != 0
    assert site.command("clock").stdout == "2030-01-02T03:04:05Z\n"


def test_nothing_serves_in_a_role_above_the_wall_between_people(dev):
    for name, right, command in [("HEED_DATABASE_URL", "heed_web", ["serve"]), ("HEED_WORK_DATABASE_URL", "heed_work", ["work", "--once"])]:
        for role in ["heed_owner", "postgres"]:
            wrong = {name: dev.env[name].replace(right, role)}
            answer = dev.command(*command, environment=wrong)
            assert (answer.returncode, f"{name}: connects as {role} instead of {right}" in answer.stderr) == (78, True), answer
            found = dev.check(wrong).stdout
            assert f"connects as {role} instead of {right}" in found and f"ok     {name}:" not in found
