#!/usr/bin/env python3
"""An IMAP server that misbehaves on request; what a good one does is for `imap_box.py` to show.

    imap_sink.py DIR [--tls | --starttls] [--cert C --key K] [--until-eof]

DIR/port       the port, written once it listens on 127.0.0.1
DIR/log.jsonl  one object a line: {"event": connect|command|close, "connection": n, "line": …}; of sign-ins the user alone
DIR/control    until somebody is signed in: one word of
               hanggreeting dropgreeting byegreeting floodgreeting floodline nogreeting (HTTP) hangsignin noauth

Afterwards the user's name says what happens; each holds three mails, UIDs 5, 6 and 9, "Subject: UID":
  ok
  denied busy           the sign-in: NO [AUTHENTICATIONFAILED], NO [UNAVAILABLE]; echo: BAD with the password
  nofolder nobody shut  EXAMINE: NO [NONEXISTENT], NO, NO [INUSE]; badfolder: BAD
  novalidity nonext     EXAMINE without UIDVALIDITY, without UIDNEXT
  bye drop garbage hang wrongtag plus nul endless flood hugeliteral   instead of the answer to UID SEARCH
  nosearch              NO to UID SEARCH
  longsearch            200,000 mails
  nosizes nosize6       NO to sizes; none for the second
  nomail6 nil6 gone6    NO to the second mail; NIL in its place; nothing
  drop6 hang6 bye6 short6   in the middle of the second mail
  lies6 huge6           the second mail has 3 MB, 900 MB, where 20 bytes were said
  longer6               the second mail goes on after its end
  garbled6 baduid6 badsize6   parentheses that never end around the second mail; its UID, its size is none
  again6                the second mail once so that it cannot be read, then as it should be
  words6 nul6           no answer at all in place of the second mail; one with a NUL in it
  wrongtag6             another question's end behind the second mail
  renumbered6 renumbered9 samenumber6   the folder has another UIDVALIDITY from the second or third mail on; says the same once more
  brackets6             the second mail with parts and flags around it that nobody asked for
  unasked               says things that nobody asked at every turn
  early                 goes on talking in one breath with the end of the sign-in
  zeronext              UIDNEXT 0; jump: UIDNEXT far ahead of the mails, of which the last has UID 4,000,000,000
  drip                  answers byte by byte
"""
import argparse, asyncio, base64, json, os, re, ssl

MAILS = {uid: b"Subject: %d\r\n\r\nhello {3}\r\n" % uid for uid in (5, 6, 9)}


class Talk:
    def __init__(self, sink, number, reader, writer):
        self.sink, self.number, self.reader, self.writer, self.user = sink, number, reader, writer, ""
        self.is_secure = False

    def log(self, event, **more):
        self.sink.log_file.write(json.dumps({"event": event, "connection": self.number, **more}) + "\n")

    async def say(self, data):
        if self.user == "drip":
            for byte in data:
                self.writer.write(bytes([byte]))
                await self.writer.drain()
                await asyncio.sleep(0.0005)
        else:
            self.writer.write(data)
            await self.writer.drain()

    async def flood(self, data):
        while not self.writer.is_closing():
            self.writer.write(data)
            await self.writer.drain()

    async def hang(self):
        await asyncio.sleep(600)

    async def run(self):
        word = self.sink.control()
        if word == "hanggreeting":
            await self.hang()
        if word == "dropgreeting":
            return self.writer.transport.abort()
        if word == "byegreeting":
            return await self.say(b"* BYE too many of you\r\n")
        if word == "floodgreeting":
            await self.flood(b"* OK welcome\r\n" * 5000)
        if word == "floodline":
            await self.flood(b"* OK welcome" * 5000)
        if word == "nogreeting":
            return await self.say(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await self.say(b"* OK sink {7}\r\n")
        while line := await self.reader.readline():
            tag, _, rest = line.strip().partition(b" ")
            self.log("command", line=re.sub(rb'(?i)^(login \S+).*', rb"\1", rest).decode())
            words = rest.upper().split(b" ")
            if words[0] == b"CAPABILITY":
                # libcurl 7.88 never forgets LOGINDISABLED: who says so before TLS has to offer another way after it.
                tls = b" AUTH=PLAIN" if self.is_secure else b" STARTTLS LOGINDISABLED" if self.sink.options.starttls else b""
                await self.say(b"* CAPABILITY IMAP4rev1" + tls + b"\r\n" + tag + b" OK done\r\n")
            elif words[0] == b"STARTTLS":
                await self.say(tag + b" OK begin\r\n")
                await self.writer.start_tls(self.sink.context)
                self.is_secure = True
            elif words[0] == b"AUTHENTICATE":
                await self.say(b"+ \r\n")
                _, user, password = base64.b64decode(await self.reader.readline()).split(b"\0")
                self.log("command", line="LOGIN " + user.decode())
                await self.sign_in(tag, b"LOGIN " + user + b" " + password)
            elif words[0] == b"LOGIN":
                await self.sign_in(tag, rest)
            elif words[0] == b"EXAMINE":
                await self.examine(tag)
            elif words[:2] == [b"UID", b"SEARCH"]:
                await self.search(tag, words)
            elif words[:2] == [b"UID", b"FETCH"] and b"RFC822.SIZE)" in words:
                await self.sizes(tag, words)
            elif words[:2] == [b"UID", b"FETCH"]:
                await self.mail(tag, int(words[2]))
            elif words[0] == b"LOGOUT":
                return await self.say(b"* BYE\r\n" + tag + b" OK bye\r\n")
            else:
                await self.say(tag + b" BAD what?\r\n")

    async def sign_in(self, tag, rest):
        if self.sink.control() == "hangsignin":
            await self.hang()
        user, password = (word.strip(b'"') for word in rest.split(b" ")[1:3])
        if user == b"denied":
            return await self.say(tag + b" NO [AUTHENTICATIONFAILED] Invalid credentials\r\n")
        if user == b"busy":
            return await self.say(tag + b" NO [UNAVAILABLE] Try later\r\n")
        if user == b"echo":
            return await self.say(tag + b" BAD I do not know " + password + b"\r\n")
        self.user = user.decode()
        await self.say(tag + b" OK signed in\r\n" + (b"* 3 EXISTS\r\n* 3 REC" if self.user == "early" else b""))
        if self.user == "early":
            await asyncio.sleep(0.2)
            await self.say(b"ENT {5}\r\n")

    async def examine(self, tag):
        refusal = {"nofolder": b"NO [NONEXISTENT] Unknown mailbox", "nobody": b"NO Mailbox doesn't exist", "shut": b"NO [INUSE] Locked",
                   "badfolder": b"BAD what?"}.get(self.user)
        if refusal:
            return await self.say(tag + b" " + refusal + b"\r\n")
        await self.say(b"* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* OK [UNSEEN 1] first {9}\r\n")
        if self.user != "novalidity":
            await self.say(b"* OK [UIDVALIDITY 77] valid\r\n")
        if self.user not in ("nonext", "longsearch"):
            await self.say(b"* OK [UIDNEXT %d] next\r\n" % {"zeronext": 0, "jump": 4100000000}.get(self.user, 10))
        await self.unasked()
        await self.say(tag + b" OK [READ-ONLY] done\r\n")

    async def unasked(self):
        if self.user == "unasked":
            await self.say(b"* 4 EXISTS\r\n* 2 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Seen) MODSEQ (12))\r\n* OK [ALERT] quota {5}\r\n"
                           b"* LIST () \"/\" {6}\r\nfold\r\n\r\n* 3 FETCH (UID 9 ENVELOPE (NIL {3}\r\na\"( NIL))\r\n* SEARCH 12 x 99999999999 5\r\n")

    async def search(self, tag, words):
        answers = {"bye": b"* BYE going down\r\n", "garbage": b"what do you want?\r\n", "wrongtag": b"x9 OK done\r\n", "plus": b"+ go on\r\n",
                   "nul": b"* SEARCH 5\0\r\n", "hugeliteral": b"* LIST () NIL {99999999999999999999}\r\n", "nosearch": tag + b" NO not today\r\n"}
        if self.user in answers:
            await self.say(answers[self.user])
            return await self.hang()
        if self.user == "drop":
            return self.writer.transport.abort()
        if self.user == "hang":
            await self.hang()
        if self.user == "endless":
            await self.flood(b"* SEARCH " + b"1 " * 30000)
        if self.user == "flood":
            await self.flood(b"* 1 EXISTS\r\n" * 5000)
        await self.unasked()
        first, _, last = words[3].partition(b":")
        within = lambda uid: int(first) <= uid <= (2**32 if last == b"*" else int(last))
        mails = {"longsearch": range(1, 200001), "jump": [5, 4000000000]}.get(self.user, MAILS)
        uids = [uid for uid in mails if within(uid)]
        if last == b"*" and not uids:
            uids = [9]
        await self.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in reversed(uids)) + b"\r\n" + tag + b" OK done\r\n")

    async def sizes(self, tag, words):
        await self.unasked()
        if self.user == "nosizes":
            return await self.say(tag + b" NO some messages could not be fetched\r\n")
        for place, uid in enumerate(int(word) for word in words[2].split(b",")):
            if self.user == "badsize6" and uid == 6:
                await self.say(b"* 2 FETCH (UID 6 RFC822.SIZE (25\r\n")
            elif not (self.user == "nosize6" and uid == 6):
                await self.say(b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (place + 1, uid, len(MAILS.get(uid, b"x"))))
        await self.say(tag + b" OK done\r\n")

    async def mail(self, tag, uid):
        await self.unasked()
        mail = MAILS.get(uid, b"Subject: %d\r\n\r\n" % uid)
        head = b"* 2 FETCH (UID %d BODY[] " % uid
        word = self.user[:-1] if self.user.endswith(str(uid)) else ""
        if word == "nomail":
            return await self.say(tag + b" NO [SERVERBUG] The requested message could not be converted\r\n")
        if word == "gone":
            return await self.say(tag + b" OK done\r\n")
        if word == "nil":
            return await self.say(head + b"NIL)\r\n" + tag + b" OK done\r\n")
        if word in ("drop", "hang", "bye", "short"):
            await self.say(head + b"{%d}\r\n" % len(mail) + mail[:8])
            if word == "hang":
                await self.hang()
            if word == "bye":
                await self.say(mail[8:] + b")\r\n* BYE now\r\n")
            return self.writer.close()
        if word == "lies":
            mail = b"Subject: 6\r\n\r\n" + b"x" * 3_000_000
        if word == "huge":
            await self.say(head + b"{900000000}\r\n")
            await self.flood(b"x" * 65536)
        if word == "longer":
            return await self.say(head + b"{5}\r\n" + mail + b")\r\n" + tag + b" OK done\r\n")
        if word in ("garbled", "again"):
            await self.say(head + b"{%d}\r\n" % len(mail) + mail + b" BODYSTRUCTURE ((\"TEXT\"\r\n")
            if word == "garbled":
                return await self.say(tag + b" OK done\r\n")
        if word == "baduid":
            head = b"* 2 FETCH (UID six BODY[] "
        if word == "words":
            return await self.say(b"panic: cache record is broken\r\n" + tag + b" OK done\r\n")
        if word == "nul":
            return await self.say(b"* 2 FETCH (UID 6 \0)\r\n" + tag + b" OK done\r\n")
        if word == "wrongtag":
            tag = b"x9"
        if word in ("renumbered", "samenumber"):
            await self.say(b"* OK [UIDVALIDITY %d] valid\r\n" % (78 if word == "renumbered" else 77))
        if word == "brackets":
            return await self.say(b"* 2 FETCH (FLAGS (\\Seen \\Recent) BODY[HEADER.FIELDS (DATE \"a)\")]<0> \"q\\\"(\" INTERNALDATE \" 1-Jan\" "
                                  b"body[] {%d}\r\n%b uid 6 X-A (({2}\r\n)) NIL)))\r\n" % (len(mail), mail) + tag + b" OK done\r\n")
        await self.say(head + b"{%d}\r\n" % len(mail) + mail + b")\r\n" + tag + b" OK done\r\n")


class Sink:
    def __init__(self, options):
        self.options, self.connections, self.context = options, 0, None
        self.log_file = open(os.path.join(options.dir, "log.jsonl"), "a", buffering=1)
        if options.cert:
            self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.context.load_cert_chain(options.cert, options.key)

    def control(self):
        try:
            with open(os.path.join(self.options.dir, "control")) as file:
                return file.read().strip()
        except FileNotFoundError:
            return ""

    async def talk(self, reader, writer):
        self.connections += 1
        talk = Talk(self, self.connections, reader, writer)
        talk.log("connect")
        try:
            await talk.run()
        except OSError:
            pass
        finally:
            talk.log("close")
            writer.close()


async def main(options):
    sink = Sink(options)
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0, ssl=sink.context if options.tls else None)
    port = os.path.join(options.dir, "port")
    with open(port + ".part", "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(port + ".part", port)
    stop = asyncio.Event()
    if options.until_eof:
        asyncio.get_running_loop().add_reader(0, stop.set)
    await stop.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("dir")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--until-eof", action="store_true")
    asyncio.run(main(parser.parse_args()))
