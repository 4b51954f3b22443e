import Testing

@testable import HTML

/// RULES 6.11: what would be too much work is shown as the text that it is. Counted, not timed: a machine may be busy.
@Suite struct MarkdownWorkTests {
  private static func fill(_ part: String, _ bytes: Int = Markdown.limit) -> String {
    String(repeating: part, count: bytes / part.utf8.count)
  }

  /// The first fifteen or so took cmark 0.30.2 up to 500 ms: found by hand, in its own list of pathological inputs, and by a search over generated
  /// ones. The others are where the rule draws its line.
  static let tooMuch: [(String, String)] = [
    ("items in one line, blank lines below", fill("- ", 8_192) + "x\n" + fill("\n", 8_190)),
    ("items in one line, one line below each", fill("+ ", 12_288) + fill("='A", 2_048) + fill("\r", 2_048)),
    ("numbers in one line", fill("1. ", 10_650) + "+ _'" + fill("*\"", 5_734)),
    ("signs and numbers", fill("1. +  ", 8_192) + fill("\r", 8_192)),
    ("quotes in one line", fill(">", 8_192) + fill("_*", 8_190)),
    ("quotes with blanks, text below", fill("> ", 8_192) + "x\n" + fill("a\n", 8_190)),
    ("tabs between", fill("-\t", 8_192) + "x\n" + fill("\n", 8_190)),
    ("items in a quote", "> " + fill("* ", 8_192) + "x\n" + fill(">\n", 8_180)),
    (
      "each line one level deeper",
      (0..<100).map { String(repeating: "  ", count: $0) + "* a\n" }.joined() + fill("\n", 5_000)
    ),
    (
      "deeper by tabs, one blank line each", (0..<80).map { String(repeating: "\t", count: $0) + "- a\n\n" }.joined() + fill("\n", 8_000)
    ),
    ("quotes deeper line by line", (1..<120).map { String(repeating: ">", count: $0) + "a\n" }.joined()),
    ("more items under a rule", "--\n" + fill("- - ", 11_000) + " &1(" + fill("_*", 4_000)),
    ("open images, then links", fill("![", 8_192) + "a" + fill("[]()", 8_190)),
    ("open images, then longer links", fill("![", 8_192) + fill("[a](b)", 8_190)), ("images in images", fill("![[]()")),
    ("blank lines alone", fill("\n")), ("blank lines with blanks", fill(" \t\n")), ("blank lines, CR", fill("\r")),
    ("paragraphs of a letter", fill("a\n\n")), ("items with gaps", fill("- x\n\n")),
  ]

  @Test(arguments: tooMuch) func `What would take long is shown as plain text`(_ name: String, _ source: String) {
    #expect(!MarkdownWork.isBounded(Array(source.utf8)))
    let text = Markdown.rendered(source)
    var escaped = HTMLWriter(words: Words.none)
    escaped.text(text.plain)
    #expect(text.html.bytes == Array("<pre>".utf8) + escaped.bytes + Array("</pre>\n".utf8))
    func said(_ text: String) -> [String] {
      text.unicodeScalars.split { $0 == "\n" }.map { String($0) }.filter {
        !$0.unicodeScalars.allSatisfy { " \t\r".unicodeScalars.contains($0) }
      }
    }
    #expect(said(text.plain) == said(source))
  }

  @Test func `Thousands of blank lines do not push away what stands below`() {
    let source = Self.fill("- ", 200) + "x\r\n\r\n\n  one\n" + Self.fill(" \t\r\n\n", 900) + "two\n\n\nthree" + Self.fill("\n", 300)
    #expect(Markdown.plain(source) == Self.fill("- ", 200) + "x\r\n\r\n\n  one\n \t\r\n\ntwo\n\n\nthree\n\n")
  }

  /// How many levels or lines may be, and one more.
  static let edges: [(String, @Sendable (Int) -> String, Int)] = [
    ("quotes", { String(repeating: "> ", count: $0) + "a" }, 20), ("close quotes", { String(repeating: ">", count: $0) + "a" }, 20),
    ("items", { String(repeating: "- ", count: $0) + "a" }, 20), ("numbers", { String(repeating: "1. ", count: $0) + "a" }, 20),
    ("quotes in two lines", { String(repeating: "> ", count: $0) + "a\n" + String(repeating: "> ", count: $0) + "b" }, 20),
    ("items by two blanks", { (0..<$0).map { String(repeating: "  ", count: $0) + "- a\n" }.joined() }, 20),
    ("items by four blanks", { (0..<$0).map { String(repeating: "    ", count: $0) + "- a\n" }.joined() }, 20),
    ("items by tabs", { (0..<$0).map { String(repeating: "\t", count: $0) + "- a\n" }.joined() }, 20),
    ("blank lines", { "*a*" + String(repeating: "\n", count: $0 + 1) + "b" }, 200),
    ("images", { String(repeating: "![a](https://b.example)", count: $0) }, 200),
    ("emphasis", { String(repeating: "*a **b ", count: $0 / 2) + "c" + String(repeating: " b** a*", count: $0 / 2) }, 20),
  ]

  @Test(arguments: edges.indices) func `As much as is allowed is Markdown, one more is text`(_ index: Int) {
    let (name, source, most) = Self.edges[index]
    func isText(_ count: Int) -> Bool { Markdown.html(source(count)).bytes.starts(with: Array("<pre>".utf8)) }
    #expect(!isText(most), "\(name)")
    #expect(isText(most + (name == "emphasis" ? 2 : 1)), "\(name)")
  }

  static let ordinary: [(String, String)] = [
    (
      "a list of five levels",
      fill((0..<5).map { String(repeating: "  ", count: $0) + "- level \($0)\n" }.joined() + "    1. again\n    2. and again\n- back\n")
    ),
    ("five levels by four blanks", fill((0..<5).map { String(repeating: "    ", count: $0) + "* level \($0)\n" }.joined() + "* back\n")),
    (
      "150 blank lines",
      fill("A paragraph of *some* words, as one writes them down of an evening, with a [link](https://a.example).\n\n", 15_000)
    ),
    ("code with dashes", "```\n" + fill("- - - - - - - -\n+---+---+\n| a | - |\n").dropLast(8) + "\n```"),
    ("a table of dashes", "| a | b |\n|" + fill("---|", 4_000) + "\n" + fill("| - | - |\n", 4_000)),
    ("rules", fill("- - - - - - - - - - - - - - - - - - - - - - - - -\n")),
    ("rules of stars", fill("* * *\n***\n")), ("a quoted mail", fill("> > > a\n> > b, *c*\n> d\n>\n", 16_000)),
    ("a quoted list", fill("> > - one\n> >   - two\n> >     1. three\n> and so on\n")),
    ("a checklist", fill("- [ ] buy *milk*\n- [x] call [mum](tel:+4930123456)\n")),
    ("dates", fill("21. November. 10:30 - 11:30 > 12:00\n")),
    ("links", fill("- [a.example](https://a.example/some/page) and **this**\n")), ("words", fill("the same *words* over and over ")),
    ("stars", fill("5 * 3 * 2 = 30, a_b_c, f(x)[0] ")),
    ("far to the right", fill(String(repeating: " ", count: 60) + "- x\n")), ("minutes", fill("10:00 - 11:00\n11:00 - 12:00\n\n", 5_000)),
  ]

  @Test(arguments: ordinary) func `What people write is Markdown, however long`(_ name: String, _ source: String) {
    #expect(MarkdownWork.isBounded(Array(source.utf8)))
    let text = Markdown.rendered(source)
    var escaped = HTMLWriter(words: Words.none)
    escaped.text(source)
    #expect(text.html.bytes != Array("<pre>".utf8) + escaped.bytes + Array("</pre>\n".utf8))
  }

  /// Sources whose markup is many times as long as they are: what is stored has an end.
  @Test(arguments: [
    "[a]:tel:1\n\n" + fill("[a]", 16_300), fill("> ", 40) + fill("a\n", 16_300), fill("<a@b.c>"), fill("- -\n"), fill("\""), fill("&"),
    fill("[](tel:1)"), "1. " + fill("123456789. ", 200) + fill("a\n", 16_000),
  ]) func `Neither form becomes longer than is kept`(_ source: String) {
    let text = Markdown.rendered(source)
    #expect(text.html.bytes.count <= Markdown.longest.html)
    #expect(text.plain.utf8.count <= Markdown.longest.plain)
    // Lists of nothing hold no words.
    #expect(text.plain.isEmpty == source.hasPrefix("- -"))
  }
}
