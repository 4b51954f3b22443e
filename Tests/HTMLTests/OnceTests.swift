import Testing

@testable import HTML

@Suite struct OnceTests {
  private enum Tone { case calm, urgent }
  private struct Pair { let left, right: Tone? }

  /// Renders `text` unless the page holds the piece already.
  private func write(_ once: Once, _ text: String, _ html: inout HTMLWriter, _ rendered: inout Int) {
    if html.again(once) { return }
    let start = html.position
    html.text(text)
    html.keep(once, from: start)
    rendered += 1
  }

  @Test func `a piece is rendered once for each key and copied after that`() {
    var html = HTMLWriter(words: Words.none, capacity: 0)
    var rendered = 0
    for _ in 0..<100 {
      write(Once(1, Tone.calm), "calm<", &html, &rendered)
      write(Once(1, Tone.urgent), "urgent", &html, &rendered)
      write(Once(2, Tone.calm), "other", &html, &rendered)
      write(Once(3), "", &html, &rendered)
      write(Once(4, Pair(left: .calm, right: nil)), "1", &html, &rendered)
      write(Once(4, Pair(left: nil, right: .calm)), "2", &html, &rendered)
    }
    #expect(rendered == 6)
    #expect(html.bytes == Array(String(repeating: "calm&lt;urgentother12", count: 100).utf8))
  }

  @Test func `a key that is too large, and the piece after the hundredth, are rendered every time`() {
    var html = HTMLWriter(words: Words.none)
    var rendered = 0
    for _ in 0..<2 { write(Once(1, (1, 2)), "x", &html, &rendered) }
    #expect(rendered == 2)
    for _ in 0..<2 { for number in 0..<101 { write(Once(2, UInt16(number)), "y", &html, &rendered) } }
    #expect(rendered == 2 + 101 + 1)
  }
}
