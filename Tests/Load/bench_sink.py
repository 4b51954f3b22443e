"""A mail server that takes everything at once and keeps nothing, as cheap as Python allows: what is measured is who sends. Prints its port."""
import asyncio


async def talk(reader, writer):
    in_message = False
    writer.write(b"220 sink\r\n")
    try:
        while line := await reader.readline():
            if in_message:
                if line == b".\r\n":
                    in_message = False
                    writer.write(b"250 taken\r\n")
                continue
            verb = line[:4].upper()
            if verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            in_message = verb == b"DATA"
            writer.write(b"354 go on\r\n" if in_message else b"250 fine\r\n")
    except (ConnectionError, ValueError):
        pass  # a worker that was ended
    writer.close()


async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
