"""Workers: how fast they fire a backlog beside the same loop in pure SQL, how late they are under a steady rate, what an idle one asks."""
import os
import pathlib
import statistics
import time

from bench_site import OURS, ROOT, SHARED, Program, end

USERS, PER_USER = 100, 2_400
BATCH = 500
SAME = ROOT / "Tests" / "Load" / "bench_fire.pgbench"
PLAIN = SHARED / "sql" / "fire.pgbench"


class Field:
    """The reminders of a database, made due chunk by chunk: each fires once."""

    def __init__(self, ground, program=OURS, name="work"):
        self.ground, self.next, self.program = ground, 1, program
        self.name = ground.database(name, USERS, PER_USER, file="bench_work.sql", program=program)
        self.messages = self.sql("SELECT coalesce(to_regclass('outbox'), to_regclass('deliveries'))")

    def take(self, count):
        chunk = (self.next, self.next + count - 1)
        self.next += count
        assert self.next <= USERS * PER_USER + 1, "no reminders are left to fire"
        return chunk

    def sql(self, text):
        return self.ground.psql(self.name, text)

    def make_due(self, chunk, start, step):
        """From `start` on, one every `step` microseconds; the workers are told."""
        first, last = chunk
        self.sql(f"""
          UPDATE reminders r SET next_at = d.at FROM (
            SELECT md5('reminder ' || i)::uuid AS id, {start} + (i - {first}) * {step} * interval '1 microsecond' AS at
            FROM generate_series({first}, {last}) i) d
          WHERE r.id = d.id; NOTIFY heed_work""")

    def wait(self, seconds, pause=0.5):
        """Until nothing is due any more; false when something still is by then. One look at the end of an index: the workers do the same."""
        stop = time.monotonic() + seconds
        while time.monotonic() < stop:
            if self.sql("SELECT min(next_at) > now() + interval '100 days' FROM reminders WHERE status = 'active'") == "t":
                return True
            time.sleep(pause)
        return False

    def commits(self, chunk, what):
        """An aggregate over `at`, the commit of each firing, and `late`, its distance from the due time in ms."""
        first, last = chunk
        row = self.sql(f"""
          SELECT {what} FROM (SELECT c.at, 1000 * extract(epoch FROM c.at - e.occurrence_at) AS late
            FROM escalations e, LATERAL (SELECT pg_xact_commit_timestamp(e.xmin) AS at) c
            WHERE e.reminder_id IN (SELECT md5('reminder ' || i)::uuid FROM generate_series({first}, {last}) i)) f""")
        return [float(word or 0) for word in row.split("|")]

    def settle(self):
        """Nothing is left to send, and the tables are as tidy as after a while."""
        self.sql(f"DELETE FROM {self.messages} WHERE state IN ('pending', 'held', 'sending')")
        self.sql("UPDATE escalations SET state = 'completed', ended_at = now(), next_step_at = NULL WHERE open")
        self.sql("UPDATE reminders SET next_at = '2200-01-01Z' WHERE status = 'active' AND next_at < now()")
        self.sql("VACUUM ANALYZE")


def rate_of(field, chunk):
    """Fired per second from the first commit to the last; the first batch only starts the clock."""
    count, first, last = field.commits(chunk, "count(*), extract(epoch FROM min(at)), extract(epoch FROM max(at))")
    return (count - BATCH) / max(1e-6, last - first)


def backlog(field, workers, count):
    chunk = field.take(count)
    team = field.ground.work(field.name, workers)
    field.make_due(chunk, "now() - interval '40 seconds'", 100)
    assert field.wait(120), f"{workers} workers did not fire {count} reminders in two minutes"
    rate = rate_of(field, chunk)
    end([team])
    field.settle()
    return rate


def spent(field):
    """CPU seconds of the worker's processes and of the server's for them, so far: steadier than the clock on a machine that others use."""
    def of(pids):
        return sum(int((pathlib.Path("/proc") / pid / "schedstat").read_text().split()[0]) for pid in pids) / 1e9

    server = field.sql(f"SELECT pid FROM pg_stat_activity WHERE application_name = 'heed work' AND datname = '{field.name}'").split()
    ours = [pid.name for pid in pathlib.Path("/proc").glob("[0-9]*") if command_of(pid) == [str(field.program.heed), "work"]]
    return of(ours), of(server)


def command_of(pid):
    try:
        words = (pid / "cmdline").read_text().split("\0")
    except OSError:
        return None
    return [words[0], words[-2]] if len(words) > 2 else None


def alone(field, count):
    """(fired per second, µs of a worker's CPU a reminder, µs of the server's) of one worker with a backlog."""
    chunk = field.take(count)
    team = field.ground.work(field.name, 1, field.program)
    field.make_due(chunk, "now() - interval '40 seconds'", 100)
    assert field.wait(120, pause=0.02), f"{field.program.heed} did not fire {count} reminders in two minutes"
    used = [1e6 * seconds / count for seconds in spent(field)]
    rate = rate_of(field, chunk)
    end([team])
    field.settle()
    return rate, *used


def beside(ground, settings, goals, other):
    """This program and another one, such as an earlier commit, by turns: only so are their rates comparable."""
    fields = {"this": Field(ground), "the other": Field(ground, Program(other), "other")}
    count, found = int(settings.value("BACKLOG", "10000")), {name: [] for name in fields}
    for turn in range(int(settings.value("TURNS", "7"))):
        for name in sorted(fields, reverse=turn % 2 == 0):
            found[name].append(alone(fields[name], count))
    for name, measured in found.items():
        rate, worker, server = (statistics.median(values) for values in zip(*measured))
        print(f"{name}: {rate:.0f} reminders/s with one worker; CPU {worker:.0f} + {server:.0f} µs a reminder, worker + server;"
              f" all rates {' '.join(f'{m[0]:.0f}' for m in measured)}")
    pairs = list(zip(found["this"], found["the other"]))
    goals.more("fired, 1 worker, to the other program", statistics.median(o[0] / t[0] for o, t in pairs), 1, 2)
    goals.more("the other program's CPU a reminder to this one's", statistics.median(sum(t[1:]) / sum(o[1:]) for o, t in pairs), 1, 2)


def same_in_sql(field, clients, count):
    chunk = field.take(count)
    field.make_due(chunk, "now() - interval '40 seconds'", 100)
    rate = BATCH * field.ground.pgbench(field.name, SAME, clients, "-t", str(count // BATCH // clients), role="heed_work")
    field.settle()
    return rate


def fire(ground, settings, goals):
    if other := os.environ.get("HEED_BENCH_OTHER"):
        return beside(ground, settings, goals, other)
    field = Field(ground)
    count = int(settings.value("BACKLOG", "10000"))
    plain = ground.reference("ref_fire", 500) if SHARED.is_dir() else None
    for workers in (1, 2):
        ours, same, thin = [], [], []
        for _ in range(settings.rounds):
            same.append(same_in_sql(field, workers, count))
            ours.append(backlog(field, workers, count))
            if plain:
                thin.append(BATCH * ground.pgbench(plain, PLAIN, workers, "-D", "lim=500", "-t", str(count // BATCH // workers)))
        print(f"{workers} worker{'s' * (workers > 1)}: {statistics.median(ours):.0f} reminders/s; the same rows in pure SQL {statistics.median(same):.0f},"
              f" the reference's two rows {statistics.median(thin) if thin else 0:.0f}")
        goals.more(f"fired, {workers} worker(s), to the same rows in pure SQL", statistics.median(o / s for o, s in zip(ours, same)), 0.5, 0.8)
        if thin:
            goals.more(f"fired, {workers} worker(s), to the reference's two rows", statistics.median(o / t for o, t in zip(ours, thin)), 0.5, 0.8)


def late(ground, settings, goals):
    field = Field(ground)
    rates = ((1_000, 6, 100, 15), (10_000, 4, 150, 40))
    field.next = USERS * PER_USER - 2 * sum(rate * seconds for rate, seconds, *_ in rates) + 1
    for rate, seconds, required, ambitious in rates:
        for workers in (1, 2):
            chunk = field.take(rate * seconds)
            team = ground.work(field.name, workers)
            field.make_due(chunk, f"clock_timestamp() + interval '{3 + rate * seconds // 8_000} seconds'", 1_000_000 // rate)
            complete = field.wait(3 * seconds + 40)
            count, p50, p99, worst, lasted = field.commits(
                chunk, "count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY late), percentile_cont(0.99) WITHIN GROUP (ORDER BY late), max(late),"
                " extract(epoch FROM max(at) - min(at))")
            sent = field.sql(f"SELECT count(*) FROM {field.messages} WHERE state = 'sent' AND sent_at > now() - interval '1 minute'")
            print(f"{rate} due a second, {workers} worker{'s' * (workers > 1)}: {count:.0f} of {rate * seconds} fired, {count / max(lasted, 0.001):.0f}/s;"
                  f" late p50 {p50:.0f}, p99 {p99:.0f}, at most {worst:.0f} ms; {sent} mails sent meanwhile")
            goals.less(f"lateness p99, {rate:,} due a second, {workers} worker(s)", p99 if complete else float("inf"), required, ambitious, " ms")
            end([team])
            field.settle()


def idle(ground, settings, goals):
    """The site's own worker: nothing is due."""
    seconds = int(settings.value("IDLE", "60"))
    ground.psql("heed", "SELECT pg_stat_statements_reset()")
    time.sleep(seconds)
    calls = int(ground.psql("heed", """SELECT coalesce(sum(s.calls), 0) FROM pg_stat_statements s
      JOIN pg_roles r ON r.oid = s.userid JOIN pg_database d ON d.oid = s.dbid WHERE r.rolname = 'heed_work' AND d.datname = 'heed'"""))
    print(f"an idle worker sent {calls} statements in {seconds} s")
    goals.less("idle worker, queries a minute", calls * 60 / seconds, 60, 2)
