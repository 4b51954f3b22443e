import Testing

@testable import HTML

private func html(_ source: String) -> String { String(decoding: Markdown.html(source).bytes, as: UTF8.self) }

private func link(_ address: String, _ text: String) -> String {
  "<a href=\"\(address)\" rel=\"nofollow noopener noreferrer ugc\">\(text)</a>"
}

@Suite struct MarkdownTests {
  static let blocks: [(String, String)] = [
    ("", ""),
    ("Hello *you* and **them**", "<p>Hello <em>you</em> and <strong>them</strong></p>\n"),
    ("# One\n## Two\n###### Six", "<h3>One</h3>\n<h4>Two</h4>\n<h6>Six</h6>\n"),
    ("- a\n- b", "<ul>\n<li>a\n</li>\n<li>b\n</li>\n</ul>\n"),
    ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
    ("7. a", "<ol start=\"7\">\n<li>a\n</li>\n</ol>\n"),
    ("> a\nb", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"),
    ("```js\na<b\n```", "<pre><code>a&lt;b\n</code></pre>\n"),
    ("`a<b`  \nc", "<p><code>a&lt;b</code><br>\nc</p>\n"),
    ("a\n\n---", "<p>a</p>\n<hr>\n"),
    ("a\u{0}b", "<p>a\u{FFFD}b</p>\n"),
  ]

  @Test(arguments: [
    ("> > quoted\n> twice", "quoted twice"), ("- one\n- two", "one two"), ("See [the page](https://shop.example/a?b=c).", "See the page."),
    ("# Head\n\nText *there*\nand `code`", "Head Text there and code"), ("", ""),
    ("a [b](https://shop.example/cut", "a [b](https://shop.example/cut"),
  ])
  func `An excerpt has the words alone`(source: String, words: String) {
    #expect(Markdown.words(source).split { $0 == "\n" || $0 == " " }.joined(separator: " ") == words)
  }

  @Test(arguments: blocks) func `Blocks become elements, headings below the page's own`(_ source: String, _ expected: String) {
    #expect(html(source) == expected)
  }

  static let hostile: [(String, String)] = [
    ("<script>alert(1)</script>", "<pre>&lt;script&gt;alert(1)&lt;/script&gt;\n</pre>\n"),
    ("a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>\n"),
    ("<!-- a -->", "<pre>&lt;!-- a --&gt;\n</pre>\n"),
    ("[x](javascript:alert(1))", "<p>x</p>\n"),
    ("[x](JaVaScRiPt:alert(1))", "<p>x</p>\n"),
    ("[x](java&#9;script:alert(1))", "<p>x</p>\n"),
    ("[x](&#106;avascript:alert(1))", "<p>x</p>\n"),
    ("[x](<java\tscript:alert(1)>)", "<p>x</p>\n"),
    ("[x](\u{1}javascript:alert(1))", "<p>x</p>\n"),
    ("[x](data:text/html;base64,PHNjcmlwdD4=)", "<p>x</p>\n"),
    ("[x](vbscript:x)", "<p>x</p>\n"),
    ("[x](file:///etc/passwd)", "<p>x</p>\n"),
    ("[x](//evil.example)", "<p>x</p>\n"),
    ("[x](/sign-out)", "<p>x</p>\n"),
    ("[x](#top)", "<p>x</p>\n"),
    ("[x](https://user@evil.example)", "<p>x</p>\n"),
    ("[x](mailto:a@b.example?bcc=c@d.example)", "<p>x</p>\n"),
    ("<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n"),
    ("[x](https://a.example/\"onmouseover=alert(1))", "<p>x</p>\n"),
    ("[x](https://a.example/'><script>)", "<p>x</p>\n"),
    ("[x](https://a.example \"t\\\" onclick=alert(1)\")", "<p>\(link("https://a.example", "x"))</p>\n"),
    ("![x](https://a.example/i.png)", "<p>\(link("https://a.example/i.png", "x"))</p>\n"),
    ("![x](javascript:alert(1))", "<p>x</p>\n"),
    ("[![x](https://b.example/i.png)](https://a.example)", "<p>\(link("https://a.example", "x"))</p>\n"),
    ("![a [b](https://b.example) c](https://a.example/)", "<p>\(link("https://a.example/", "a b c"))</p>\n"),
    ("```\"><script>\n</code></pre><script>\n```", "<pre><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;\n</code></pre>\n"),
    ("\u{600}<b>\"\u{301}", "<p>\u{600}&lt;b&gt;&quot;\u{301}</p>\n"),
    ("[x]\n\n[x]: javascript:alert(1)", "<p>x</p>\n"),
  ]

  @Test(arguments: hostile) func `Hard case 14: nothing hostile gets through`(_ source: String, _ expected: String) {
    #expect(html(source) == expected)
  }

  static let links: [(String, String)] = [
    ("[here](https://a.example/x?y=1&z)", link("https://a.example/x?y=1&amp;z", "here")),
    ("<https://a.example>", link("https://a.example", "https://a.example")),
    ("<a@b.example>", link("mailto:a@b.example", "a@b.example")),
    ("[call](tel:+4930123456)", link("tel:+4930123456", "call")),
    ("[+49 30 123456](tel:+4930123456)", link("tel:+4930123456", "+49 30 123456")),
    ("[+49 30 999](tel:+4930123456)", link("tel:+4930123456", "+49 30 999") + " (+4930123456)"),
    ("[](https://a.example/x)", link("https://a.example/x", "a.example")),
    ("[a.example/x](https://A.example/y)", link("https://A.example/y", "a.example/x")),
    ("[www.a.example](https://a.example)", link("https://a.example", "www.a.example")),
    ("[bank.example](https://evil.example/)", link("https://evil.example/", "bank.example") + " (evil.example)"),
    ("[https://bank.example](https://evil.example)", link("https://evil.example", "https://bank.example") + " (evil.example)"),
    ("[**bank**.example](https://evil.example)", link("https://evil.example", "<strong>bank</strong>.example") + " (evil.example)"),
    ("[bank\u{FF0E}example](https://evil.example)", link("https://evil.example", "bank\u{FF0E}example") + " (evil.example)"),
    ("[bank\u{200B}.example](https://evil.example)", link("https://evil.example", "bank\u{200B}.example") + " (evil.example)"),
    ("[see bank.example.](https://evil.example)", link("https://evil.example", "see bank.example.") + " (evil.example)"),
    ("[192.0.2.1](https://evil.example)", link("https://evil.example", "192.0.2.1") + " (evil.example)"),
    ("[a@bank.example](mailto:b@evil.example)", link("mailto:b@evil.example", "a@bank.example") + " (b@evil.example)"),
    ("[version 3.14, e.g. this](https://a.example)", link("https://a.example", "version 3.14, e.g. this")),
    ("[x](https://\u{431}\u{430}nk.example)", link("https://%D0%B1%D0%B0nk.example", "x")),
  ]

  @Test(arguments: links) func `Hard case 14: a link says where it leads when its words say otherwise`(_ source: String, _ expected: String)
  {
    #expect(html(source) == "<p>\(expected)</p>\n")
  }

  @Test func `Hard case 14: a source over 16 kB is shown as plain text`() {
    let long = String(repeating: "*a* <b>\n", count: 2_049)
    #expect(html(long) == "<pre>" + long.replacing("<b>", with: "&lt;b&gt;") + "</pre>\n")
    #expect(html(String(long.dropLast(8))).hasPrefix("<p><em>a</em> &lt;b&gt;"))
    #expect(Markdown.plain(long) == long)
  }

  /// At 63 kB some of these take cmark five seconds. The limit keeps each to a fraction of one.
  static let nested: [String] = [
    String(repeating: "> ", count: 8_192), String(repeating: "- ", count: 8_000) + "a", String(repeating: "[", count: 16_384),
    String(repeating: "![", count: 8_000) + "a" + String(repeating: "](https://a.example)", count: 10),
    String(repeating: "*a **a ", count: 2_340), String(repeating: "*", count: 16_384) + "a", String(repeating: "![[]()", count: 2_730),
    String(repeating: "`", count: 16_384), String(repeating: "<", count: 16_384), String(repeating: "- x\n\n", count: 3_000),
    String(repeating: "**", count: 4_000) + "a" + String(repeating: "**", count: 4_000),
    (0..<120).map { String(repeating: "  ", count: $0) + "* a\n" }.joined() + String(repeating: "\n", count: 1_000),
    String(repeating: "[a](<b", count: 2_730), String(repeating: "&", count: 16_384), String(repeating: "[a]: u\n", count: 2_340),
  ]

  @Test(arguments: nested) func `Nesting as deep as the source neither overflows the stack nor fills the page`(_ source: String) {
    let bytes = Markdown.html(source).bytes
    #expect(bytes.count < 600_000)
    #expect(Markdown.plain(source).utf8.count < 1_000_000)
    #expect(String(validating: bytes, as: UTF8.self) != nil)
  }

  static let plain: [(String, String)] = [
    ("# Hello\n*you* & <b>them</b>", "Hello\n\nyou & <b>them</b>"),
    ("a\n- b\n- c\n\nd", "a\n\n- b\n- c\n\nd"),
    ("9. a\n10. b\n\n    c", "9. a\n\n10. b\n\n    c"),
    ("- a\n  - b\n  - c\n- d", "- a\n  - b\n  - c\n- d"),
    ("> a\n> b\n>\n> c", "> a\n> b\n>\n> c"),
    ("[here](https://a.example) <https://b.example>", "here (https://a.example) https://b.example"),
    ("[x](javascript:y) ![i](https://a.example/i.png)", "x i (https://a.example/i.png)"),
    ("<a@b.example> [](https://c.example)", "a@b.example https://c.example"),
    ("```\nx\n  y\n```\n---", "x\n  y\n\n---"),
    ("a  \nb`c`", "a\nbc"),
  ]

  @Test(arguments: plain) func `Plain text keeps what the markup meant`(_ source: String, _ expected: String) {
    #expect(Markdown.plain(source) == expected)
  }
}

/// What no person wrote leads nowhere but into Heed (hard case 45).
@Suite struct MarkdownStayingHereTests {
  @Test func `links lead to pages of this site, and pictures and addresses elsewhere are text`() {
    let rows: [(source: String, html: String)] = [
      ("[home](/tasks)", "<p><a href=\"/tasks\">home</a></p>\n"),
      ("![x](https://evil.example/?d=1)", "<p>x (https://evil.example/?d=1)</p>\n"),
      ("[out](https://evil.example)", "<p>out (https://evil.example)</p>\n"), ("[out](//evil.example/)", "<p>out (//evil.example/)</p>\n"),
      ("[js](javascript:alert%281%29)", "<p>js (javascript:alert%281%29)</p>\n"),
      ("<https://evil.example>", "<p>https://evil.example (https://evil.example)</p>\n"),
      ("a <script>alert(1)</script> b", "<p>a &lt;script&gt;alert(1)&lt;/script&gt; b</p>\n"),
      ("[x](/\\evil.example)", "<p>x (/\\evil.example)</p>\n"),
      ("[![x](https://evil.example/a)](/tasks)", "<p><a href=\"/tasks\">x</a></p>\n"),
    ]
    for row in rows {
      let made = Markdown.stayingHere(row.source)
      #expect(String(decoding: made.bytes, as: UTF8.self) == row.html, "\(row.source)")
    }
  }
}
