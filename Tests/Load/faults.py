"""No lost reminder or post, duplicates only with the same Message-ID, full service within seconds, nobody held up. Run by Tests/Load/faults."""
import argparse
import http.client
import secrets
import subprocess
import threading
import time
import traceback

import fault_texts
from fault_site import Checks, MailServer, Person, Site, children, kill_rounds, random, signal, wait_until


class Posters:
    """Clients that post forms without pause; what gets no 303 is posted again with the same nonce, and some of the rest too."""

    def __init__(self, people, seed):
        self.people, self.seed = people, seed
        self.stored, self.strange, self.unanswered, self.refused = {}, [], 0, 0
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(number,)) for number in range(len(people))]

    def run(self, number):
        dice, count = random.Random(self.seed + number), 0
        while not self.ending.is_set():
            count += 1
            title, nonce = f"post {self.seed} {number} {count}", secrets.token_hex(16)
            place = self.persist(number, title, nonce)
            if place and dice.random() < 0.1:
                again = self.persist(number, title, nonce)
                if again != place:
                    self.strange.append(f"{title}: led to {place}, then to {again}")
            time.sleep(0.02)

    def persist(self, number, title, nonce):
        """Until there is a 303; nil when there is none for 60 s."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                status, headers = self.people[number].post(title, nonce)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                status = None
            if status == 303:
                if "/sign-in" in headers["Location"]:
                    self.strange.append(f"{title}: signed out")
                self.stored[title] = headers["Location"]
                return headers["Location"]
            if status == 503 and headers["Retry-After"]:
                self.refused += 1
            elif status is not None:
                self.strange.append(f"{title}: answered {status}")
            time.sleep(0.1)
        self.strange.append(f"{title}: not stored within 60 s")
        return None

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def check(self, checks, site):
        rows = site.sql(f"SELECT title, id FROM reminders WHERE title LIKE 'post {self.seed} %'").splitlines()
        kept = [tuple(row.split("|")) for row in rows]
        lost = [title for title, place in self.stored.items() if (title, place.rsplit("/", 1)[1]) not in kept]
        checks.that(len(self.stored) > 20, f"clients got through: {len(self.stored)} posts")
        checks.that(not lost, f"every post that was answered 303 is stored; lost: {lost[:5]}")
        checks.that(len(kept) == len({title for title, _ in kept}), "no nonce made two reminders")
        checks.that(not self.strange, f"answers are 303, or 503 with Retry-After; strange: {len(self.strange)} {self.strange[:5]}")
        print(f"faults: {len(self.stored)} posts stored, {self.refused} answers of 503, {self.unanswered} links cut", flush=True)


def serves_within(site, person, seconds):
    """How long until a page and a post succeed five times in a row; nil when longer than `seconds`."""
    begin, good = time.monotonic(), 0
    while time.monotonic() - begin < seconds:
        try:
            fine = person.request("GET", "/reminders")[0] == 200
            fine = fine and person.post("service", secrets.token_hex(16))[0] == 303
        except (OSError, http.client.HTTPException):
            fine = False
        good = good + 1 if fine else 0
        if good == 5:
            return time.monotonic() - begin
        time.sleep(0.05)
    return None


def check_fired(checks, site, sink, titles, seconds):
    """Every reminder fired once, has one delivery, and was mailed at least once under one Message-ID. `titles` begin with the same word."""
    mine = f"r.title LIKE '{titles[0].split()[0]} %'"

    def unsent():
        return site.sql(f"""SELECT count(*) FROM reminders r WHERE {mine}
          AND NOT EXISTS (SELECT 1 FROM outbox d WHERE d.reminder_id = r.id AND d.state = 'sent')""")
    try:
        wait_until(lambda: unsent() == "0", seconds, "the last mail")
    except AssertionError:
        pass  # told below
    checks.that(unsent() == "0", f"every reminder is sent within {seconds} s; not sent: {unsent()} of {len(titles)}")
    for table in ["fired", "outbox", "escalations"]:
        odd = site.sql(f"""SELECT r.title, count(x.reminder_id) FROM reminders r LEFT JOIN {table} x ON x.reminder_id = r.id
          WHERE {mine} GROUP BY r.id, r.title HAVING count(x.reminder_id) <> 1 LIMIT 5""")
        checks.that(odd == "", f"one row of {table} for each reminder; not so: {odd}")
    mails = sink.mails()
    lost = [title for title in titles if not mails[title]]
    doubled = sum(len(mails[title]) > 1 for title in titles)
    checks.that(not lost, f"every reminder was mailed; lost: {len(lost)} {lost[:5]}")
    checks.that(all(len(set(mails[title])) <= 1 for title in titles), "mails sent twice have the same Message-ID")
    print(f"faults: {len(titles)} reminders, {doubled} of them mailed more than once", flush=True)


def workers(checks, site, sink, people, options):
    """Kills while mails are under way: half of them go to an address whose server takes a second to answer the message."""
    dice = random.Random(options.seed)
    titles = [f"worker {number}" for number in range(options.rounds * 5)]
    storm = max(options.rounds * 0.25, 2)
    people["ok"].remind(titles[::2], storm)
    people["slow"].remind(titles[1::2], storm)

    def moment():
        if dice.random() < 0.5:
            return time.sleep(dice.uniform(0, 0.2))
        # In the middle of a conversation with the mail server.
        size, end = sink.size(), time.monotonic() + 0.5
        while sink.size() == size and time.monotonic() < end:
            time.sleep(0.001)
    kill_rounds(site, "work-one", options.rounds, dice, moment)
    begin = time.monotonic()
    people["posters"][0].remind(["after the last kill"], 0)
    try:
        wait_until(lambda: sink.mails()["after the last kill"], 15, "a mail")
        print(f"faults: a mail {time.monotonic() - begin:.1f} s after the last kill", flush=True)
    except AssertionError:
        checks.that(False, "a reminder that is due after the last kill is mailed within 15 s")
    # What the killed had in hands waits until their leases are over, after 60 s.
    check_fired(checks, site, sink, titles, 120)


def responders(checks, site, sink, people, options):
    dice = random.Random(options.seed)
    with Posters(people["posters"], 1_000_000 + options.seed) as posters:
        kill_rounds(site, "respond", options.rounds, dice, lambda: time.sleep(dice.uniform(0, 0.2)))
        wait = serves_within(site, people["posters"][0], 15)
        checks.that(wait is not None, "full service within 15 s of the last kill")
    print(f"faults: full service {wait} s after the last kill", flush=True)
    posters.check(checks, site)


def restart_database(site, dice, number):
    """Ends the server as an operator (fast) or a crash (immediate, kill -9) would; heed dev starts it again."""
    pid = int((site.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    mode = ["fast", "immediate"][number % 2]
    subprocess.run(["kill", {"fast": "-INT", "immediate": "-QUIT"}[mode], str(pid)], check=True)
    return mode


def is_up(site):
    try:
        return site.sql("SELECT 1") == "1"
    except (AssertionError, subprocess.TimeoutExpired):
        return False


def postgres(checks, site, sink, people, options):
    person, dice = people["ok"], random.Random(options.seed)
    checks.that(site.sql("SHOW fsync") == "on" and site.sql("SHOW synchronous_commit") == "on", "fsync and synchronous_commit are on")
    titles = [f"database {number}" for number in range(200)]
    person.remind(titles, 25)
    with Posters(people["posters"], 2_000_000 + options.seed) as posters:
        for number in range(4):
            time.sleep(dice.uniform(1, 3))
            mode = restart_database(site, dice, number)
            down = time.monotonic()
            time.sleep(0.3)
            wait_until(lambda: is_up(site), 30, "the database's return")
            up = time.monotonic() - down
            wait = serves_within(site, people["posters"][0], 15)
            print(f"faults: {mode} stop: database back after {up:.1f} s, full service {wait} s later", flush=True)
            checks.that(wait is not None, f"full service within 15 s of the database's return ({mode})")
    posters.check(checks, site)
    check_fired(checks, site, sink, titles, 100)


def smtp(checks, site, sink, people, options):
    def state(name, title):
        rows = people[name].deliveries(title)
        return rows[0] if len(rows) == 1 else ["none" if not rows else "several", 0, str(rows)]

    def comes(name, title, wanted, seconds):
        try:
            wait_until(lambda: state(name, title)[0] == wanted, seconds, wanted)
        except AssertionError:
            pass  # told by the check
        found = state(name, title)
        checks.that(found[0] == wanted, f"{title} is {wanted} within {seconds} s; it is {found}")
        return found

    # Mails that are never answered hold nobody else up.
    for word in ["hang", "hangrcpt"]:
        people[word].remind([f"{word} {number}" for number in range(20)], 0)
        wait_until(lambda: any(word + "@" in event["to"] for event in sink.events("rcpt")), 15, "a mail that hangs")
        begin = time.monotonic()
        people["ok"].remind([f"beside {word}"], 0)
        comes("ok", f"beside {word}", "sent", 10)
        print(f"faults: sent {time.monotonic() - begin:.1f} s after it was due, beside what hangs ({word})", flush=True)

    # The whole server hangs for a while, at every connection or after every message: soon after its return all is sent, what could not
    # connect included.
    for word, titles in [("hanggreeting", ["hung greeting"]), ("hang", [])]:
        time.sleep(11)  # until idle connections have been closed
        sink.control(word)
        people["ok"].remind(titles + [f"during {word}"], 0)
        time.sleep(5)
        sink.control("")
        begin = time.monotonic()
        people["ok"].remind([f"after {word}"], 0)
        for title in titles + [f"after {word}"]:
            comes("ok", title, "sent", 30)
        print(f"faults: sent {time.monotonic() - begin:.1f} s after the server's return ({word})", flush=True)

    # Refused for good: at once, and after the second time the address is switched off and the owner told in the audit log.
    for number in (1, 2):
        people["refuse550"].remind([f"refused {number}"], 0)
        found = comes("refuse550", f"refused {number}", "failed", 10)
        checks.that(found[1] == 1 and "550" in found[2], f"one attempt, with the server's words: {found}")
    off = site.sql(f"SELECT count(*) FROM muted_addresses WHERE user_id = '{people['refuse550'].id}' AND reason = 'refused'")
    told = site.sql(f"SELECT count(*) FROM audit_log WHERE user_id = '{people['refuse550'].id}' AND action = 'agent.off'")
    checks.that((off, told) == ("1", "1"), f"switched off for that address, and told: muted {off}, audit rows {told}")

    # Refused for now, then taken; cut after the message, stored or not.
    for word, mails in [("defer451", 1), ("busy452", 1), ("drop", 1), ("dropstored", 2), ("dropdata", 1)]:
        title = f"after {word}"
        sink.control(word)
        people["ok"].remind([title], 0)
        try:
            wait_until(lambda: people["ok"].deliveries(title) and state("ok", title)[0] == "pending" and state("ok", title)[1] == 1, 15, word)
        except AssertionError:
            checks.that(False, f"{title}: waits for its second attempt; it is {state('ok', title)}")
        sink.control("")
        found = comes("ok", title, "sent", 20)
        ids = sink.mails()[title]
        checks.that(found[1] == 2 and len(ids) == mails and len(set(ids)) == 1,
                    f"{title}: second attempt, {mails} mails, one Message-ID; {found} {ids}")


PARTS = {"smtp": smtp, "responders": responders, "workers": workers, "postgres": postgres, **fault_texts.PARTS}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="kills of responders and of workers")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument("--only", choices=PARTS, action="append")
    options = parser.parse_args()
    print(f"faults: --rounds {options.rounds} --seed {options.seed}", flush=True)
    sink, fine, start = MailServer(), True, time.monotonic()
    # What is sent is counted mail by mail.
    environment = {"HEED_SMTP_URL": f"smtp://127.0.0.1:{sink.port}", "HEED_MAIL_SECONDS": "0"}
    site = Site(None, "--no-seed", "--responders", "3", "--workers", "3", environment=environment)
    try:
        site.start()
        people = {name: Person(site, f"{name}@sink.test") for name in ["ok", "slow", "hang", "hangrcpt", "refuse550"]}
        people["posters"] = [Person(site, f"poster{number}@sink.test").sign_in() for number in range(4)]
        for name in options.only or PARTS:
            checks, begin = Checks(name), time.monotonic()
            try:
                PARTS[name](checks, site, sink, people, options)
            except Exception as error:  # one part that breaks leaves the others standing
                traceback.print_exc()
                checks.that(False, f"{error}")
            fine = checks.close(time.monotonic() - begin) and fine
    finally:
        site.remove()
        sink.close()
    print(f"faults: {'all checks passed' if fine else 'FAILED'}, {time.monotonic() - start:.0f} s", flush=True)
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(SystemExit(143)))
    main()
