"""A production nginx for one site: `nginx/heed.conf` with a certificate and ports of its own. And a program that tells what it was told."""
import http.client
import itertools
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading

from heed_dev import PATIENCE, ROOT, clean_environment, exchange, until

NAME = "heed.example.org"
CERTIFICATE = f"/etc/letsencrypt/live/{NAME}"


def free_ports():
    """Two that differ, for both are held at once."""
    with socket.socket() as one, socket.socket() as other:
        for probe in [one, other]:
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


class Front:
    """nginx with heed.conf: paths, ports, certificate and socket are changed, as its first lines say, and nothing else."""

    def __init__(self, socket_path, account):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-front-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.socket, self.account = socket_path, account
        self.tls, self.plain = free_ports()
        self.certificate = self.folder / "fullchain.pem"
        self.process = None
        # Further changes to heed.conf, before the start.
        self.more = []
        # Limits are for each address; all of 127.0.0.0/8 is this host, so every request may come from another.
        self.addresses = (f"127.0.{high}.{low}" for high in itertools.count(1) for low in range(1, 255))

    def write(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
             "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", self.folder / "privkey.pem", "-out", self.certificate],
            check=True, capture_output=True)
        for part in ["conf.d", "sites-enabled", "modules-enabled"]:
            (self.folder / part).mkdir()
        shutil.copytree(ROOT / "nginx", self.folder / "heed")
        shutil.copy("/etc/nginx/mime.types", self.folder)
        (self.folder / "conf.d" / "heed.conf").symlink_to(self.folder / "heed" / "heed.conf")
        self.change(self.folder / "heed" / "heed.conf", [
            (CERTIFICATE, f"{self.folder}"), ("unix:/run/heed/heed.sock", f"unix:{self.socket}"), ("/usr/share/heed", f"{ROOT}"), ("/var/log/nginx/", f"{self.folder}/"),
            ("/etc/nginx/", f"{self.folder}/"), ("listen 443 ", f"listen 127.0.0.1:{self.tls} "), ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            # The certificate is for one name and this host may have no IPv6.
            ("  listen [::]:443 ssl http2;\n", ""), ("  listen [::]:80;\n", ""), *self.more,
        ])
        shutil.copy("/etc/nginx/nginx.conf", self.folder)
        self.change(self.folder / "nginx.conf", [
            ("/etc/nginx/", f"{self.folder}/"), ("/var/log/nginx/", f"{self.folder}/"), ("/run/nginx.pid", f"{self.folder}/pid"),
            ("user www-data;", f"user {self.account};" if os.geteuid() == 0 else ""),
        ])
        kinds = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"]
        (self.folder / "conf.d" / "folders.conf").write_text("".join(f"{kind}_temp_path {self.folder}/temp-{kind};\n" for kind in kinds))

    @staticmethod
    def change(file, pairs):
        text = file.read_text()
        for old, new in pairs:
            assert old in text, f"{file} no longer says {old}"
            text = text.replace(old, new)
        file.write_text(text)

    def command(self, *more):
        return ["/usr/sbin/nginx", "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log"), *more]

    def start(self):
        self.write()
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *self.command("-g", "daemon off;")], env=clean_environment(), cwd="/", start_new_session=True)
        until(lambda: self.is_up() or self.process.poll() is not None, "nginx")
        assert self.process.poll() is None, (self.folder / "error.log").read_text()
        return self

    def is_up(self):
        try:
            socket.create_connection(("127.0.0.1", self.tls), timeout=5).close()
            return True
        except OSError:
            return False

    def remove(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self, name=NAME, session=None, **options):
        """A TLS connection whose certificate was checked for the name."""
        context = options.pop("context", None) or ssl.create_default_context(cafile=self.certificate)
        plain = socket.create_connection(("127.0.0.1", self.tls), timeout=PATIENCE, source_address=(options.pop("address", next(self.addresses)), 0))
        try:
            return context.wrap_socket(plain, server_hostname=name, session=session)
        except BaseException:
            plain.close()
            raise

    def request(self, method, path, headers=None, body=None, **options):
        """One request over TLS: (status, headers, body)."""
        link = http.client.HTTPConnection(NAME)
        link.sock = self.connect(**options)
        return exchange(link, method, path, headers, body)

    def plain_request(self, method, path, headers=None, body=None):
        return exchange(http.client.HTTPConnection("127.0.0.1", self.plain, timeout=PATIENCE), method, path, {"Host": NAME, **(headers or {})}, body)


def fastcgi_parameters(front, path, headers):
    """What a program at the socket is told about a request."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        path.chmod(0o666)
        listener.listen()
        listener.settimeout(60)
        told = {}

        def answer():
            link, _ = listener.accept()
            with link, link.makefile("rb") as stream:
                block = b""
                while True:
                    head = stream.read(8)
                    content = stream.read(int.from_bytes(head[4:6], "big"))
                    stream.read(head[6])
                    if head[1] == 4:
                        block += content
                    if head[1] == 5 and not content:
                        break
                told.update(pairs(block))
                body = b"Content-Type: text/plain\r\n\r\nread"
                link.sendall(b"\1\6\0\1" + len(body).to_bytes(2, "big") + b"\0\0" + body + b"\1\6\0\1\0\0\0\0" + b"\1\3\0\1\0\10\0\0" + b"\0" * 8)

        program = threading.Thread(target=answer)
        program.start()
        address = next(front.addresses)
        status, _, body = front.request("GET", "/a?b=c", headers, address=address)
        program.join()
    assert (status, body) == (200, b"read")
    return told, address


def pairs(block):
    """Names and values of FastCGI's own coding: lengths of one byte, or of four when the first has its top bit set."""
    at = 0
    while at < len(block):
        lengths = []
        for _ in range(2):
            width = 4 if block[at] & 0x80 else 1
            lengths.append(int.from_bytes(block[at:at + width], "big") & 0x7FFFFFFF)
            at += width
        name, value = block[at:at + lengths[0]], block[at + lengths[0]:at + sum(lengths)]
        yield name.decode(), value.decode()
        at += sum(lengths)
