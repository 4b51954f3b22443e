#!/usr/bin/env python3
"""A real mail server that misbehaves on request. Used by the Net, worker, browser and load tests.

    smtp_sink.py DIR [--port 0] [--no-smtputf8] [--starttls | --tls] [--cert C --key K] [--auth USER:PASSWORD] [--quiet] [--until-eof]

--until-eof    ends when standard input does, that is, with the program that started it
DIR/port       the port, written once it listens on 127.0.0.1 (atomically: when the file is there, it is whole)
DIR/messages/  NNNNNN.eml, each message as its bytes came (dot-stuffing undone); the number is in the log
DIR/log.jsonl  one object a line: {"event": connect|mail|rcpt|rset|data|stored|hanging|close, "connection": n, ...}
DIR/control    read at each decision; one word for every recipient, overriding the local part; absent or empty: normal

Words, as local part (`defer451@x.test`, what follows a `+` is ignored) or in DIR/control:
  ok            250                                refuseNNN   5xx at RCPT           deferNNN    4xx at RCPT
  hang          never answers after the message    hangrcpt    never answers RCPT    hanggreeting never greets (control only)
  drop          closes after the message, unstored dropdata    closes instead of 354 dropstored  stores, then closes unanswered
  slow          answers the message after 1 s      reject554   554 after the message busy452     452 after the message
  policy550     550 5.7.1 at RCPT: it is about us
  closestored   stores, answers 250 and closes at once
  garbage       answers RCPT with what is no reply flood       answers RCPT without end  close421 421 and closes at RCPT
  greet421, greet554, dropgreeting (control only)  drip        answers the message byte by byte
  floodgreeting greets without end, floodline with one line without end (control only)
  hangodd       never greets every other connection, from the first one on (control only)
  held          answers the message once DIR/control says something else (control only)
  hangpoison    never answers a message that holds the word "poison" (control only)
"""
import argparse, asyncio, json, os, re, signal, ssl, time
from aiosmtpd.smtp import SMTP, AuthResult, syntax

ENHANCED = {"4": "4.3.0", "5": "5.1.1"}


class Sink:
    def __init__(self, options):
        self.folder, self.options = options.dir, options
        self.connections = self.stored = 0
        os.makedirs(os.path.join(self.folder, "messages"), exist_ok=True)
        self.log_file = open(os.path.join(self.folder, "log.jsonl"), "a", buffering=1)

    def log(self, event, session, **more):
        if not self.options.quiet:
            self.log_file.write(json.dumps({"event": event, "connection": session, "at": time.time(), **more}) + "\n")

    def control(self):
        try:
            with open(os.path.join(self.folder, "control")) as file:
                return file.read().strip()
        except FileNotFoundError:
            return ""

    def word(self, address):
        return self.control() or address.split("@")[0].split("+")[0].lower()

    def store(self, envelope, session):
        self.stored += 1
        name = f"{self.stored:06d}.eml"
        path = os.path.join(self.folder, "messages", name)
        with open(path + ".part", "wb") as file:
            file.write(envelope.original_content)
        os.rename(path + ".part", path)
        self.log("stored", session, file=name, sender=envelope.mail_from, to=envelope.rcpt_tos)


class Protocol(SMTP):
    def __init__(self, sink, **more):
        self.sink = sink
        options = sink.options
        super().__init__(Handler(sink), hostname="sink.test", enable_SMTPUTF8=not options.no_smtputf8, data_size_limit=2**22,
                         timeout=600, **more)

    async def _handle_client(self):
        self.sink.connections += 1
        self.number = self.sink.connections
        self.sink.log("connect", self.number)
        word = self.sink.control()
        if word == "hanggreeting" or word == "hangodd" and self.number % 2:
            await asyncio.sleep(600)
        if word == "dropgreeting":
            return self.transport.abort()
        while word in ("floodgreeting", "floodline") and not self.transport.is_closing():
            self._writer.write((b"220-welcome" + b"x" * 900 + b"\r\n" if word == "floodgreeting" else b"2" * 910) * 64)
            await self._writer.drain()
        if word in ("greet421", "greet554"):
            self._writer.write(f"{word[5:]} not today\r\n".encode())
            return self.transport.close()
        await super()._handle_client()

    def connection_lost(self, error):
        self.sink.log("close", getattr(self, "number", 0))
        super().connection_lost(error)

    @syntax("DATA")
    async def smtp_DATA(self, arg):
        self.sink.log("data", self.number)
        words = [self.sink.word(address) for address in self.envelope.rcpt_tos or []]
        if "dropdata" in words:
            return self.transport.abort()
        await super().smtp_DATA(arg)


class Handler:
    def __init__(self, sink):
        self.sink = sink

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.sink.log("mail", server.number, sender=address, options=options, tls=server.transport.get_extra_info("cipher") is not None)
        envelope.mail_from, envelope.mail_options = address, options
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.sink.log("rcpt", server.number, to=address)
        word = self.sink.word(address)
        match = re.fullmatch(r"(refuse|defer)(\d{3})", word)
        if match:
            code = match[2]
            return f"{code} {ENHANCED.get(code[0], '5.0.0')} {match[1]}d <{address}>"
        if word == "policy550":
            return "550 5.7.1 relaying denied"
        if word == "hangrcpt":
            await asyncio.sleep(600)
        if word == "garbage":
            return "what do you want?"
        if word == "close421":
            server._writer.write(b"421 4.3.2 closing\r\n")
            server.transport.close()
            return "421 closed"
        if word == "flood":
            while not server.transport.is_closing():
                server._writer.write(b"250-" + b"x" * 60000 + b"\r\n")
                await server._writer.drain()
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_RSET(self, server, session, envelope):
        self.sink.log("rset", server.number)
        return "250 2.0.0 OK"

    async def handle_DATA(self, server, session, envelope):
        words = {self.sink.word(address) for address in envelope.rcpt_tos}
        if "hang" in words or "hangpoison" in words and b"poison" in envelope.original_content:
            self.sink.log("hanging", server.number)
            await asyncio.sleep(600)
        if "held" in words:
            self.sink.log("held", server.number)
            while self.sink.control() == "held":
                await asyncio.sleep(0.02)
            words = {self.sink.word(address) for address in envelope.rcpt_tos}
        if "slow" in words:
            await asyncio.sleep(1)
        if "drop" in words:
            server.transport.abort()
            return "250 dropped"
        if "reject554" in words:
            return "554 5.6.0 the message is refused"
        if "busy452" in words:
            return "452 4.2.2 mailbox full"
        self.sink.store(envelope, server.number)
        if "dropstored" in words:
            server.transport.abort()
            return "250 dropped"
        if "closestored" in words:
            server._writer.write(b"250 2.0.0 stored\r\n")
            server.transport.close()
            return "250 closed"
        if "drip" in words:
            for byte in b"250-2.0.0 stored\r\n250 2.0.0 slow":
                server._writer.write(bytes([byte]))
                await server._writer.drain()
                await asyncio.sleep(0.002)
            return ""
        return f"250 2.0.0 stored as {self.sink.stored:06d}"


async def main(options):
    sink = Sink(options)
    context, more = None, {}
    if options.cert:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.cert, options.key)
    if options.starttls:
        more["tls_context"] = context
    if options.auth:
        user, _, password = options.auth.partition(":")
        more.update(auth_require_tls=False, auth_required=True, authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
            success=(data.login.decode(), data.password.decode()) == (user, password), handled=False))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Protocol(sink, loop=loop, **more), "127.0.0.1", options.port, backlog=1024,
                                      ssl=context if options.tls else None)
    port = os.path.join(options.dir, "port")
    with open(port + ".part", "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(port + ".part", port)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if options.until_eof:
        loop.add_reader(0, stop.set)
    await stop.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("dir")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-smtputf8", action="store_true")
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--auth")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--until-eof", action="store_true")
    asyncio.run(main(parser.parse_args()))
