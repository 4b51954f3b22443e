/// The text of an HTML part that a person could see (RULES 6.10): by lines, with the depth of quotes (`blockquote`).
///
/// No browser: style sheets are not applied, only styles on the elements themselves. One pass.
struct HTMLTextReader {
  private let html: [UInt8]
  private var place = 0
  private var out: MailText
  private var line: [UInt8] = []
  private var open = HTMLOpenElements()
  private var quotes = 0
  private var preformatted = 0
  /// A blank stands between what is in the line and what comes.
  private var needsBlank = false
  private var blankLines = 2

  /// Appends the text of `html`, which is UTF-8, to `out`.
  static func read(_ html: [UInt8], into out: inout MailText) {
    var reader = HTMLTextReader(html: html, out: out)
    out = MailText()
    reader.run()
    out = reader.out
  }

  private init(html: [UInt8], out: MailText) {
    self.html = html
    self.out = out
  }

  private mutating func run() {
    while place < html.count {
      let byte = html[place]
      if byte == 0x3C {
        markup()
      } else if open.isHidden {
        place = html[place...].firstIndex(of: 0x3C) ?? html.count
      } else if byte > 0x20, byte != 0x26, byte != 0xC2 {
        word()
      } else {
        text(byte)
      }
    }
    breakLine()
  }

  // MARK: - Text

  /// All that stands together without blanks, references and tags.
  private mutating func word() {
    let end = html[place...].firstIndex { $0 <= 0x20 || $0 == 0x3C || $0 == 0x26 || $0 == 0xC2 } ?? html.count
    settleBlank()
    line += html[place..<end]
    place = end
  }

  private mutating func text(_ byte: UInt8) {
    if byte == 0x26, let (scalar, length) = HTMLEntities.scalar(html[place..<min(place + 16, html.count)]) {
      place += length
      if scalar == 0xA0 {
        add(0x20)
      } else if scalar < 0x80 {
        add(UInt8(scalar))
      } else {
        settleBlank()
        HTMLEntities.append(scalar, to: &line)
      }
      return
    }
    if byte == 0xC2, place + 1 < html.count, html[place + 1] == 0xA0 {
      place += 2
      add(0x20)
      return
    }
    place += 1
    if preformatted > 0, byte == 0x0A { newLine() } else { add(byte) }
  }

  private mutating func add(_ byte: UInt8) {
    if byte <= 0x20 {
      if preformatted > 0, byte == 0x20 || byte == 0x09 { line.append(byte) } else { needsBlank = true }
      return
    }
    settleBlank()
    line.append(byte)
  }

  private mutating func settleBlank() {
    if needsBlank, !line.isEmpty { line.append(0x20) }
    needsBlank = false
  }

  // MARK: - Lines

  /// Ends the line if there is anything in it.
  private mutating func breakLine() {
    if !line.isEmpty { newLine() }
    needsBlank = false
  }

  /// Ends the line also when it is empty; of blank lines at most two stand together.
  private mutating func newLine() {
    needsBlank = false
    blankLines = line.isEmpty ? blankLines + 1 : 0
    if blankLines <= 2 { out.append(line: line[...], depth: quotes) }
    line.removeAll(keepingCapacity: true)
  }

  private mutating func gap() {
    breakLine()
    if blankLines == 0 { newLine() }
  }

  // MARK: - Markup

  private mutating func markup() {
    guard let tag = HTMLTag(html, at: place) else {
      let (end, isText) = HTMLTag.passed(html, at: place)
      place = end
      if isText, !open.isHidden { add(0x3C) }
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
      if !open.isHidden { newLine() }
      return
    case .void:
      if tag.key == HTMLTextReader.rule, !open.isHidden { breakLine() }
      return
    case .raw:
      place = HTMLTag.endOfRaw(tag.name, html, from: place)
      return
    case .paragraph, .block:
      if let index = open.placeEnded(by: tag.key) { pop(to: index) }
      if !open.isHidden { element == .paragraph ? gap() : breakLine() }
    case .cell:
      if let index = open.placeEnded(by: tag.key) { pop(to: index) }
      if !open.isHidden { needsBlank = true }
    case .inline, .unseen: break
    }
    if open.isFull { return }
    open.push(tag.key, isHidden: tag.isHidden || element == .unseen)
    if tag.key == HTMLTextReader.quote { quotes += 1 }
    if tag.key == HTMLTextReader.pre { preformatted += 1 }
    if tag.key == HTMLTextReader.item, !open.isHidden {
      line += [0x2D, 0x20]
      needsBlank = false
    }
  }

  private mutating func pop(to index: Int) {
    while case let isShown = !open.isHidden, let element = open.pop(to: index) {
      let kind = HTMLElement.named(element.key)
      if isShown {
        if kind == .paragraph { gap() } else if kind == .block { breakLine() } else if kind == .cell { needsBlank = true }
      }
      if element.key == HTMLTextReader.quote { quotes -= 1 }
      if element.key == HTMLTextReader.pre { preformatted -= 1 }
    }
  }

  private static let rule = HTMLElement.key("hr")
  private static let quote = HTMLElement.key("blockquote")
  private static let pre = HTMLElement.key("pre")
  private static let item = HTMLElement.key("li")
}
