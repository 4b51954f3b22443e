"""A mail server, or with `http` a web server, that takes everything at once and keeps nothing, as cheap as Python allows: what is measured is who
sends. Prints its port."""
import asyncio
import sys


class Post(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.rest = transport, b""

    def data_received(self, data):
        self.rest += data
        while (end := self.rest.find(b"\r\n\r\n")) >= 0:
            _, _, length = self.rest[:end].lower().partition(b"\r\ncontent-length:")
            size = end + 4 + int(length.split(b"\r\n", 1)[0] or 0)
            if len(self.rest) < size:
                return
            self.rest = self.rest[size:]
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


class Talk(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.rest, self.in_message = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data):
        self.rest += data
        while True:
            # Whole messages, not lines: those of a mail cost more than the mail.
            mark = b"\r\n.\r\n" if self.in_message else b"\r\n"
            end = self.rest.find(mark)
            if end < 0:
                return
            verb, self.rest = self.rest[:4].upper(), self.rest[end + len(mark):]
            if self.in_message:
                self.in_message = False
                self.transport.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                self.transport.write(b"221 bye\r\n")
                self.transport.close()
                return
            else:
                self.in_message = verb == b"DATA"
                self.transport.write(b"354 go on\r\n" if self.in_message else b"250 fine\r\n")


async def main():
    server = await asyncio.get_running_loop().create_server(Post if sys.argv[1:] == ["http"] else Talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
