import Testing

@testable import HTML

@Suite struct EscapingTests {
  /// What the text must become. The hard ones cling: a Character holds the special one and its neighbour (PITFALLS 0.1).
  static let cases: [(String, String)] = [
    ("", ""),
    ("plain", "plain"),
    ("&<>\"'", "&amp;&lt;&gt;&quot;&#39;"),
    ("a&b", "a&amp;b"),
    ("&amp;", "&amp;amp;"),
    ("\u{600}<img src=x onerror=alert(1)>", "\u{600}&lt;img src=x onerror=alert(1)&gt;"),
    ("\"\u{301} onload=x", "&quot;\u{301} onload=x"),
    ("<\u{338}", "&lt;\u{338}"),
    (">\u{338}", "&gt;\u{338}"),
    ("'\u{20E3}", "&#39;\u{20E3}"),
    ("&\u{FE0F}", "&amp;\u{FE0F}"),
    ("<\u{200D}script>", "&lt;\u{200D}script&gt;"),
    ("\r\n<", "\r\n&lt;"),
    ("a\tb\nc\rd", "a\tb\nc\rd"),
    ("a\u{0}b\u{1}c\u{B}d\u{C}e\u{1F}f\u{7F}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}f\u{FFFD}"),
    ("áé😀\u{10FFFF}", "áé😀\u{10FFFF}"),
    ("?@`=/~", "?@`=/~"),
    (String(repeating: "x", count: 100) + "<", String(repeating: "x", count: 100) + "&lt;"),
  ]

  @Test(arguments: cases) func `Special characters are escaped whatever stands beside them`(_ text: String, _ expected: String) {
    #expect(written { $0.text(text) } == Array(expected.utf8))
    #expect(written { $0.text("x\(text)y".dropFirst().dropLast()) } == Array(expected.utf8))
    #expect(written { $0.escape(Array(text.utf8).span) } == Array(expected.utf8))
    #expect(written { $0.escape(Array(text.utf8)) } == Array(expected.utf8))
    #expect(written { $0.escape(text.utf8.lazy.map { $0 }) } == Array(expected.utf8))
    #expect(written { $0.attribute(text) } == Array(expected.utf8))
  }

  @Test func `Every byte alone is escaped or replaced, never left to end its place`() {
    for byte in UInt8.min...UInt8.max {
      let out = written { $0.escape([byte]) }
      #expect(!out.contains { [0x22, 0x27, 0x3C, 0x3E].contains($0) })
      #expect(out.first == 0x26 || !out.contains(0x26))
      #expect(String(validating: out, as: UTF8.self) != nil)
    }
  }

  static let malformed: [[UInt8]] = [
    [0xC3], [0x80], [0xBF, 0x3C], [0xC0, 0xBC], [0xE0, 0x80, 0xBC], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0xBC], [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xE2, 0x82, 0x3C], [0xF0, 0x9F, 0x98, 0x22], [0x61, 0xC3, 0x28, 0x3C, 0xC3, 0xA9],
  ]

  @Test(arguments: malformed) func `Malformed UTF-8 is mended as Swift mends it, then escaped`(_ bytes: [UInt8]) {
    #expect(written { $0.escape(bytes) } == written { $0.text(String(decoding: bytes, as: UTF8.self)) })
  }

  @Test func `All of Unicode passes unharmed but for the five and the controls`() {
    for value in stride(from: UInt32(0x80), through: 0x10FFFF, by: 7) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      #expect(written { $0.text(text) } == Array(text.utf8))
    }
  }

  @Test(arguments: [0, 7, -1, 10, 12_345, .max, .min]) func `Numbers are decimal`(_ number: Int) {
    #expect(written { $0.write(number) } == Array(String(number).utf8))
    #expect(written { $0.write(Int64(number)) } == Array(String(number).utf8))
  }

  @Test func `An optional writes nothing when it is nil`() {
    #expect(written { $0.write(String?.none) } == [])
    #expect(written { $0.write(String?.some("<")) } == Array("&lt;".utf8))
  }

  @Test func `Safe markup goes in as it is`() {
    #expect(written { $0.write(SafeHTML(trusted: Array("<b>".utf8))) } == Array("<b>".utf8))
  }

  @Test func `Literals go in as they are, one letter long too`() {
    let out = written { html in
      html.literal("<p>é")
      html.literal("a")
      html.literal("")
    }
    #expect(out == Array("<p>éa".utf8))
  }
}

func written(_ write: (inout HTMLWriter) -> Void) -> [UInt8] {
  var html = HTMLWriter(words: Words(language: "en"), capacity: 0)
  write(&html)
  return html.bytes
}
