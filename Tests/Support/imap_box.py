#!/usr/bin/env python3
"""A real IMAP server, pymap, with the mailbox of `desk` (password `secret`) in memory.

    imap_box.py DIR [--cert C --key K] [--until-eof]      with a certificate: STARTTLS before signing in
    imap_box.py append PORT FOLDER FILE…                  makes the folder if it is missing, and prints the UIDs
    imap_box.py expunge PORT FOLDER UID…
    imap_box.py recreate PORT FOLDER                      the same name, other UIDs
    imap_box.py flags PORT FOLDER                         the flags of all mails, one line each

DIR/port       the port, written once it listens on 127.0.0.1 (atomically: when the file is there, it is whole)
"""
import imaplib, os, re, ssl, sys, threading


def serve(folder, arguments):
    import asyncio
    from pymap import main

    start = asyncio.start_server

    async def started(callback, *, host, port):
        server = await start(callback, host="127.0.0.1", port=0)
        path = os.path.join(folder, "port")
        with open(path + ".part", "w") as file:
            file.write(str(server.sockets[0].getsockname()[1]))
        os.rename(path + ".part", path)
        return server

    asyncio.start_server = started
    if "--until-eof" in arguments:
        arguments.remove("--until-eof")
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    if "--cert" not in arguments:
        arguments.append("--no-tls")
    sys.argv = ["pymap", *arguments, "dict", "--demo-user", "desk", "--demo-password", "secret"]
    main.main()


def client(port):
    box = imaplib.IMAP4("127.0.0.1", int(port))
    if "STARTTLS" in box.capabilities:
        box.starttls(ssl._create_unverified_context())
    box.login("desk", "secret")
    return box


def say(answer):
    kind, data = answer
    assert kind == "OK", data
    return data


def main(command, port, folder, *rest):
    box = client(port)
    name = f'"{folder}"'
    if command == "append":
        if folder != "INBOX" and box.select(name)[0] != "OK":
            say(box.create(name))
        for path in rest:
            with open(path, "rb") as file:
                answer = say(box.append(name, None, None, file.read()))
            print(re.search(rb"APPENDUID \d+ (\d+)", answer[0])[1].decode())
    elif command == "recreate":
        say(box.delete(name))
        say(box.create(name))
    else:
        say(box.select(name))
        if command == "expunge":
            say(box.uid("STORE", ",".join(rest), "+FLAGS", r"(\Deleted)"))
            say(box.expunge())
        else:
            for line in say(box.fetch("1:*", "(FLAGS)")):
                print(line.decode())
    box.logout()


if __name__ == "__main__":
    if sys.argv[1] in ("append", "expunge", "recreate", "flags"):
        main(*sys.argv[1:])
    else:
        serve(sys.argv[1], sys.argv[2:])
