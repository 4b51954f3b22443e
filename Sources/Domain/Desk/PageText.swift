import Charsets

/// A source that came as a file or from an address: its title and its text, as Markdown.
public struct PageText: Hashable, Sendable {
  /// Empty: it says none.
  public let title: String
  public let text: String

  /// - Parameters:
  ///   - isHTML: nil: told by how it begins.
  ///   - charset: as the server said it; without one a page says it itself, or it is UTF-8 if that is valid, else Windows-1252.
  public init(_ bytes: [UInt8], isHTML: Bool? = nil, charset: String? = nil) {
    let isHTML = isHTML ?? PageText.looksLikeHTML(bytes)
    let label = charset ?? (isHTML ? PageText.charset(in: bytes.prefix(2_048)) : nil)
    let utf8 = Charsets.decode(bytes[...], as: label.flatMap { CharsetLabel(Array($0.utf8)[...]) }).utf8
    var read = MailText()
    guard isHTML else {
      title = ""
      read.append(plain: utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(utf8.dropFirst(3)) : utf8)
      text = PageText.tidied(read.string)
      return
    }
    let markup = PageMarkup(utf8)
    HTMLTextReader.read(markup.body, into: &read)
    var titled = MailText()
    HTMLTextReader.read(markup.title, into: &titled)
    title = mailLine(Array(titled.string.utf8))
    text = PageText.tidied(read.string)
  }

  /// Whether it begins as a page does.
  static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    let start = rest.drop { $0 <= 32 }.prefix(16).map(ASCII.lower)
    return ["<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<!--"].contains { start.starts(with: $0.utf8) }
  }

  /// What a page says of its own letters: `<meta charset=…>`, also in its longer form.
  static func charset(in head: ArraySlice<UInt8>) -> String? {
    let lower = head.map(ASCII.lower)
    guard let place = lower[...].place(of: "charset=") else { return nil }
    let value = lower[(place + 8)...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let name = value.prefix { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }

  /// Without blank lines at its ends, nor two of them together.
  private static func tidied(_ text: String) -> String {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !(line.isEmpty && (lines.last?.isEmpty ?? true)) {
      lines.append(line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

/// A page without what stands on every page of its site, and with its headings marked as Markdown marks them.
private struct PageMarkup {
  private(set) var title: [UInt8] = []
  private(set) var body: [UInt8] = []

  /// What is no part of the text.
  private static let around = Set(["nav", "header", "footer", "aside", "form", "script", "style", "noscript", "template", "button"])

  /// Linear: what is not closed once is looked for no more, and a tag without an end ends the text.
  init(_ html: [UInt8]) {
    var (place, unclosed) = (0, Set<String>())
    body.reserveCapacity(html.count)
    while let open = html[place...].firstIndex(of: 0x3C) {
      body += html[place..<open]
      guard let tag = HTMLTag(html, at: open) else {
        place = PageMarkup.behind(noTag: open, in: html)
        body += html[open..<place]
        continue
      }
      let name = String(decoding: tag.name.prefix(16).map(ASCII.lower), as: UTF8.self)
      if !tag.isEnd, name == "title" || PageMarkup.around.contains(name), !unclosed.contains(name) {
        if let end = PageMarkup.end(of: name, in: html, from: tag.end) {
          if name == "title", title.isEmpty { title = Array(html[tag.end..<end.lowerBound]) }
          place = end.upperBound
          continue
        }
        unclosed.insert(name)
      }
      // A title that nothing closes would hide all that follows.
      if name != "title" { body += html[open..<tag.end] }
      if !tag.isEnd, let level = PageMarkup.level(name) { body += [UInt8](repeating: 0x23, count: level) + [0x20] }
      place = tag.end
    }
    body += html[place...]
  }

  /// Where to go on behind a `<` that begins no tag: a comment may hold tags, which are none, and a tag without an end goes on to the end.
  private static func behind(noTag open: Int, in html: [UInt8]) -> Int {
    if html[open...].starts(with: "<!--".utf8) { return html[(open + 4)...].place(of: "-->").map { $0 + 3 } ?? html.count }
    let next = html[(open + 1)...].first { $0 != 0x2F } ?? 0
    return (0x41...0x5A).contains(next & 0xDF) ? html.count : open + 1
  }

  private static func level(_ name: String) -> Int? {
    let bytes = Array(name.utf8)
    guard bytes.count == 2, bytes[0] == UInt8(ascii: "h"), (0x31...0x36).contains(bytes[1]) else { return nil }
    return Int(bytes[1] - 0x30)
  }

  /// Of the end tag that belongs to a start tag; nil: there is none, and nothing is left out but the tag.
  private static func end(of name: String, in html: [UInt8], from start: Int) -> Range<Int>? {
    let isRaw = name == "script" || name == "style" || name == "title"
    var (place, depth) = (start, 1)
    while let open = html[place...].firstIndex(of: 0x3C) {
      guard let tag = HTMLTag(html, at: open) else {
        place = behind(noTag: open, in: html)
        continue
      }
      let isSame = tag.name.map(ASCII.lower).elementsEqual(name.utf8)
      if isSame { depth += tag.isEnd ? -1 : isRaw ? 0 : 1 }
      if depth == 0 { return open..<tag.end }
      place = isRaw && !isSame ? open + 1 : tag.end
    }
    return nil
  }
}
