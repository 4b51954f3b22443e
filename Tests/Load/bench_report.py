"""Goals and whether they were met, and what else the machine did meanwhile."""
import os
import pathlib
import time

TICKS = os.sysconf("SC_CLK_TCK")


class Goals:
    """ARCHITECTURE's Budgets: ratios of one run, never absolute promises about another machine."""

    def __init__(self):
        self.rows, self.gaps = [], []

    def more(self, name, value, required, ambitious, unit=""):
        self.rows.append((name, value, required, ambitious, unit, "≥"))

    def less(self, name, value, required, ambitious, unit=""):
        self.rows.append((name, value, required, ambitious, unit, "≤"))

    def missing(self, name, reason):
        self.gaps.append((name, reason))

    def print(self):
        wide = max([len(row[0]) for row in self.rows] + [20])
        print(f"\n{'goal':{wide}}{'measured':>12}  {'required':<22}{'ambitious':<22}")
        for name, value, required, ambitious, unit, sign in self.rows:
            words = [f"{sign} {number:g}{unit} {'met' if self.met(value, number, sign) else 'NOT MET'}" for number in (required, ambitious)]
            shown = f"{value:.2f}" if value < 10 else f"{value:,.0f}"
            print(f"{name:{wide}}{shown + unit:>12}  {words[0]:<22}{words[1]:<22}")
        for name, reason in self.gaps:
            print(f"{name}: NOT MEASURED: {reason}")
        met = sum(self.met(row[1], row[2], row[5]) for row in self.rows)
        print(f"{met} of {len(self.rows)} required goals met")

    @staticmethod
    def met(value, number, sign):
        return value >= number if sign == "≥" else value <= number


class Machine:
    """CPU seconds of the whole machine and of this program with everything below it."""

    def __init__(self):
        self.noisy = []

    def __enter__(self):
        self.before = (time.monotonic(), *self.used())
        return self

    def __exit__(self, *_):
        then, busy, own, stolen = self.before
        seconds = time.monotonic() - then
        after = self.used()
        total = seconds * (os.cpu_count() or 1)
        others = max(0.0, (after[0] - busy) - (after[1] - own))
        share, taken = others / total, (after[2] - stolen) / total
        print(f"[{seconds:.0f} s; load average {os.getloadavg()[0]:.1f}; other processes {100 * share:.0f} % of the machine, stolen {100 * taken:.0f} %]", flush=True)
        if share + taken > 0.05:
            self.noisy.append(share + taken)
            print("WARNING: somebody else used this machine: absolute numbers of this part are worth nothing, ratios little", flush=True)

    @staticmethod
    def used():
        """(busy, own, stolen) seconds so far."""
        words = [int(word) / TICKS for word in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
        user, nice, system, _, _, irq, soft, stolen = words[:8]
        times, parents = {}, {}
        for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(path.parent.name)] = int(fields[1])
            times[int(path.parent.name)] = sum(int(word) for word in fields[11:15]) / TICKS  # with those of ended children
        own = {os.getpid()}
        grown = True
        while grown:
            more = {pid for pid, parent in parents.items() if parent in own} - own
            own |= more
            grown = bool(more)
        return user + nice + system + irq + soft, sum(times.get(pid, 0) for pid in own), stolen
