"""A site for many tests: its clock, its mails, and addresses for people."""
import datetime
import email
import email.policy
import itertools
import pathlib
import shutil
import tempfile

from heed_dev import Site, until

UTC = datetime.timezone.utc


class Desk(Site):
    """A site whose clock stands still until a test moves it; with demo data, unless told otherwise."""

    def __init__(self, *arguments, zone="America/Sao_Paulo", environment=None):
        # Of people who do not say where they are.
        self.zone = zone
        self.clock_folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-clock-", dir="/tmp"))
        self.clock_folder.chmod(0o755)
        super().__init__(None, *arguments, environment={"HEED_CLOCK_FILE": str(self.clock_folder / "clock"), **(environment or {})})
        self.numbers = itertools.count(1)
        self.mark = datetime.datetime.now(UTC).replace(second=0, microsecond=0)

    def start(self):
        self.write_clock()
        super().start()
        # What was due when the site was made has happened before anybody looks.
        self.work()
        return self

    def remove(self):
        super().remove()
        shutil.rmtree(self.clock_folder, ignore_errors=True)

    def write_clock(self):
        file = self.clock_folder / "clock"
        (self.clock_folder / "next").write_text(self.mark.strftime("%Y-%m-%dT%H:%M:%SZ\n"))
        (self.clock_folder / "next").rename(file)

    @property
    def now(self):
        return self.mark

    def move(self, **step):
        """Moves the clock forward: move(minutes=2)."""
        self.mark += datetime.timedelta(**step)
        self.write_clock()
        return self.mark

    def at(self, instant):
        """Puts the clock to `YYYY-MM-DDTHH:MM:SSZ`."""
        self.mark = datetime.datetime.fromisoformat(instant)
        self.write_clock()

    def work(self):
        """Does all that is due now."""
        result = self.command("work", "--once")
        assert result.returncode == 0, result.stderr
        return result.stdout

    def new_address(self):
        return f"person{next(self.numbers)}@heed.example"

    def mails(self, address):
        """What the Maildir holds for one address, oldest first."""
        found = []
        for file in (self.state / "mail" / "new").iterdir():
            data = file.read_bytes()
            # Parsing all mails of a long run takes longer than the test.
            if address.encode() not in data:
                continue
            mail = email.message_from_bytes(data, policy=email.policy.default)
            if address in str(mail["To"]):
                found.append((file.stat().st_mtime_ns, mail))
        return [mail for _, mail in sorted(found, key=lambda pair: pair[0])]

    def mail(self, address, subject):
        """The newest mail to an address whose subject holds these words; waits for it."""
        return until(lambda: next((m for m in reversed(self.mails(address)) if subject in m["Subject"]), None), f"mail “{subject}”")
