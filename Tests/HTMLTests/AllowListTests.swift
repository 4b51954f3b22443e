import Testing

@testable import HTML

/// What may be followed, from the side of those who try: spellings of a scheme, and every short path there is.
@Suite struct AllowListTests {
  static let schemes = [
    "javascript&colon;alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "&#x6A;avascript:alert(1)",
    "&#X0000006A;avascript:alert(1)", "%6Aavascript:alert(1)", "javascript%3Aalert(1)", "\\javascript:alert(1)",
    "j\u{200B}avascript:alert(1)",
    "\u{FF4A}avascript:alert(1)", "javascript\u{FF1A}alert(1)", "http\u{17F}://a.example", "\u{FEFF}https://a.example",
    "https\u{200D}://a.example",
    "&#1;javascript:alert(1)", "&nbsp;javascript:alert(1)", "https&colon;&sol;&sol;u&commat;a.example", "https:&#92;&#92;a.example",
    "https://a.example\\\\@b.example", "https:////a.example", "feed:https://a.example", "https:javascript:alert(1)", "DATA:text/html,x",
    "mailto:a@b.example&quest;cc=c@d.example", "mailto:a%40b@c.example", "tel:+1&semi;postd=9", "sms:+4930", "intent://x#Intent;end",
  ]

  @Test(arguments: schemes) func `No spelling of another scheme becomes a link`(_ address: String) {
    let sources = [
      "[words](\(address))", "[words](<\(address)>)", "![words](\(address))", "[words][1]\n\n[1]: \(address)",
      "[words][1]\n\n[1]: <\(address)>",
    ]
    for source in sources {
      let html = String(decoding: Markdown.html(source).bytes, as: UTF8.self)
      #expect(!html.contains("<a "), "\(source)")
      #expect(html.contains("words"))
    }
  }

  @Test(arguments: [
    ("HTTPS://A.EXAMPLE/x", "HTTPS://A.EXAMPLE/x"), ("hTtP&colon;//a.example", "hTtP://a.example"),
    ("https&#58;//a.example", "https://a.example"),
    ("MAILTO:a@b.example", "MAILTO:a@b.example"), ("Tel:110", "Tel:110"),
    ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&amp;b=2"),
  ])
  func `Capitals and entities of the four are taken`(_ address: String, _ expected: String) {
    for source in ["[words](\(address))", "[words][1]\n\n[1]: \(address)"] {
      let html = String(decoding: Markdown.html(source).bytes, as: UTF8.self)
      #expect(html.contains("<a href=\"\(expected)\" rel=\"nofollow noopener noreferrer ugc\">words</a>"), "\(html)")
    }
  }

  /// All texts of up to six bytes, a slash first, that a way out can be made of.
  @Test func `Of all short paths those are taken that a browser keeps here`() {
    let alphabet = Array("/.\\%2e?a".utf8)
    var texts: [[UInt8]] = [[]]
    for _ in 1...5 {
      texts = texts.flatMap { text in alphabet.map { text + [$0] } }
      for bytes in texts {
        let text = "/" + String(decoding: bytes, as: UTF8.self)
        if (Path(checking: text) != nil) != staysHere(text) {
          Issue.record("\(text) is judged wrongly")
          return
        }
      }
    }
  }

  /// The WHATWG rules in words: a second slash or a backslash names a host, and dots, also encoded, climb.
  private func staysHere(_ text: String) -> Bool {
    if text.contains("\\") || text.starts(with: "//") { return false }
    let path = text.split(separator: "?", omittingEmptySubsequences: false)[0]
    return path.split(separator: "/").allSatisfy { segment in
      let plain = segment.replacing("%2e", with: ".")
      return plain != "." && plain != ".."
    }
  }
}
