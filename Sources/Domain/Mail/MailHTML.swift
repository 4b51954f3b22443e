/// The HTML of a message as it may be shown (RULES 6.10): its structure, tables, lists and links, written anew by us. What stands on no list of ours is
/// left out, so that neither a script nor a style, a form, a picture from elsewhere or what nobody was to see comes through.
///
/// It reads as ``HTMLTextReader`` does, so that what is hidden there is hidden here. One pass.
public struct MailHTML {
  /// Bytes of what is written; what comes after is left out.
  public static let longest = 1_000_000

  /// What stands in place of a picture that says nothing of itself.
  private let image: String
  private let pictures: [[UInt8]: String]
  private let html: [UInt8]
  private var place = 0
  private(set) var out: [UInt8] = []
  private var open = HTMLOpenElements()
  /// Elements of ours that are open.
  private var depth = 0
  private var links = 0
  /// Where the link that is open leads, and where its words begin.
  private var link: (host: [UInt8], start: Int)?

  /// Browsers nest no deeper.
  private static let mostNested = 400

  /// - Parameters:
  ///   - html: as it came.
  ///   - image: a word for a picture without words of its own.
  ///   - pictures: addresses of ours of those that came with the message, by what `cid:` calls them (RULES 6.20): they alone are shown.
  /// - Returns: what may stand within `body`, and whether its end was left out. All elements are closed.
  public static func cleaned(_ html: String, image: String, pictures: [[UInt8]: String] = [:]) -> (html: String, isCut: Bool) {
    var reader = MailHTML(image: image, pictures: pictures, html: Array(html.utf8))
    let isCut = reader.run()
    return (String(decoding: reader.out, as: UTF8.self), isCut)
  }

  private init(image: String, pictures: [[UInt8]: String], html: [UInt8]) {
    (self.image, self.pictures) = (image, pictures)
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
        if !open.isHidden { text(html[place..<shown]) }
        place = open.isHidden ? end : shown
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

  private mutating func literal(_ text: StaticString) {
    out += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  // MARK: - Markup

  private mutating func markup() {
    guard let tag = HTMLTag(html, at: place, collecting: !open.isHidden) else {
      let (end, isText) = HTMLTag.passed(html, at: place)
      place = end
      if isText, !open.isHidden { literal("&lt;") }
      return
    }
    place = tag.end
    if tag.isEnd {
      if let index = open.place(of: tag.key) { pop(to: index) }
    } else {
      start(tag, HTMLElement.named(tag.key))
    }
  }

  private mutating func start(_ tag: HTMLTag, _ element: HTMLElement) {
    switch element {
    case .lineBreak:
      if !open.isHidden, !tag.isHidden { literal("<br>") }
      return
    case .void:
      if !open.isHidden, !tag.isHidden { void(tag) }
      return
    case .raw:
      place = HTMLTag.endOfRaw(tag.name, html, from: place)
      return
    case .paragraph, .block, .cell:
      if let index = open.placeEnded(by: tag.key) { pop(to: index) }
    case .inline, .unseen: break
    }
    if open.isFull { return }
    let isHidden = tag.isHidden || element == .unseen
    let name = isHidden || open.isHidden || depth >= Self.mostNested ? nil : Self.allowed(tag.key)
    var isWritten = name != nil
    if let name {
      if tag.key == Self.anchor { isWritten = anchor(tag) } else { write(name, tag) }
    }
    if isWritten { depth += 1 }
    open.push(tag.key, isHidden: isHidden, name: isWritten ? name : nil)
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

  /// A picture that came along is shown. No other is loaded: its words stand for it, and lead to it where it is somewhere else. One that nobody
  /// could see is left out.
  private mutating func picture(_ tag: HTMLTag) {
    let sizes: [StaticString] = ["width", "height"]
    let size = sizes.map { name in tag.attributes.first { $0.name.isWord(name) }.flatMap { Self.number($0.value, 0...2) } }
    if size.contains(where: { $0 != nil }) { return }
    let words = tag.attributes.first { $0.name.isWord("alt") }.map { HTMLEntities.decode($0.value) } ?? []
    let isSpoken = words.contains { $0 > 0x20 }
    let label = isSpoken ? words : Array("[\(image)]".utf8)
    let value = tag.attributes.first { $0.name.isWord("src") }?.value
    if let name = value.flatMap({ Self.contentID($0) }), let own = pictures[name] {
      literal("<img src=\"")
      Self.escape(Array(own.utf8)[...], to: &out)
      literal("\" alt=\"")
      Self.escape(label.prefix(1_000)[...], to: &out)
      literal("\">")
      return
    }
    let source = value.flatMap { Self.address($0) }
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

  private mutating func pop(to index: Int) {
    while let element = open.pop(to: index) {
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
}
