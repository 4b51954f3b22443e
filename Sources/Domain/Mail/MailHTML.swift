/// The HTML of a message as it may be shown (RULES 6.10): its structure, tables, lists and links, written anew by us. What stands on no list of ours is
/// left out, so that neither a script nor a style, a form, a picture from elsewhere or what nobody was to see comes through.
///
/// It reads as ``HTMLTextReader`` does, so that what is hidden there is hidden here. One pass; the stack of open elements is looked through at most
/// ``furthest`` deep for each end tag.
public struct MailHTML {
  /// Bytes of what is written; what comes after is left out.
  public static let longest = 1_000_000

  /// What stands in place of a picture that says nothing of itself.
  private let image: String
  private let html: [UInt8]
  private var place = 0
  private(set) var out: [UInt8] = []
  private var open: [Open] = []
  private var hidden = 0
  /// Paragraphs among the open elements: most begin where none is.
  private var paragraphs = 0
  /// Elements of ours that are open.
  private var depth = 0
  private var links = 0
  /// Where the link that is open leads, and where its words begin.
  private var link: (host: [UInt8], start: Int)?

  private struct Open {
    let key: HTMLElement.Key
    let isHidden: Bool
    /// As it was written; nil: it was not.
    let name: StaticString?
  }

  private static let furthest = 256
  private static let deepest = 10_000
  /// Browsers nest no deeper.
  private static let mostNested = 400

  /// - Parameters:
  ///   - html: as it came.
  ///   - image: a word for a picture without words of its own.
  /// - Returns: what may stand within `body`, and whether its end was left out. All elements are closed.
  public static func cleaned(_ html: String, image: String) -> (html: String, isCut: Bool) {
    var reader = MailHTML(image: image, html: Array(html.utf8))
    let isCut = reader.run()
    return (String(decoding: reader.out, as: UTF8.self), isCut)
  }

  private init(image: String, html: [UInt8]) {
    self.image = image
    self.html = html
  }

  private mutating func run() -> Bool {
    while place < html.count {
      if out.count >= Self.longest {
        pop(to: 0)
        return true
      }
      if html[place] == 0x3C {
        markup()
      } else {
        let end = html[place...].firstIndex(of: 0x3C) ?? html.count
        // A text without tags may be longer than all that is shown.
        let shown = min(end, place + max(0, Self.longest - out.count) + 1)
        if hidden == 0 { text(html[place..<shown]) }
        place = hidden == 0 ? shown : end
      }
    }
    pop(to: 0)
    return false
  }

  // MARK: - Text

  /// Writes text: references are read, and written as we write them.
  private mutating func text(_ text: ArraySlice<UInt8>) {
    var at = text.startIndex
    while at < text.endIndex {
      if text[at] == 0x26, let (scalar, length) = HTMLEntities.scalar(text[at..<min(at + 16, text.endIndex)]) {
        var bytes: [UInt8] = []
        HTMLEntities.append(scalar, to: &bytes)
        Self.escape(bytes[...], to: &out)
        at += length
      } else {
        let end = text[(at + 1)...].firstIndex(of: 0x26) ?? text.endIndex
        Self.escape(text[at..<end], to: &out)
        at = end
      }
    }
  }

  private static func escape(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
    for byte in bytes {
      switch byte {
      case 0x3C: out += Array("&lt;".utf8)
      case 0x3E: out += Array("&gt;".utf8)
      case 0x26: out += Array("&amp;".utf8)
      case 0x22: out += Array("&quot;".utf8)
      case 0x27: out += Array("&#39;".utf8)
      case 0x09, 0x0A: out.append(byte)
      case ..<0x20, 0x7F: out.append(0x20)
      default: out.append(byte)
      }
    }
  }

  private mutating func literal(_ text: StaticString) {
    out += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  // MARK: - Markup

  private mutating func markup() {
    guard let tag = HTMLTag(html, at: place, collecting: hidden == 0) else {
      notTag()
      return
    }
    place = tag.end
    if tag.isEnd {
      if let index = search(for: tag.key) { pop(to: index) }
    } else {
      start(tag, HTMLElement.named(tag.key))
    }
  }

  /// As ``HTMLTextReader`` has it.
  private mutating func notTag() {
    let rest = html[(place + 1)...]
    guard let next = rest.first else {
      place += 1
      return
    }
    if rest.starts(with: [0x21, 0x2D, 0x2D]) {
      var end = place + 4
      if end < html.count, html[end] == 0x3E { place = end + 1; return }
      if html[end...].starts(with: [0x2D, 0x3E]) { place = end + 2; return }
      while end + 2 < html.count, !(html[end] == 0x2D && html[end + 1] == 0x2D && html[end + 2] == 0x3E) { end += 1 }
      place = min(end + 3, html.count)
    } else if next == 0x21 || next == 0x3F || next == 0x2F {
      place = (rest.firstIndex(of: 0x3E) ?? html.count - 1) + 1
    } else if (0x41...0x5A).contains(next & 0xDF) {
      place = html.count
    } else {
      place += 1
      if hidden == 0 { literal("&lt;") }
    }
  }

  private mutating func start(_ tag: HTMLTag, _ element: HTMLElement) {
    switch element {
    case .lineBreak:
      if hidden == 0, !tag.isHidden { literal("<br>") }
      return
    case .void:
      if hidden == 0, !tag.isHidden { void(tag) }
      return
    case .raw:
      skipRaw(tag.name)
      return
    case .paragraph, .block, .cell: closeImplied(before: tag.key)
    case .inline, .unseen: break
    }
    guard open.count < Self.deepest else { return }
    let isHidden = tag.isHidden || element == .unseen
    let name = isHidden || hidden > 0 || depth >= Self.mostNested ? nil : Self.allowed(tag.key)
    var isWritten = name != nil
    if let name {
      if tag.key == Self.anchor { isWritten = anchor(tag) } else { write(name, tag) }
    }
    if isWritten { depth += 1 }
    open.append(Open(key: tag.key, isHidden: isHidden, name: isWritten ? name : nil))
    if isHidden { hidden += 1 }
    if tag.key == Self.paragraph { paragraphs += 1 }
  }

  private mutating func write(_ name: StaticString, _ tag: HTMLTag) {
    literal("<")
    literal(name)
    for attribute in tag.attributes {
      guard let shown = Self.attribute(attribute.name, attribute.value) else { continue }
      literal(" ")
      literal(shown.name)
      literal("=\"")
      Self.escape(shown.value[...], to: &out)
      literal("\"")
    }
    literal(">")
  }

  private mutating func void(_ tag: HTMLTag) {
    if tag.key == Self.rule { literal("<hr>") }
    if tag.key == Self.softBreak { literal("<wbr>") }
    if tag.key == Self.picture { picture(tag) }
  }

  /// No picture is loaded: its words stand for it, and lead to it where it is somewhere else. One that nobody could see is left out.
  private mutating func picture(_ tag: HTMLTag) {
    let size = ["width", "height"].map { name in tag.attributes.first { $0.name.isWord(name) }.flatMap { Self.number($0.value, 0...2) } }
    if size.contains(where: { $0 != nil }) { return }
    let words = tag.attributes.first { $0.name.isWord("alt") }.map { HTMLEntities.decode($0.value) } ?? []
    let isSpoken = words.contains { $0 > 0x20 }
    let label = isSpoken ? words : Array("[\(image)]".utf8)
    let source = tag.attributes.first { $0.name.isWord("src") }.flatMap { Self.address($0.value) }
    guard links == 0, let source, !source.isMail else {
      Self.escape(label.prefix(1_000)[...], to: &out)
      return
    }
    openLink(source)
    Self.escape(label.prefix(1_000)[...], to: &out)
    literal("</a>")
  }

  /// - Returns: false where it leads nowhere that one may be sent to, or stands in another.
  private mutating func anchor(_ tag: HTMLTag) -> Bool {
    guard links == 0, let value = tag.attributes.first(where: { $0.name.isWord("href") })?.value, let address = Self.address(value) else {
      return false
    }
    openLink(address)
    links += 1
    link = (address.host, out.count)
    return true
  }

  private mutating func openLink(_ address: Address) {
    literal("<a href=\"")
    Self.escape(address.text[...], to: &out)
    literal("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">")
  }

  /// Beside words that look like another address stands where they lead (RULES 6.11).
  private mutating func closeLink() {
    literal("</a>")
    links -= 1
    guard let (host, start) = link else { return }
    link = nil
    let words = out[min(start, out.count)...].prefix(2_000).lowercase
    if words.contains(0x2E), words.firstRange(of: host) == nil {
      literal(" (")
      Self.escape(host[...], to: &out)
      literal(")")
    }
  }

  // MARK: - Open elements

  private mutating func closeImplied(before key: HTMLElement.Key) {
    if key == Self.item || Self.isTablePart(key) {
      if key != Self.table, let index = search(for: key) { pop(to: index) }
    } else if paragraphs > 0, let index = search(for: Self.paragraph) {
      pop(to: index)
    }
  }

  private func search(for key: HTMLElement.Key) -> Int? {
    let walls = Self.isTablePart(key) ? [Self.table] : Self.walls
    var index = open.count
    let last = max(0, open.count - Self.furthest)
    while index > last {
      index -= 1
      if open[index].key == key { return index }
      if walls.contains(open[index].key) { return nil }
    }
    return nil
  }

  private mutating func pop(to index: Int) {
    while open.count > index {
      let element = open.removeLast()
      if element.isHidden { hidden -= 1 }
      if element.key == Self.paragraph { paragraphs -= 1 }
      guard let name = element.name else { continue }
      depth -= 1
      if element.key == Self.anchor {
        closeLink()
      } else {
        literal("</")
        literal(name)
        literal(">")
      }
    }
  }

  private mutating func skipRaw(_ name: ArraySlice<UInt8>) {
    while place < html.count {
      guard let start = html[place...].firstIndex(of: 0x3C) else { break }
      place = start + 1
      if place < html.count, html[place] == 0x2F, html.count > place + name.count,
        html[(place + 1)...].prefix(name.count).elementsEqual(name, by: { ASCII.lower($0) == ASCII.lower($1) })
      {
        place = (html[place...].firstIndex(of: 0x3E) ?? html.count - 1) + 1
        return
      }
    }
    place = html.count
  }

  // MARK: - What may come through

  /// Where a link leads.
  private struct Address {
    let text: [UInt8]
    let host: [UInt8]
    let isMail: Bool
  }

  /// A web address with a host and without a user, or a mailbox without a query; nil for all else.
  private static func address(_ value: ArraySlice<UInt8>) -> Address? {
    guard value.count <= 8_000 else { return nil }
    var text: [UInt8] = []
    let decoded = HTMLEntities.decode(value)
    guard let first = decoded.firstIndex(where: { $0 > 0x20 }), let last = decoded.lastIndex(where: { $0 > 0x20 }) else { return nil }
    for byte in decoded[first...last] {
      if byte <= 0x20 || byte == 0x7F || byte == 0x5C { return nil }
      if byte >= 0x80 || [0x22, 0x27, 0x3C, 0x3E, 0x60].contains(byte) { text += percent(byte) } else { text.append(byte) }
    }
    guard text.count <= 2_000, let colon = text.firstIndex(of: 0x3A) else { return nil }
    let rest = text[(colon + 1)...]
    switch String(decoding: text[..<colon].lowercase, as: UTF8.self) {
    case "http", "https":
      guard rest.starts(with: [0x2F, 0x2F]) else { return nil }
      let authority = rest.dropFirst(2).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
      let host = authority.first == 0x5B ? authority : authority.prefix { $0 != 0x3A }
      return host.isEmpty || authority.contains(0x40) ? nil : Address(text: text, host: host.lowercase, isMail: false)
    case "mailto":
      let sides = rest.split(separator: 0x40, omittingEmptySubsequences: false)
      let isPlain = !rest.contains { [0x3F, 0x26, 0x23, 0x25, 0x2C, 0x3B, 0x3A, 0x2F, 0x28, 0x29, 0x5B, 0x5D].contains($0) }
      return isPlain && sides.count == 2 && sides.allSatisfy { !$0.isEmpty } ? Address(text: text, host: rest.lowercase, isMail: true) : nil
    default: return nil
    }
  }

  private static func percent(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// An attribute with a value of those that mean nothing but how text stands.
  private static func attribute(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> (name: StaticString, value: [UInt8])? {
    guard value.count <= 40 else { return nil }
    let word = HTMLEntities.decode(value).filter { $0 > 0x20 }[...].lowercase
    func of(_ name: StaticString, _ known: [StaticString]) -> (name: StaticString, value: [UInt8])? {
      known.contains { word[...].isWord($0) } ? (name, word) : nil
    }
    if name.isWord("align") { return of("align", ["left", "right", "center", "justify"]) }
    if name.isWord("valign") { return of("valign", ["top", "middle", "bottom", "baseline"]) }
    if name.isWord("dir") { return of("dir", ["ltr", "rtl", "auto"]) }
    if name.isWord("colspan") { return number(value, 1...100).map { ("colspan", Array(String($0).utf8)) } }
    if name.isWord("rowspan") { return number(value, 1...100).map { ("rowspan", Array(String($0).utf8)) } }
    if name.isWord("start") { return number(value, 0...100_000).map { ("start", Array(String($0).utf8)) } }
    return nil
  }

  private static func number(_ value: ArraySlice<UInt8>, _ range: ClosedRange<Int>) -> Int? {
    let digits = value.filter { $0 > 0x20 }.prefix { (0x30...0x39).contains($0) }
    guard (1...6).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
    return range.contains(number) ? number : nil
  }

  /// What an element is written as; nil: it is not, and what stands in it is.
  private static func allowed(_ key: HTMLElement.Key) -> StaticString? {
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if names[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low].key == key ? names[low].name : nil
  }

  private static let names: [(key: HTMLElement.Key, name: StaticString)] = {
    let same: [StaticString] = [
      "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td",
      "th", "blockquote", "pre", "div", "span", "section", "article", "header", "footer", "main", "aside", "address", "center", "figure",
      "figcaption", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "small", "big", "code", "kbd", "samp", "tt", "var",
      "cite", "q", "abbr", "mark", "a",
    ]
    return same.map { (HTMLElement.key($0), $0) }.sorted { $0.0 < $1.0 }
  }()

  private static let anchor = HTMLElement.key("a")
  private static let picture = HTMLElement.key("img")
  private static let rule = HTMLElement.key("hr")
  private static let softBreak = HTMLElement.key("wbr")
  private static let item = HTMLElement.key("li")
  private static let paragraph = HTMLElement.key("p")
  private static let table = HTMLElement.key("table")
  private static let tableParts = [HTMLElement.Key](["td", "th", "tr", "tbody", "thead", "tfoot", "table"].map { HTMLElement.key($0) })
  private static let walls = [HTMLElement.Key](
    ["td", "th", "table", "caption", "button", "template", "ul", "ol", "object", "svg"].map { HTMLElement.key($0) })

  private static func isTablePart(_ key: HTMLElement.Key) -> Bool { tableParts.contains(key) }
}
