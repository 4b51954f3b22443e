import Testing

@testable import HTML

@Suite struct EscapingTests {
  /// What the text must become. The hard ones cling: a Character holds the special one and its neighbour.
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

  /// The writer looks at eight bytes at once: each hard byte must be found at each place, beside each neighbour.
  @Test func `A special byte is found wherever it stands in a run`() {
    let hard: [UInt8] = [
      0x00, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x26, 0x27, 0x28, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F, 0x7E, 0x7F, 0x80, 0xC3, 0xFF, 0x09,
    ]
    for length in 1...18 {
      for place in 0..<length {
        for byte in hard {
          for neighbour in [UInt8(ascii: "x"), UInt8(ascii: "<"), 0x7F, 0x01] {
            var bytes = [UInt8](repeating: neighbour, count: length)
            bytes[place] = byte
            #expect(written { $0.escape(bytes) } == slowly(bytes))
          }
        }
      }
    }
  }

  /// The rule, one scalar at a time.
  private func slowly(_ bytes: [UInt8]) -> [UInt8] {
    let entities: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.flatMap { scalar -> [UInt8] in
      let isControl = (scalar.value < 0x20 && !["\t", "\n", "\r"].contains(scalar)) || scalar.value == 0x7F
      return Array((entities[scalar] ?? (isControl ? "\u{FFFD}" : String(Character(scalar)))).utf8)
    }
  }

  @Test func `A page that outgrows its buffer is moved whole`() {
    var expected: [UInt8] = []
    let out = written { html in
      for index in 0..<2_000 {
        html.literal("<p>")
        html.text("\"\(index)'")
        html.number(index)
        html.uuid(UInt64(index), .max)
        expected += "<p>&quot;\(index)&#39;\(index)".utf8
        let low = String(index, radix: 16)
        expected += ("00000000-0000-" + String(repeating: "0", count: 4 - low.count) + low + "-ffff-ffffffffffff").utf8
      }
    }
    #expect(out == expected)
  }

  @Test func `Every byte alone is escaped or replaced, never left to end its place`() {
    for byte in UInt8.min...UInt8.max {
      let out = written { $0.escape([byte]) }
      #expect(!out.contains { [0x22, 0x27, 0x3C, 0x3E].contains($0) })
      // An ampersand only begins.
      #expect(!out.dropFirst().contains(0x26))
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

  @Test(arguments: [0, 7, 9, -1, 10, 99, 100, 12_345, 1_000_000_000_000_000_000, .max, .min]) func `Numbers are decimal`(_ number: Int) {
    #expect(written { $0.write(number) } == Array(String(number).utf8))
    #expect(written { $0.write(Int64(number)) } == Array(String(number).utf8))
    #expect(written { $0.number(UInt64(bitPattern: Int64(number))) } == Array(String(UInt64(bitPattern: Int64(number))).utf8))
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
