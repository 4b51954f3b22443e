"""Servers of Tests/Support for a test or a site: started on a free port, ended with the tests, with every byte that they were sent."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

from heed_dev import ROOT, until


class Sink:
    """One of them: `model_sink.py`, `embed_sink.py`, `e5_server.py`."""

    def __init__(self, script):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-sink-", dir="/tmp"))
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "Tests" / "Support" / script), str(self.folder), "--until-eof"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        until(lambda: (self.folder / "port").exists() or self.process.poll() is not None, script)
        self.port = int((self.folder / "port").read_text())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, test, *steps):
        """What a site calls, with what comes of it where no script is written."""
        return f"http://127.0.0.1:{self.port}/{test}/{','.join(steps)}"

    def script(self, test, *steps):
        """What the next requests of a test are answered with, in turn; none: what its address says."""
        file = self.folder / f"steps-{test}"
        if not steps:
            return file.unlink(missing_ok=True)
        (self.folder / "next").write_text("\n".join(steps) + "\n")
        (self.folder / "next").rename(file)

    def free(self, test):
        """Lets a step `hold` go on."""
        (self.folder / f"free-{test}").touch()

    def hold(self, test):
        """Lets none go on that comes from now on."""
        (self.folder / f"free-{test}").unlink(missing_ok=True)

    def log(self, test=None):
        """What came, in order."""
        file = self.folder / "log.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        found = [json.loads(line) for line in lines]
        return [line for line in found if test in (None, line["test"])]

    def received(self, test=None):
        """Every byte of it, request by request."""
        return [(self.folder / "bytes" / line["file"]).read_bytes() for line in self.log(test)]


def say(content):
    return "say:" + urllib.parse.quote(content, safe="")


def calls(*wanted):
    """An answer that calls tools: pairs of a name and its arguments."""
    return "calls:" + urllib.parse.quote(json.dumps([{"name": name, "arguments": arguments} for name, arguments in wanted]), safe="")
