"""nginx in front of everything that is compared: a static file, the C program, PHP-FPM, and Heed on as many databases as wanted."""
import collections
import os
import pathlib
import shutil
import subprocess
import tempfile

from bench_site import ROOT, SHARED, as_postgres, child_of, end, free_port, wait_until

NGINX = """
worker_processes 1; pid nginx.pid; error_log nginx.log warn; daemon off;
events {{ worker_connections 1024; }}
http {{
  access_log off; default_type text/html; include heed/http.conf; keepalive_requests 1000000;
  client_body_temp_path b; fastcgi_temp_path f; proxy_temp_path p; uwsgi_temp_path u; scgi_temp_path s;
  server {{
    listen 127.0.0.1:{port} backlog=1024;
    location /bench/ {{ alias {dir}/www/; }}
    {peers}
  }}
  {sites}
}}
"""
PEER = """location /{name}/ {{ include /etc/nginx/fastcgi_params; fastcgi_buffer_size 32k; fastcgi_buffers 16 16k; fastcgi_param PREPARED 1;
      fastcgi_param SCRIPT_FILENAME {dir}/index.php; fastcgi_param DSN '{dsn}'; fastcgi_pass unix:{dir}/{socket}.sock; }}"""
SITE = """upstream {name} {{ server "unix:{socket}" max_fails=0; }}
  server {{ listen 127.0.0.1:{port} backlog=1024; set $heed_root "{dir}/root"; include {name}/site.conf; }}"""
PAGES = """
local lines, n = {}, 0
function init() for l in io.lines(os.getenv("TOKENS")) do n = n + 1; lines[n] = l end math.randomseed(tonumber(os.getenv("SEED"))) end
function request()
  local cookie, tag = lines[math.random(n)]:match("^([^\t]*)\t?(.*)$")
  return wrk.format("GET", nil, { ["Cookie"] = cookie, ["If-None-Match"] = tag ~= "" and tag or nil })
end
"""
DONE = """
function done(s, l)
  local e = s.errors
  print(string.format("RESULT %d %d %d %d %d %d", s.requests, s.duration, s.bytes, l:percentile(50), l:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


class Peers:
    """Started once; `sites` are Heed's: {name: (database, responders)}, with settings behind them if need be, `references` the databases of the others: {path: database}."""

    def __init__(self, ground, sites, references):
        self.ground, self.started, self.port, self.urls, self.masters = ground, {}, free_port(), {}, {}
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="peers-", dir=ground.folder))
        self.dir.chmod(0o755)
        scripts = {name: (ROOT / "Tests" / "Load" / f"bench_{name}.lua").read_text() for name in ("posts", "asks", "hooks")}
        for name, text in {"pages": PAGES, **scripts}.items():
            (self.dir / f"{name}.lua").write_text(text + DONE)
        locations = []
        for path, (kind, database) in references.items():
            dsn = f"host={ground.run} user=postgres dbname={database}"
            locations.append(PEER.format(name=path, dir=self.dir, dsn=dsn, socket=kind))
            self.urls[path] = f"http://127.0.0.1:{self.port}/{path}/"
        self.urls["static"] = f"http://127.0.0.1:{self.port}/bench/page.html"
        servers = [self.site(name, *site) for name, site in sites.items()]
        (self.dir / "www").mkdir()
        (self.dir / "www" / "page.html").write_bytes(b"x" * 38800)
        shutil.copytree(ROOT / "nginx", self.dir / "heed")
        shutil.copytree(ROOT / "static", self.dir / "root" / "static")
        (self.dir / "nginx.conf").write_text(
            NGINX.format(port=self.port, dir=self.dir, peers="\n    ".join(locations), sites="\n  ".join(servers)))
        if os.getuid() == 0:
            shutil.chown(self.dir, "postgres")
        if references:
            self.start_references(f"host={ground.run} user=postgres dbname={next(iter(references.values()))[1]}")
        self.start("nginx", "/usr/sbin/nginx", "-p", str(self.dir), "-c", f"{self.dir}/nginx.conf", "-e", f"{self.dir}/nginx.log")
        self.masters |= {"nginx": child_of(self.started["nginx"]), "postgres": ground.postmaster}
        wait_until(lambda: (self.dir / "nginx.pid").exists(), 10, "nginx")

    def site(self, name, database, responders, environment=None):
        """Starts a site of Heed's; its server has a copy of the configuration, since the upstream's name is in it."""
        self.started[name], socket = self.ground.serve(database, responders, **(environment or {}))
        self.masters[name] = self.started[name].pid
        upstream, port = "site_" + name, free_port()
        folder = self.dir / upstream
        shutil.copytree(ROOT / "nginx", folder)
        for file in folder.glob("*"):
            if file.is_file():
                text = file.read_text().replace("include heed/", f"include {upstream}/")
                file.write_text(text.replace("fastcgi_pass heed;", f"fastcgi_pass {upstream};"))
        self.urls[name] = f"http://127.0.0.1:{port}/reminders"
        return SITE.format(name=upstream, socket=socket, port=port, dir=self.dir)

    def start_references(self, dsn):
        include = subprocess.run(["pg_config", "--includedir"], capture_output=True, text=True).stdout.strip() or "/usr/include/postgresql"
        subprocess.run(
            ["gcc", "-O2", "-w", f"-I{include}", "-I/usr/include/postgresql", str(SHARED / "c" / "floor.c"), "-o", str(self.dir / "floor"),
             "-lfcgi", "-lpq", "-lcrypto"], check=True)
        shutil.copy(SHARED / "php" / "index.php", self.dir)
        (self.dir / "php.conf").write_text(
            f"[global]\nerror_log = {self.dir}/php.log\ndaemonize = no\n[www]\nlisten = {self.dir}/php.sock\nlisten.backlog = 512\n"
            "pm = static\npm.max_children = 4\n")
        php = sorted(pathlib.Path("/usr/sbin").glob("php-fpm*"))[-1]
        self.start("c", str(self.dir / "floor"), f"{self.dir}/c.sock", dsn, "4")
        self.start("php", str(php), "-F", "-y", f"{self.dir}/php.conf", "-d", "opcache.enable=1", "-d", "opcache.validate_timestamps=0",
                   "-d", "pgsql.allow_persistent=1", "-d", "variables_order=GPCS")
        self.masters |= {name: child_of(self.started[name]) for name in ("c", "php")}
        wait_until(lambda: (self.dir / "c.sock").exists() and (self.dir / "php.sock").exists(), 10, "the peers")

    def start(self, name, *command):
        log = open(self.dir / f"{name}.out", "w")
        self.started[name] = subprocess.Popen(as_postgres(*command), stdout=log, stderr=log, cwd=self.dir)

    def close(self):
        end(list(self.started.values()))

    def load(self, url, conns, seconds, file, seed=1, script="pages"):
        """wrk's own counts: requests, seconds, bytes, p50 and p99 in ms, errors."""
        result = subprocess.run(
            ["wrk", "-t1", f"-c{conns}", f"-d{seconds}", "-s", str(self.dir / f"{script}.lua"), url], capture_output=True, text=True,
            env={**os.environ, "TOKENS": str(file), "SEED": str(seed)}, timeout=float(seconds) + 60)
        line = [line for line in result.stdout.splitlines() if line.startswith("RESULT ")]
        assert line, result.stdout + result.stderr
        requests, duration, size, p50, p99, errors = (int(word) for word in line[0].split()[1:])
        return dict(requests=max(1, requests), seconds=duration / 1e6, bytes=size, p50=p50 / 1000, p99=p99 / 1000, errors=errors)

    def measure(self, master, url, conns, seconds, file, seed=1, script="pages"):
        """The load, with rate and CPU µs a request of program, nginx and PostgreSQL."""
        pids = [self.masters.get(master, 0), self.masters["nginx"], self.masters["postgres"]]
        before = cpu(*pids)
        found = self.load(url, conns, seconds, file, seed, script)
        found["used"] = [(b - a) / 1000 / found["requests"] for a, b in zip(before, cpu(*pids))]
        found["rate"] = found["requests"] / found["seconds"]
        return found


def cpu(*pids):
    """CPU nanoseconds that each process and all below it have used; 0 for pid 0, which is nobody."""
    children = collections.defaultdict(list)
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            children[int(path.read_text().rsplit(")", 1)[1].split()[1])].append(int(path.parent.name))
        except OSError:
            pass  # ended meanwhile

    def used(pid):
        try:
            own = sum(int(path.read_text().split()[0]) for path in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat"))
        except OSError:
            own = 0
        return own + sum(used(child) for child in children[pid])

    return [used(pid) if pid else 0 for pid in pids]


def memory(pid):
    """(number of children, their mean RSS, PSS and private memory) in MB."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sums = {"Rss": 0, "Pss": 0, "Private_Dirty": 0}
    for child in children:
        for line in pathlib.Path(f"/proc/{child}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in sums:
                sums[name] += int(rest.split()[0]) / 1024
    return (len(children), *(value / len(children) for value in sums.values()))
