import Testing

@testable import HTML

/// The views that templates become, written by hand here.
@Suite struct TemplateTests {
  private struct Row: Template {
    let title: String
    func render(into html: inout HTMLWriter) {
      html.literal("<li>")
      html.write(title)
      html.literal("</li>")
    }
  }

  private struct Page: Template {
    let rows: [Row]
    let heading: Substring
    func render(into html: inout HTMLWriter) {
      html.word(0)
      html.write(heading)
      for row in rows { html.render(row) }
    }
  }

  private let words = Words(language: "pt-BR", po: "msgid \"Today\"\nmsgstr \"Hoje\"\n", fixed: ["Today"])

  @Test func `A page is its rows, each escaped, in the words of its language`() {
    let page = Page(rows: [Row(title: "<a>"), Row(title: "b")], heading: " & all".dropFirst())
    #expect(String(decoding: page.rendered(words), as: UTF8.self) == "Hoje&amp; all<li>&lt;a&gt;</li><li>b</li>")
    #expect(String(decoding: page.rendered(Words(language: "en", fixed: ["Today"])), as: UTF8.self).hasPrefix("Today"))
  }

  @Test func `What was rendered and stored comes back as it was`() {
    let made = Markdown.rendered("Hello *you* <b>")
    let read = RenderedText(storedHTML: made.html.bytes, plain: made.plain)
    #expect(read == made && String(decoding: read.html.bytes, as: UTF8.self) == "<p>Hello <em>you</em> &lt;b&gt;</p>\n")
  }

  @Test func `Bytes that are no text are mended before they are read`() {
    #expect(Markdown.html([0x61, 0xFF]).bytes == Array("<p>a\u{FFFD}</p>\n".utf8))
    #expect(Markdown.rendered([0x2A, 0x61, 0x2A]).plain == "a")
  }

  @Test(arguments: 1...6) func `Headings begin below the page's own and end where the standard does`(level: Int) {
    let tag = "h\(min(level + 2, 6))"
    #expect(Markdown.html(String(repeating: "#", count: level) + " A").bytes == Array("<\(tag)>A</\(tag)>\n".utf8))
  }

  @Test func `Addresses are the same by their bytes`() {
    let paths: Set<Path> = ["/a", "/a", "/b", "/caf\("\u{E9}")", "/caf\("e\u{301}")"]
    #expect(paths.count == 4 && "\("/a" as Path)" == "/a")
    #expect(SafeURL("https://a.example/x")?.description == "https://a.example/x")
  }
}
