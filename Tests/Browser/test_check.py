"""`heed check` says what is wrong and what to do about it, for every setting and what it needs around it."""
import itertools
import os
import pathlib
import shutil
import socket
import subprocess
import threading
import time

import pytest

from heed_dev import HEED, ROOT, Site, clean_environment

IS_ROOT = os.geteuid() == 0
KEY = "M2ZAZUJJYnBXuvh7bwfSUMzgTnwLNQ/E+Cd6Krxa8iU="


@pytest.fixture(scope="module")
def site():
    with Site(None, "--no-seed") as site:
        made = site.command("user", "create", "--email", "a@heed.example", "--password-stdin", input="seven green kettles\n")
        assert made.returncode == 0, made.stderr
        yield site


@pytest.fixture
def open_path(tmp_path):
    """A folder that every account of this system can enter."""
    # Processes of xdist have one folder more in between.
    for folder in itertools.takewhile(lambda folder: folder.owner() == tmp_path.owner() and folder.name != "tmp", [tmp_path, *tmp_path.parents]):
        folder.chmod(0o755)
    return tmp_path


def check(site, **changes):
    """The exit status, and the lines by kind: {"WRONG": [...], "note": [...], "ok": [...]}."""
    answer = site.check(changes)
    lines = {"WRONG": [], "note": [], "ok": []}
    for line in answer.stdout.splitlines()[:-1]:
        kind, words = line.split(maxsplit=1)
        # How new this machine's nginx and zones are, is not the site's doing.
        if not words.startswith(("nginx: ", "zone data: ")):
            lines[kind].append(words)
    assert answer.returncode == (1 if "WRONG" in answer.stdout else 0), answer
    return lines


def only(lines, *words):
    """All these words stand in the one thing that is wrong."""
    assert len(lines["WRONG"]) == 1, lines
    for word in words:
        assert word in lines["WRONG"][0]


@pytest.mark.parametrize("version, year, words", [("2025b", 2025, "note   zone data: 2025b is more than a year old"), ("2026b", 2026, "ok     zone data: 2026b")])
def test_zone_data_is_named_and_told_when_it_is_older_than_a_year(site, open_path, version, year, words):
    folder = open_path / "zoneinfo"
    (folder / "America").mkdir(parents=True)
    shutil.copy("/usr/share/zoneinfo/America/New_York", folder / "America" / "New_York")
    shutil.copy("/usr/share/zoneinfo/Etc/UTC", folder / "UTC")
    (folder / "tzdata.zi").write_text(f"# version {version}\nZ America/New_York -5 - E\nZ UTC 0 - UTC\n")
    made = time.mktime((year, 6, 1, 12, 0, 0, 0, 0, 0))
    os.utime(folder / "tzdata.zi", (made, made))
    clock = open_path / "clock"
    clock.write_text("2026-11-21T09:00:00Z\n")
    answer = site.check({"HEED_ZONEINFO": str(folder), "HEED_CLOCK_FILE": str(clock)})
    assert words in answer.stdout, answer.stdout
    assert answer.returncode == 0


def test_a_site_of_heed_dev_has_nothing_wrong(site):
    lines = check(site, HEED_ZONEINFO="/usr/share/zoneinfo")
    assert lines["WRONG"] == lines["note"] == []
    for place in ["HEED_ROOT", "HEED_SOCKET", "HEED_ZONEINFO", "HEED_DATABASE_URL", "HEED_WORK_DATABASE_URL", "HEED_OWNER_DATABASE_URL", "HEED_MAILDIR"]:
        assert any(line.startswith(f"{place}: ") for line in lines["ok"])


@pytest.mark.parametrize("given, words", [({}, "the public Internet only"), ({"HEED_ALLOW_LAN": "10.1.0.0/16,10.2.0.0/16"}, "the public Internet and 10.1.0.0/16, 10.2.0.0/16")])
def test_what_requests_may_reach_is_told(site, given, words):
    assert any(line.startswith("HEED_ALLOW_LAN: ") and words in line for line in check(site, **given)["ok"])


def url(site, **more):
    parts = {"host": site.home / "run", "user": "heed_web", "name": "heed", **more}
    return f"postgresql:///{parts.pop('name')}?" + "&".join(f"{key}={value}" for key, value in parts.items())


@pytest.mark.parametrize("given, words", [
    ("postgresql://heed_web@localhost:1/heed", ["does not answer", "Connection refused. Is the server running"]),
    ("postgresql://heed_web@localhost:1,localhost:2/heed", ["TCP/IP connections? connection to server"]),
    ("postgresql:///heed?host=/nowhere&user=heed_web", ["does not answer", "No such file or directory. Is the server running"]),
    ("postgresql://heed_web@nosuch.invalid/heed", ["nosuch.invalid", "Is the host's name right?"]),
    ("postgresql://heed_web@localhost/heed?nonsense=1", ["nonsense", "Write it like postgresql://heed_web@localhost/heed"]),
])
def test_a_database_that_is_not_there_is_told_from_a_url_that_is_none(site, given, words):
    only(check(site, HEED_DATABASE_URL=given), "HEED_DATABASE_URL: ", *words)


@pytest.mark.parametrize("command", [["serve"], ["work"], ["migrate"], ["seed"], ["audit", "verify"], ["user", "create", "--email", "b@heed.example", "--password-stdin"]])
def test_every_command_says_the_same_when_it_cannot_connect(site, command):
    away = {name: "postgresql://localhost:1/heed" for name in ["HEED_DATABASE_URL", "HEED_WORK_DATABASE_URL", "HEED_OWNER_DATABASE_URL"]}
    answer = site.command(*command, environment=away, input="seven green kettles\n")
    assert (answer.returncode, answer.stdout) == (1, "") and answer.stderr.startswith("heed: HEED_"), answer
    assert "the database does not answer: " in answer.stderr and "Connection refused. Is the server running" in answer.stderr


@pytest.mark.parametrize("more, words", [
    ({"name": "nosuch"}, ['database "nosuch" does not exist', "CREATE DATABASE heed OWNER heed_owner"]),
    ({"user": "nosuch"}, ['role "nosuch" does not exist', "CREATE ROLE heed_web LOGIN"]),
    ({"user": "heed_work"}, ["connects as heed_work instead of heed_web", "Name it in the URL."]),
    ({"options": "-c%20statement_timeout%3D0"}, ["no time limit", "ALTER ROLE heed_web SET statement_timeout = 10000;"]),
])
def test_what_the_database_refuses_or_lacks_is_explained(site, more, words):
    only(check(site, HEED_DATABASE_URL=url(site, **more)), "HEED_DATABASE_URL: ", *words)


def test_three_urls_that_name_two_databases_are_found(site):
    site.sql("CREATE DATABASE other OWNER heed_owner")
    other = {role: url(site, name="other", user=f"heed_{role}") for role in ["web", "work", "owner"]}
    lines = check(site, HEED_WORK_DATABASE_URL=other["work"])
    only(lines, "HEED_WORK_DATABASE_URL: the database is older than this program", "heed migrate")
    assert site.command("migrate", environment={"HEED_OWNER_DATABASE_URL": other["owner"]}).returncode == 0
    only(check(site, HEED_WORK_DATABASE_URL=other["work"]), "HEED_WORK_DATABASE_URL: is another database than that of HEED_DATABASE_URL")
    assert check(site, HEED_DATABASE_URL=other["web"], HEED_WORK_DATABASE_URL=other["work"], HEED_OWNER_DATABASE_URL=other["owner"])["WRONG"] == []


def test_a_superusers_grant_that_is_missing_is_noted(site):
    def notes():
        return [line for line in check(site)["note"] if "superuser.sql" in line]
    assert notes() == []
    site.sql("REVOKE heed_web FROM heed_work")
    try:
        assert len(notes()) == 1 and "HEED_WORK_DATABASE_URL: " in notes()[0] and "the assistant answers nothing" in notes()[0]
    finally:
        # It is harmless when repeated.
        for _ in range(2):
            site.sql((pathlib.Path(ROOT) / "migrations" / "superuser.sql").read_text())
    assert notes() == []


def test_more_processes_than_the_server_has_connections_are_noted(site):
    assert any("max_connections" in line for line in check(site, HEED_RESPONDERS="250")["note"])


def test_another_key_than_the_audit_log_was_written_with_is_found(site):
    only(check(site, HEED_SECRET_KEY=KEY, HEED_SECRET_KEY_FILE=""), "HEED_SECRET_KEY: ", "Put the old key back")


def test_a_wrong_root_is_blamed_on_nothing_else(site, tmp_path):
    only(check(site, HEED_ROOT="/nowhere"), "HEED_ROOT: cannot enter /nowhere", "static/, nginx/ and migrations/")
    lines = check(site, HEED_ROOT="/usr")
    assert len(lines["WRONG"]) == 3 and all(line.startswith("HEED_ROOT: ") for line in lines["WRONG"])
    for command in ["serve", "work"]:
        answer = site.command(command, environment={"HEED_ROOT": "/nowhere"})
        assert (answer.returncode, answer.stderr.startswith("heed: HEED_ROOT: ")) == (78, True), answer


def test_zone_files_that_are_not_there_are_asked_for(site):
    only(check(site, HEED_ZONEINFO="/nowhere"), "HEED_ZONEINFO: cannot read /nowhere/", "tzdata")


@pytest.mark.parametrize("path, words", [
    ("/nowhere/heed.sock", ["cannot enter /nowhere", "Make the folder"]),
    ("/etc/passwd/heed.sock", ["/etc/passwd is a file"]),
    ("/etc/passwd", ["/etc/passwd is a file and no socket", "Move it away"]),
    ("/etc", ["is a folder and no socket", "Move it away"]),
])
def test_a_place_where_no_socket_can_be_is_found(site, path, words):
    only(check(site, HEED_SOCKET=path), "HEED_SOCKET: ", *words)
    answer = site.command("serve", environment={"HEED_SOCKET": path})
    assert (answer.returncode, "HEED_SOCKET: " in answer.stderr) == (1, True), answer


def test_a_group_that_is_none_is_found(site):
    only(check(site, HEED_SOCKET_GROUP="nosuch"), "HEED_SOCKET_GROUP: ", "no such group", "www-data")


def test_what_an_ordinary_account_may_not_do_is_said(site, open_path):
    """As the account that systemd gives the service."""
    program = open_path / "heed"
    shutil.copy(HEED, program)
    other = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--"] if IS_ROOT else []
    given = {key: value for key, value in site.env.items() if not key.startswith("HEED_SECRET_KEY")} | {"HEED_SECRET_KEY": KEY}
    given |= {"HEED_SOCKET": "/usr/heed.sock", "HEED_SOCKET_GROUP": "root", "HEED_MAILDIR": "/usr/mail"}
    told = subprocess.run([*other, program, "check"], cwd="/", env=clean_environment(**given), capture_output=True, text=True, timeout=120).stdout
    for words in ["may not make the socket in /usr: Permission denied. As root: chown ", "is not in root and cannot give it the socket: SupplementaryGroups=root",
                  "may not write to /usr: Permission denied."]:
        assert words in told


@pytest.mark.skipif(not IS_ROOT, reason="only root can become somebody else")
def test_root_looks_as_the_account_that_the_processes_run_as(site, tmp_path):
    tmp_path.chmod(0o700)
    only(check(site, HEED_MAILDIR=str(tmp_path / "mail")), "HEED_MAILDIR: ", f"{site.env['HEED_USER']} may not write to {tmp_path}")


def test_a_maildir_that_is_a_file_is_found(site):
    only(check(site, HEED_MAILDIR="/etc/passwd"), "HEED_MAILDIR: /etc/passwd is a file")


@pytest.mark.parametrize("server, words", [
    ("smtp://127.0.0.1:1", ["cannot be used", "firewall"]), ("smtp://nosuch.invalid", ["nosuch.invalid", "firewall"]),
    ("smtps://127.0.0.1:1", ["cannot be used"]),
])
def test_a_mail_server_that_is_not_there_is_found(site, server, words):
    only(check(site, HEED_SMTP_URL=server), "HEED_SMTP_URL: ", *words)


@pytest.mark.parametrize("said, setting, words", [
    (b"SSH-2.0-OpenSSH_9.2\r\n", "HEED_SMTP_URL", "cannot be used"), (b"554 5.7.1 no service for you\r\n", "HEED_SMTP_URL", "554 no service for you"),
    (b"220 mail\r\n250-mail\r\n250 AUTH PLAIN\r\n535 5.7.8 wrong\r\n", "HEED_SMTP_USER", "does not let “me” in: 535"),
])
def test_what_a_mail_server_says_is_passed_on(site, said, setting, words):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer():
            link, _ = listener.accept()
            with link, link.makefile("rb") as heard:
                for line in said.splitlines(keepends=True):
                    link.sendall(line)
                    if line[3:4] != b"-" and not heard.readline():
                        return

        server = threading.Thread(target=answer, daemon=True)
        server.start()
        port = listener.getsockname()[1]
        only(check(site, HEED_SMTP_URL=f"smtp://127.0.0.1:{port}", HEED_SMTP_USER="me", HEED_SMTP_PASSWORD="guess"), f"{setting}: ", words)


def test_a_clock_that_says_nothing_is_noted(site, open_path):
    file = open_path / "clock"
    assert any("cannot read" in line and line.startswith("HEED_CLOCK_FILE: ") for line in check(site, HEED_CLOCK_FILE=str(file))["note"])
    file.write_text("tomorrow\n")
    assert any("holds no instant" in line for line in check(site, HEED_CLOCK_FILE=str(file))["note"])
    file.write_text("2030-01-02T03:04:05Z\n")
    assert any("it is 2030-01-02T03:04:05Z here" in line for line in check(site, HEED_CLOCK_FILE=str(file))["note"])


def test_a_secret_in_a_file_for_everybody_is_found(site, open_path):
    file = open_path / "secret"
    shutil.copy(site.state / "secret.key", file)
    file.chmod(0o644)
    only(check(site, HEED_SECRET_KEY_FILE=str(file)), f"{file}: ", f"chmod o= {file}")
    file.chmod(0o640)
    assert check(site, HEED_SECRET_KEY_FILE=str(file))["WRONG"] == []


@pytest.mark.parametrize("seconds, is_wrong", [("20", False), ("21", False), ("34", False), ("35", True), ("600", True)])
def test_a_request_may_not_outlast_nginxs_patience(site, seconds, is_wrong):
    lines = check(site, HEED_REQUEST_SECONDS=seconds)
    if is_wrong:
        only(lines, f"HEED_REQUEST_SECONDS: is {seconds}, but nginx gives up on an answer after 35s (fastcgi_read_timeout in {ROOT}/nginx/pass.conf)")
    else:
        assert lines["WRONG"] == []
    stop = f"set TimeoutStopSec={int(seconds) + 25} in heed-serve.service"
    assert any(stop in line for line in lines["note"]) == (int(seconds) > 20)


@pytest.mark.parametrize("patience, is_wrong", [("1m", False), ("1m 30s", False), ("40000ms", False), ("9s", True), ("20", True)])
def test_nginxs_patience_is_read_as_nginx_reads_it(site, open_path, patience, is_wrong):
    for part in ["static", "nginx", "migrations"]:
        shutil.copytree(ROOT / part, open_path / part)
    file = open_path / "nginx" / "pass.conf"
    file.write_text(file.read_text().replace("fastcgi_read_timeout 35s;", f"fastcgi_read_timeout {patience};  # was 35s;"))
    assert bool(check(site, HEED_ROOT=str(open_path))["WRONG"]) == is_wrong


def test_in_production_what_nginx_would_be_given_is_compared(site):
    lines = check(site, HEED_ENV="production", HEED_PUBLIC_URL="https://heed.example.net", HEED_SMTP_URL="", HEED_SOCKET_GROUP="daemon" if IS_ROOT else "")
    assert any(line.startswith("HEED_SMTP_URL: is missing") for line in lines["WRONG"])
    if not pathlib.Path("/etc/nginx/heed/heed.conf").exists():
        assert any(f"HEED_SOCKET: is {site.home}/run/heed.sock, but" in line and "/run/heed/heed.sock" in line for line in lines["note"])
        assert any(line.startswith("HEED_ROOT: is ") and "takes files from /usr/share/heed" in line for line in lines["note"])
    if IS_ROOT:
        assert any("nginx runs as www-data, which is not in the socket's group" in line and "HEED_SOCKET_GROUP=www-data" in line for line in lines["WRONG"])
