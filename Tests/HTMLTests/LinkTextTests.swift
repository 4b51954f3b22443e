import Testing

@testable import HTML

/// Whether the words of a link are taken for an address that is not its own: told the reader, it does no harm; kept from the reader, it may.
@Suite struct LinkTextTests {
  static let pretending: [(String, String)] = [
    ("bank.example", "https://evil.example"), ("BANK.Example", "https://evil.example"), ("www.bank.example", "https://evil.example"),
    ("https://bank.example/login?x", "https://bank.example.evil.example"), ("//bank.example", "https://evil.example"),
    ("http:\\\\bank.example", "https://evil.example"), ("user@bank.example", "https://bank.example"),
    ("(bank.example)", "https://evil.example"), ("…bank.example…", "https://evil.example"), ("bank.example:8080", "https://evil.example"),
    ("bank.xn--p1ai", "https://evil.example"), ("xn--80ak6aa92e.com", "https://evil.example"), ("банк.рф", "https://evil.example"),
    // Dots that only look like dots, and letters that are not seen.
    ("bank。example", "https://evil.example"), ("bank．example", "https://evil.example"), ("bank｡example", "https://evil.example"),
    ("bank․example", "https://evil.example"), ("bank\u{AD}.example", "https://evil.example"),
    ("ba\u{200D}nk.example", "https://evil.example"),
    ("bank\u{2060}.example", "https://evil.example"), ("\u{FEFF}bank.example", "https://evil.example"),
    ("b\u{AD}a.co\u{AD}", "https://evil.example"),
    ("bank.example\u{A0}here", "https://evil.example"), ("see\u{3000}bank.example", "https://evil.example"),
    ("192.0.2.1", "https://192.0.2.2"), ("192.0.2.1:80", "https://evil.example"),
    ("a@b.example", "mailto:c@b.example"), ("b.example", "mailto:a@c.example"),
    // Three digits are a number to call.
    ("110", "tel:0900110"), ("call 112 now", "tel:+4990011"), ("+49 30 1234", "tel:+49301235"),
  ]

  static let honest: [(String, String)] = [
    ("here", "https://evil.example"), ("", "https://a.example"), ("a.example", "https://a.example/x"), ("A.EXAMPLE", "https://a.example"),
    ("www.a.example", "https://a.example"), ("a.example", "https://www.a.example"), ("a.example.", "https://a.example"),
    ("https://a.example/x/y", "https://a.example"), ("a\u{AD}.example", "https://a.example"),
    ("e.g. this", "https://a.example"), ("3.14", "https://a.example"), ("version 2.0.1", "https://a.example"), ("...", "https://a.example"),
    (".", "https://a.example"), ("a..b", "https://a.example"), ("file.v2", "https://a.example"),
    ("1.2.3", "https://a.example"), ("a@b.example", "mailto:a@b.example"), ("A@B.example", "mailto:a@b.example"),
    ("12", "tel:+4930"), ("+49 (30) 12-34", "tel:+49301234"), ("call me", "tel:110"), ("room 42", "tel:110"),
    ("year 2026", "https://a.example"),
  ]

  @Test(arguments: pretending) func `Hard case 14: words that look like another address are taken for one`(
    _ words: String, _ address: String
  ) throws {
    #expect(LinkText(Array(words.utf8)).pretends(toBeOtherThan: try #require(SafeURL(address))))
  }

  @Test(arguments: honest) func `Other words, and the link's own address, are not`(_ words: String, _ address: String) throws {
    #expect(!LinkText(Array(words.utf8)).pretends(toBeOtherThan: try #require(SafeURL(address))))
  }
}

/// What is written into a page, read back as a browser reads it.
@Suite struct ContextTests {
  /// Character references as the standard reads those that we write.
  private func read(_ html: [UInt8]) -> String {
    let names = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
    var (out, rest): ([UInt8], ArraySlice<UInt8>) = ([], html[...])
    while let byte = rest.first {
      if byte == 0x26, let (name, meant) = names.first(where: { rest.starts(with: $0.key.utf8) }) {
        out += meant.utf8
        rest = rest.dropFirst(name.utf8.count)
      } else {
        out.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static let pieces = [
    "<", ">", "&", "\"", "'", "`", "=", "/", "-->", "<!--", "]]>", "</title>", "</textarea >", "</script", "&lt;", "&#60", "&amp;amp;",
    "\u{0}",
    "\r\n", "\t", "a", " ", "é", "\u{301}", "\u{200D}", "👩‍👩‍👧", "\u{2028}", "\u{FEFF}", "\u{202E}", "onload=x", "javascript:", "{{x}}",
  ]

  @Test func `Hard case 14: whatever a person typed is read back as it was, and ends nothing around it`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      for out in [written { $0.write(text) }, written { $0.attribute(text) }, written { $0.write(Optional(text)) }] {
        #expect(!out.contains { "<>\"'".utf8.contains($0) }, "\(text.debugDescription)")
        #expect(read(out).utf8.elementsEqual(text.replacing("\0", with: "\u{FFFD}").utf8), "\(text.debugDescription)")
      }
    }
  }

  @Test func `Every address that is accepted is read back as it was`() {
    for (text, expected, _) in SafeURLTests.accepted {
      guard let url = SafeURL(text) else { continue }
      let out = written { $0.url(url) }
      #expect(read(out) == expected && !out.contains { "<>\"'".utf8.contains($0) })
    }
    #expect(read(written { $0.attribute("/a?b=\("c&d")&e" as Path) }) == "/a?b=c%26d&e")
  }

  @Test(arguments: [
    ("{n} of {n}", "2 of 2"), ("{name}", "{name}"), ("{}", "{}"), ("{n", "{n"), ("n}", "n}"), ("{{n}}", "{{n}}"), ("{ n}", "{ n}"),
    ("é{n}é", "é2é"),
    ("{n}{n}{m}", "22{m}"),
  ])
  func `Only whole names in braces are replaced`(_ sentence: String, _ filled: String) {
    #expect(Words.fill(sentence, [:], n: 2) == filled)
    #expect(Words.fill(sentence, ["n": "2"]) == filled)
    #expect(Words.fill(sentence, ["n": "2"], n: 7) == filled)
  }

  @Test func `What a value holds is not filled in again`() {
    #expect(Words.fill("{a} {b}", ["a": "{b}", "b": "{a}"]) == "{b} {a}")
    #expect(Words.fill("{n}", ["n": "{n}"], n: 3) == "{n}")
    #expect(Words.placeholders("{a} {b} {a} {") == ["a", "b", "a"] && Words.placeholders("none }") == [])
  }
}
