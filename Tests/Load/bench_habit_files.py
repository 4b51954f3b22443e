"""Habits in files: the figures of a hundred of ten years, reckoned in place, and 730,000 days sent to a site until a worker has taken them in."""
import datetime
import http.client
import re
import statistics
import subprocess
import time
import urllib.parse

from bench_peers import Peers
from bench_posts import csrf_tokens
from bench_site import OURS, clean_environment, end, token, wait_until

DAYS = 3_650
RECKONED, TIMES = 100, 10  # habits, and how often in one measurement
IMPORTED = 200


def dates(last):
    return [(last - datetime.timedelta(days=n)).isoformat() for n in range(DAYS - 1, -1, -1)]


def engine(ground, settings, goals):
    """The release program alone: no database, no page."""
    file = ground.folder / "habits-reckoned.csv"
    done = reckoned(file, dates(datetime.date(2027, 3, 10)))
    rates = []
    for _ in range(settings.rounds):
        rates.append(rate(file, done))
    print(f"{RECKONED} habits of {DAYS:,} days: {statistics.median(rates):,.0f} days a second")
    goals.more("habit days reckoned a second", statistics.median(rates), 1_000_000, 1_000_000)


def rate(file, done):
    """Days a second, by the command's own words: `365000 dates, 300000 kept, 0.250 seconds`."""
    ran = subprocess.run(
        [OURS.heed, "habits", "reckon", "--times", str(TIMES), str(file)], capture_output=True, text=True, timeout=300, env=clean_environment())
    assert ran.returncode == 0, ran.stderr
    days, _, kept, _, seconds, _ = ran.stdout.split()
    assert (int(days), int(kept)) == (TIMES * RECKONED * DAYS, TIMES * done), f"reckoned was something else: {ran.stdout}"
    return int(days) / max(0.001, float(seconds))


def reckoned(file, days):
    """Writes habits in Heed's own CSV, done on nine days of ten: every day, on some weekdays, so often a week, by amounts, some with a pause.

    Returns how many days are done."""
    lines, done = ["record,habit,date,until,state,amount,frequency,days,times,kind,target,name"], 0
    rules = (
        ("daily,,", "tick", "", ""), ("specific_days,mon wed fri,", "tick", "", ""), ("per_week,,3", "tick", "", ""),
        ("daily,,", "amount", "20", "20"))
    for number in range(RECKONED):
        rule, kind, target, amount = rules[number % 4]
        lines.append(f"habit,h{number},{days[0]},,,,,,,{kind},,Habit {number}")
        lines.append(f"frequency,h{number},{days[0]},,,,{rule},,{target},")
        if number % 3 == 0:
            lines.append(f"pause,h{number},{days[1_000]},{days[1_010]},,,,,,,,")
        for place, day in enumerate(days):
            if (place + number) % 10 != 3:
                lines.append(f"day,h{number},{day},,done,{amount},,,,,,")
                done += 1
    file.write_text("\n".join(lines) + "\n")
    return done


def imports(ground, settings, goals):
    """One person after the other brings the same file along, and waits for it."""
    ground.database("imports", settings.rounds, 5)
    file = table(dates(datetime.date.fromisoformat(ground.psql("imports", "SELECT (now() AT TIME ZONE 'UTC')::date"))))
    peers = Peers(ground, {"site": ("imports", 1)}, {})
    team = ground.work("imports", 1)
    try:
        csrf = csrf_tokens(peers.urls["site"], settings.rounds)
        found = [bring(ground, peers.urls["site"], user, csrf[user], file) for user in csrf]
    finally:
        end([team])
        peers.close()
    read, whole = (statistics.median(times) for times in zip(*found))
    print(f"{IMPORTED * DAYS:,} days, {len(file) / 1e6:.1f} MB: shown after {read:.1f} s, there after {whole:.1f} s")
    goals.less(f"{IMPORTED * DAYS:,} days imported, from the file's post to the job's end", whole, 10, 10, " s")


def table(days):
    """A line for each day, a column for each habit: skipped on one day of seven."""
    cells = [",".join("skip" if (start + place) % 7 == 0 else "x" for place in range(IMPORTED)) for start in range(7)]
    head = "date," + ",".join(f"H{number}" for number in range(IMPORTED))
    return "\n".join([head, *(f"{day},{cells[place % 7]}" for place, day in enumerate(days)), ""]).encode()


def bring(ground, site, user, csrf, file):
    """(seconds until the preview, seconds until all is there)"""
    start = time.monotonic()
    head = f'--XX\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n--XX\r\n'
    head += 'Content-Disposition: form-data; name="file"; filename="habits.csv"\r\nContent-Type: text/csv\r\n\r\n'
    page = post(site, user, "/habits/import", head.encode() + file + b"\r\n--XX--\r\n", "multipart/form-data; boundary=XX", 200)
    preview = re.search('data-fact="import" value="([^"]+)"', page)[1]
    read = time.monotonic() - start
    post(site, user, f"/habits/import/{preview}/confirmation", urllib.parse.urlencode({"csrf": csrf}), "application/x-www-form-urlencoded", 303)
    runs = f"SELECT 1 FROM habit_imports i JOIN jobs j ON j.id = i.job_id WHERE i.id = '{preview}' AND j.state IN ('pending', 'running')"
    wait_until(lambda: not ground.psql("imports", runs), 120, "the import's end")
    whole = time.monotonic() - start
    there = int(ground.psql("imports", f"SELECT count(*) FROM habit_days WHERE user_id = md5('user {user}')::uuid"))
    assert there == IMPORTED * DAYS, f"{there} days are there"
    return read, whole


def post(site, user, path, body, kind, status):
    link = http.client.HTTPConnection(urllib.parse.urlsplit(site).netloc, timeout=60)
    try:
        link.request("POST", path, body, {"Cookie": f"heed={token(user)}", "Content-Type": kind})
        answer = link.getresponse()
        text = answer.read().decode()
    finally:
        link.close()
    assert answer.status == status, f"{path} was answered {answer.status}"
    return text
