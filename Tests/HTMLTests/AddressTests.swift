import Testing

@testable import HTML

@Suite struct PathTests {
  @Test func `Values stay one segment or one query value`() {
    let (id, query) = ("a/b?c#d é", "x&y=1+2")
    #expect(
      ("/reminders/\(id)/snoozes?after=\(query)&page=\(3)" as Path).text
        == "/reminders/a%2Fb%3Fc%23d%20%C3%A9/snoozes?after=x%26y%3D1%2B2&page=3")
    #expect(("/x/\("\r\n\0\\")" as Path).text == "/x/%0D%0A%00%5C")
    #expect(("/\("Az09-._~")" as Path).text == "/Az09-._~")
    #expect(("/x/\("abc".dropFirst())" as Path).text == "/x/bc")
    #expect(("/x/\("\u{338}evil")" as Path).text == "/x/%CC%B8evil")
  }

  @Test func `Values cannot make a path that leaves the site or climbs`() {
    let (empty, up, here) = ("", "..", ".")
    #expect(("/\(empty)/evil.example" as Path).text == "/")
    #expect(("/reminders/\(up)" as Path).text == "/")
    #expect(("/reminders/\(here)/x" as Path).text == "/")
    #expect(("/reminders/\(up)/x?y" as Path).text == "/")
    #expect(("/reminders/a\(up)" as Path).text == "/reminders/a..")
    #expect(("/search?q=\(up)" as Path).text == "/search?q=..")
    #expect(("reminders" as Path).text == "/")
    #expect(("//evil.example" as Path).text == "/")
    #expect(("https://evil.example" as Path).text == "/")
    #expect(("" as Path).text == "/")
  }

  private struct Key: PathID {
    let high: UInt64 = 0x0198_A2C4_7D1E_7F00
    let low: UInt64 = 0x8A3B_CDEF_0123_4569
    static let text = "0198a2c4-7d1e-7f00-8a3b-cdef01234569"
  }

  @Test func `The id of a row is written in its canonical form, wherever it stands`() {
    let (key, id) = (Key(), Key.text)
    #expect(("/reminders/\(key)" as Path).text == "/reminders/\(id)")
    #expect(("/reminders/\(key)/snoozes?x=1&y" as Path).text == "/reminders/\(id)/snoozes?x=1&y")
    #expect(("/reminders/\(key)/x/\(key)/\(7)" as Path).text == "/reminders/\(id)/x/\(id)/7")
    #expect(("/\("a b")/\(key)/" as Path).text == "/a%20b/\(id)/")
    #expect(("/\(7)\(key)x" as Path).text == "/7\(id)x")
    #expect(("/x/\(key)" as Path).adding("q", "1").text == "/x/\(id)?q=1")
    #expect(("/x/\(key)" as Path) == ("/x/\(id)" as Path))
    #expect(written { $0.url("/x?a&b=\(key)&c" as Path) } == Array("/x?a&amp;b=\(id)&amp;c".utf8))
  }

  @Test func `A path around an id is checked as any other`() {
    let key = Key()
    #expect(("\(key)" as Path).text == "/")
    #expect(("//\(key)" as Path).text == "/")
    #expect(("/x\\\(key)" as Path).text == "/")
    #expect(("/../\(key)" as Path).text == "/")
    #expect(("/\(key)/../x" as Path).text == "/")
    #expect(("/\(key)/.." as Path).text == "/")
    #expect(("/\(key)\n" as Path).text == "/")
    #expect(("/\(key)?x=/../y" as Path).text == "/\(Key.text)?x=/../y")
  }

  @Test func `A query grows, nil leaves it alone`() {
    let path: Path = "/reminders"
    #expect(path.adding("q", "a b").text == "/reminders?q=a%20b")
    #expect(path.adding("q", nil).adding("after", "x=").adding("n", "1").text == "/reminders?after=x%3D&n=1")
    #expect(path.adding("q", "a").fragment("r 1").text == "/reminders?q=a#r%201")
  }

  @Test(arguments: [
    "/", "/reminders", "/reminders?after=x%20y&z=1", "/a/b/", "/a//b", "/%2F%2Fevil.example", "/a..b/...", "/x?next=//y", "/x#y",
  ])
  func `A path that a form sent is taken when it stays here`(_ text: String) {
    #expect(Path(checking: text)?.text == text)
  }

  static let strangers = [
    "", "reminders", "?x", "#x", "//evil.example", "/\\evil.example", "\\\\evil.example", "/a\\b", "///evil.example",
    "https://evil.example",
    "javascript:alert(1)", "/\u{338}evil", "\u{2F}\u{338}", "/\t/evil.example", "/\n/evil.example", "/\r\nSet-Cookie: a=b", " /x", "/x y",
    "/é", "/\0",
    "/\u{7F}", "/<script>", "/\"", "/..", "/../x", "/.//evil.example", "/a/..//evil.example", "/%2e%2E/x", "/.%2e//evil.example", "/./x",
    "/" + String(repeating: "x", count: 2_000),
  ]

  @Test(arguments: strangers) func `A path that a form sent is refused when it could leave or is not one`(_ text: String) {
    #expect(Path(checking: text) == nil)
  }

  @Test func `A path is escaped in an attribute`() {
    #expect(written { $0.url("/x?a=\("'")&b=1" as Path) } == Array("/x?a=%27&amp;b=1".utf8))
  }
}

@Suite struct SafeURLTests {
  static let accepted: [(String, String, String)] = [
    ("https://a.example", "https://a.example", "a.example"),
    ("HTTP://A.Example:8080/x?y#z", "HTTP://A.Example:8080/x?y#z", "a.example"),
    ("https://[2001:db8::1]/", "https://[2001:db8::1]/", "[2001:db8::1]"),
    ("https://a.example/é'", "https://a.example/%C3%A9'", "a.example"),
    ("https://a.example/x@y", "https://a.example/x@y", "a.example"),
    ("mailto:A@b.example", "mailto:A@b.example", "a@b.example"),
    ("tel:+49(30)12-34.5", "tel:+49(30)12-34.5", "+49(30)12-34.5"),
    ("geo:-23.5505,-46.6333", "geo:-23.5505,-46.6333", "-23.5505,-46.6333"),
  ]

  @Test(arguments: accepted) func `Web, mail and telephone addresses are taken`(_ text: String, _ expected: String, _ target: String) {
    let url = SafeURL(text)
    #expect(url?.text == expected)
    #expect(url?.target == target)
  }

  static let refused = [
    "", "x", ":", "/x", "//evil.example", "javascript:alert(1)", "JaVa\tscript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
    "\u{1}javascript:alert(1)", "javascript://a.example/%0Aalert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
    "ftp://a.example",
    "blob:https://a.example/x", "view-source:https://a.example", "http:", "http:/a.example", "http:///x", "http:a.example", "https://",
    "https://?x", "https://:80", "https:\\\\a.example", "https://a.example\\@b.example", "https://a@b.example", "https://a:b@c.example/",
    " https://a.example", "https://a.example ", "https://a b", "https://a\u{0}b", "https://a.example/\r\nX: y", "https://a\"b",
    "https://a<b", "https://a`b",
    "ht\u{301}tp://a.example", "http\u{338}://a.example", "mailto:", "mailto:a", "mailto:a@", "mailto:@b", "mailto:a@b?bcc=c@d",
    "mailto:a@b,c@d",
    "mailto:a@b@c", "mailto:a%0Ab@c", "tel:", "tel:+", "tel:abc", "tel:1;ext=2", "tel:1?x",
    "geo:1", "geo:,", "geo:1,2,3", "geo:1,2?q=x", "geo:1,2;u=3",
    "https://" + String(repeating: "a", count: 2_000),
  ]

  @Test(arguments: refused) func `Anything else is refused`(_ text: String) {
    #expect(SafeURL(text) == nil)
  }
}
