#!/usr/bin/env python3
"""Builds the Swift tests and runs them in lanes: several processes side by side, each one test after the other.

Most tests wait (for a database, a socket, a child), so a few lanes more than there are cores keep the cores busy; and since a lane does one thing
at a time, the seconds of a test are its own. A process that needs a PostgreSQL starts one of its own, a copy of the first one's, so most suites that do are dealt out
at the beginning, one process a lane; the others wait, and whoever is done takes the next few of them: all lanes end at about the same time. A test that
takes longer than HEED_TEST_SECONDS (480) is named with the stacks of all threads, and the whole run ends: nothing stands still for ever. At the end:
where the time went, and the slowest ten. With --build it only builds them."""
import collections
import contextlib
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT = int(os.environ.get("HEED_TEST_SECONDS", "480"))
LANES = int(os.environ.get("HEED_TEST_LANES", "4"))
# Targets whose suites are dealt out: for a PostgreSQL of their own, or, of a few tests, for their length.
DEALT = {"AppTests", "FuzzTests", "PostgresTests"}
# Suites that begin with what is made once in a process, and takes as long as a hundred tests: with the first go the others.
TOGETHER = {"AppTests.DemoTests": ["AppTests.ListPartsTests"]}
# Suites of which each test takes as long as many: they count for so many, and none of them waits.
LONG = {"AppTests.HostileWalkTests": 45, "AppTests.HostileVisitTests": 30, "AppTests.ListTagWalkTests": 45}
TESTING = ["--testing-library", "swift-testing"]
BUNDLE = ROOT / ".build" / "debug" / "heedPackageTests.xctest"


def suites():
    """Every top-level suite (or test outside of one) and how many tests it has."""
    lines = subprocess.run([BUNDLE, *TESTING, "--list-tests"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    counts = collections.Counter(re.split(r"[/(]", line)[0] for line in lines if re.match(r"\w+Tests\.", line))
    assert counts, "no tests are listed"
    assert set(LONG) <= set(counts), set(LONG) - set(counts)
    for first, others in TOGETHER.items():
        counts[first] += sum(counts.pop(other) for other in others)
    return counts


def is_dealt(suite):
    return suite.split(".")[0] in DEALT


def shares(counts, number):
    """The suites in as many shares, the largest first to whoever has least."""
    made = [[0, []] for _ in range(number)]
    for suite, count in counts.most_common():
        least = min(made, key=lambda share: share[0])
        least[0] += count
        least[1].append(suite)
    return [suites for count, suites in made if suites]


class Lane:
    """One process and what its stream of events tells."""

    def __init__(self, number, suites, folder, base):
        self.events = folder / f"events-{number}"
        self.output = folder / f"output-{number}"
        self.events.touch()
        names = [name for suite in suites for name in [suite, *TOGETHER.get(suite, [])]]
        filters = [part for suite in names for part in ["--filter", f"^{re.escape(suite)}[/(]"]]
        self.process = subprocess.Popen(
            [BUNDLE, *TESTING, "--no-parallel", "--event-stream-output-path", self.events, "--event-stream-version", "0", *filters],
            cwd=ROOT, env={**os.environ, "HEED_TEST_BASE": str(base)},
            stdout=self.output.open("wb"), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
        self.stream = self.events.open("rb")
        self.rest = b""
        self.kinds, self.running, self.took = {}, {}, {}
        self.failed = set()

    def read(self):
        *lines, self.rest = (self.rest + self.stream.read()).split(b"\n")
        for line in lines:
            record = json.loads(line)
            payload = record["payload"]
            if record["kind"] == "test":
                self.kinds[payload["id"]] = payload["kind"]
            else:
                self.note(payload, payload.get("testID"))

    def note(self, payload, test):
        if payload["kind"] == "issueRecorded" and not (payload.get("issue") or {}).get("isKnown"):
            self.failed.add(test)
        if self.kinds.get(test) != "function":
            return
        if payload["kind"] == "testStarted":
            self.running[test] = time.monotonic()
        elif payload["kind"] == "testEnded" and test in self.running:
            self.took[test] = time.monotonic() - self.running.pop(test)

    def hung(self):
        if self.process.poll() is not None:
            return []
        return [test for test, since in self.running.items() if time.monotonic() - since > LIMIT]

    def kill(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def stacks(self):
        print(f"Stacks of process {self.process.pid}:", flush=True)
        # Not lldb, which the toolchain brings and which wants the Python of another distribution.
        told = subprocess.run(["timeout", "90", "eu-stack", "-p", str(self.process.pid)], capture_output=True, text=True, check=False)
        subprocess.run(["swift", "demangle", "--simplified"], input=told.stdout + told.stderr, text=True, check=False)

    def show(self):
        """What went wrong, or all of it when the process died."""
        lines = self.output.read_text(errors="replace").splitlines()
        if self.process.returncode not in (0, 1):
            print(f"A lane ended with {self.process.returncode} during: {', '.join(self.running) or 'no test'}")
            print("\n".join(lines[-60:]))
            return
        for index, line in enumerate(lines):
            if line.startswith(("✘", "↳")) or (index and lines[index - 1].startswith("✘")):
                print(line[:2_000])
        print("\n".join(line for line in lines if line.startswith("✔ Test run with")))


def run(lanes, waiting, begin):
    """Follows all lanes to their end, and lets whoever is done begin with the next share that waits; returns what hung."""
    while True:
        for lane in lanes:
            lane.read()
        if hung := [(lane, tests) for lane in lanes if (tests := lane.hung())]:
            for lane, tests in hung:
                print(f"\nBeyond {LIMIT} seconds:", *tests, sep="\n  ", flush=True)
                lane.stacks()
            return [test for _, tests in hung for test in tests]
        free = LANES - sum(lane.process.poll() is None for lane in lanes)
        for share in waiting[:free]:
            lanes.append(begin(share))
        del waiting[:free]
        if all(lane.process.poll() is not None for lane in lanes):
            for lane in lanes:
                lane.read()
            return []
        time.sleep(0.2)


def index_nothing(folder):
    """SwiftPM looks for tests of XCTest in the index of a build, and ends where a file of tests has none: the index costs a seventh of a build, so each
    gets an empty one."""
    objects = [folder / f"{path.relative_to(ROOT / 'Tests').parts[0]}.build" / f"{path.name}.o" for path in sorted(ROOT.glob("Tests/*Tests/**/*.swift"))]
    with tempfile.TemporaryDirectory() as name:
        empty = [pathlib.Path(name) / f"{number}.swift" for number in range(len(objects))]
        for path in empty:
            path.touch()
        (pathlib.Path(name) / "objects").write_text("".join(f"{path}\n" for path in objects))
        subprocess.run(
            ["swiftc", "-frontend", "-typecheck", "-module-name", "Nothing", "-index-store-path", folder / "index" / "store",
             "-index-unit-output-path-filelist", f"{name}/objects", *[word for path in empty for word in ("-primary-file", path)]], check=True)


def build():
    """Nothing for debuggers: a stack names functions without it. In large batches: each compiler expands the tests of all files of its module again,
    nine seconds of AppTests."""
    folder = subprocess.run(["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    index_nothing(pathlib.Path(folder))
    flags = ["-gnone", "-driver-batch-size-limit", "120"]
    subprocess.run(
        ["swift", "build", "--build-tests", "--disable-index-store", *[word for flag in flags for word in ("-Xswiftc", flag)]], cwd=ROOT, check=True)


@contextlib.contextmanager
def shared_base():
    """A folder where the first process that needs a PostgreSQL leaves a migrated one for the others to copy (Tests/TestSupport/Cluster.swift). By its
    name it is cleared away with the clusters of processes that are gone, should this one be killed."""
    parent = pathlib.Path("/dev/shm")
    if not os.access(parent, os.W_OK | os.X_OK) or shutil.disk_usage(parent).free < 4 << 30:
        parent = pathlib.Path("/tmp")
    base = parent / f"heed-test-{os.getpid()}-0"
    base.mkdir(mode=0o700)
    try:
        yield base
    finally:
        shutil.rmtree(base, ignore_errors=True)


def processors():
    """The ticks of all processors since the machine began: how many were idle, and how many there were."""
    ticks = [int(word) for word in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


def report(took):
    groups = collections.defaultdict(list)
    for test, seconds in took.items():
        groups[test.split(".")[0]].append(seconds)
    print("\nWhere the time went:")
    for target, times in sorted(groups.items(), key=lambda pair: -sum(pair[1])):
        print(f"  {target:<24} {len(times):>5} tests {sum(times):>8.1f} s")
    print("Slowest ten:")
    for test, seconds in sorted(took.items(), key=lambda pair: -pair[1])[:10]:
        print(f"  {seconds:>6.1f} s  {test.rsplit('/', 1)[0]}")


def main():
    began = time.monotonic()
    build()
    if "--build" in sys.argv:
        return 0
    built = time.monotonic()
    idle, ticks = processors()
    counts = suites()
    # Seconds are not known beforehand: every third of the suites that are dealt waits, too, so that nobody is left behind with the slow ones.
    heavy = collections.Counter({suite: max(count, LONG.get(suite, 0)) for suite, count in counts.items() if is_dealt(suite)})
    waits = set([suite for suite, _ in heavy.most_common() if suite not in LONG][::3])
    dealt = shares(collections.Counter({suite: count for suite, count in heavy.items() if suite not in waits}), LANES)
    late = shares(collections.Counter({suite: count for suite, count in heavy.items() if suite in waits}), 2 * LANES)
    light = shares(collections.Counter({suite: count for suite, count in counts.items() if not is_dealt(suite)}), 4 * LANES)
    waiting = late + light
    with tempfile.TemporaryDirectory(prefix="heed-lanes-") as name, shared_base() as base:
        numbers = itertools.count()
        lanes = []
        try:
            hung = run(lanes, dealt + waiting, lambda share: Lane(next(numbers), share, pathlib.Path(name), base))
        finally:
            for lane in lanes:
                lane.kill()
                lane.process.wait()
        for lane in lanes:
            lane.show()
    took = {test: seconds for lane in lanes for test, seconds in lane.took.items()}
    failed = {test for lane in lanes for test in lane.failed} | set(hung)
    died = [lane for lane in lanes if lane.process.returncode != 0]
    report(took)
    for test in sorted(failed):
        print(f"failed: {test}")
    idle, ticks = (after - before for after, before in zip(processors(), (idle, ticks)))
    print(f"swift: the processors were busy for {100 - 100 * idle / max(ticks, 1):.0f} % of it (HEED_TEST_LANES={LANES})")
    print(f"swift: built in {built - began:.0f} s, ran in {time.monotonic() - built:.0f} s")
    print(f"swift: {len(took) - len(failed & set(took))} passed, {max(len(failed), len(died))} failed")
    return 1 if failed or died else 0


if __name__ == "__main__":
    for number in [signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, lambda *_: sys.exit(130))
    sys.exit(main())
