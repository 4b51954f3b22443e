import Testing

@testable import HTML

@Suite struct MarkdownEscapeTests {
  @Test func `what is escaped means nothing but itself, line by line`() {
    for (text, html) in [
      ("", ""), ("A fine of 100.", "<p>A fine of 100.</p>\n"), ("*a* _b_ `c`", "<p>*a* _b_ `c`</p>\n"),
      ("[a](https://x.example) ![b](c)", nil), ("<b>a</b> &amp; &#65;", nil), ("# a", "<p># a</p>\n"),
      ("a\n===", "<p>a<br>\n===</p>\n"), ("a\n---\nb", "<p>a<br>\n---<br>\nb</p>\n"), ("- a\n+ b\n* c", "<p>- a<br>\n+ b<br>\n* c</p>\n"),
      ("1. a\n2) b\n1.5 c", nil), ("~~~\na\n~~~", "<p>~~~<br>\na<br>\n~~~</p>\n"), ("a\\", "<p>a\\</p>\n"), ("a\\\nb", nil),
      ("> a\nb", nil), ("a\n\nb", "<p>a</p>\n<p>b</p>\n"), ("é\n2.", nil),
    ] as [(String, String?)] {
      let source = Markdown.escaped(text)
      #expect(Markdown.plain(source) == text, "\(text)")
      if let html { #expect(String(decoding: Markdown.html(source).bytes, as: UTF8.self) == html, "\(text)") }
      #expect(source.utf8.count <= text.utf8.count * 2)
    }
    // Blanks around lines and a third line end are not kept.
    #expect(Markdown.plain(Markdown.escaped("  a  \n\n\n    b\t")) == "a\n\nb")
  }
}
