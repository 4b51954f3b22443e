import Testing

@testable import Domain

@Suite struct PageTextTests {
  private static func read(_ text: String) -> PageText { PageText(Array(text.utf8)) }

  @Test func `a page is its text with its headings, without what stands on every page`() {
    let page = Self.read(
      """
      <!DOCTYPE html><html><head><title>Returns &amp; more</title><style>p { color: red }</style><script>if (a < b) { "<p>no</p>" }</script></head>
      <body><header><h1>Shop</h1></header><nav><ul><li>Home<nav>deep</nav></ul></nav><main><h1>Returns</h1><p>Within <b>30</b> days.
      <h2>How</h2><ul><li>Print<li>Send</ul><p hidden>secret<div style="display:none">too</div><!-- <nav> --><p>End.</main>
      <footer>Imprint</footer></body></html>
      """)
    #expect(page.title == "Returns & more")
    #expect(page.text == "# Returns\n\nWithin 30 days.\n\n## How\n\n- Print\n- Send\n\nEnd.")
  }

  @Test(arguments: [
    ("plain\r\ntext\rhere\n\n\n\nend\n", "plain\ntext\nhere\n\nend"), ("# Markdown\n\n> a quote", "# Markdown\n\n> a quote"), ("", ""),
    ("\u{FEFF}text", "text"), ("1 < 2 and <b>", "1 < 2 and <b>"), ("<html><nav>never closed<p>Text", "never closed\n\nText"),
    ("<html><title>never closed", "never closed"),
  ])
  func `what is no page stays as it is`(text: String, read: String) { #expect(Self.read(text).text == read) }

  @Test(arguments: ["<nav>", "<a ", "</a", "<", "<!--", "<title>", "<script><", "<h1><nav></nav>", "<header><footer>", "<nav a=\"", "<!"])
  func `a page of nothing but beginnings is read in no time`(piece: String) {
    let page = Array("<html>".utf8) + Array(repeatElement(Array(piece.utf8), count: 400_000 / piece.utf8.count).joined())
    let time = ContinuousClock().measure { _ = PageText(page) }
    #expect(time < .seconds(20), "\(time)")
  }

  @Test func `letters are read as the page, its server, or their bytes say`() {
    let latin: [UInt8] = [0x64, 0x65, 0x76, 0x6F, 0x6C, 0x75, 0xE7, 0xE3, 0x6F]
    #expect(PageText(latin).text == "devolução")
    #expect(PageText(latin, isHTML: false, charset: "iso-8859-1").text == "devolução")
    #expect(PageText(Array("<html><meta charset=\"windows-1252\"><p>".utf8) + latin).text == "devolução")
    #expect(PageText(Array("<html><p>devolução".utf8), charset: "utf-8").text == "devolução")
  }
}
