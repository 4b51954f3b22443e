"""A person at the site, without a browser: signs in and sends forms."""
import html
import http.client
import re
import urllib.parse


class Person:
    def __init__(self, site, email, password):
        self.site, self.email, self.password = site, email, password
        self.cookies = {}

    def request(self, method, path, fields=None):
        """(status, headers, text); network errors are OSError or HTTPException."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Sec-Fetch-Site": "same-origin"}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.site.url}
        link = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=40)
        try:
            link.request(method, path, body=body, headers=headers)
            answer = link.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, value = line.split(";")[0].split("=", 1)
                self.cookies[name] = value
            return answer.status, answer.headers, answer.read().decode()
        finally:
            link.close()

    def hidden(self, path):
        """The hidden fields of the page's first main form that makes something: csrf, nonce and the like."""
        status, _, text = self.request("GET", path)
        assert status == 200, f"{path} answered {status}"
        main = text[text.find("<main"):]
        found = re.findall(r'<input[^>]*type="hidden"[^>]*>', main)
        pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in found]
        return {name[1]: html.unescape(value[1]) for name, value in pairs if name and value}

    def sign_in(self):
        fields = self.hidden("/sign-in") | {"email": self.email, "password": self.password}
        status, headers, text = self.request("POST", "/sign-in", fields)
        assert status == 303, f"sign-in answered {status}: {text[:500]}"
        return self
