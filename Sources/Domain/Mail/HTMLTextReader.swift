/// The text of an HTML part that a person could see (RULES 6.10): by lines, with the depth of quotes (`blockquote`).
///
/// No browser: style sheets are not applied, only styles on the elements themselves. One pass; the stack of open elements is looked
/// through at most ``furthest`` deep for each end tag.
struct HTMLTextReader {
  private struct Open {
    let key: HTMLElement.Key
    let isHidden: Bool
  }

  private static let furthest = 256
  private static let deepest = 10_000

  private let html: [UInt8]
  private var place = 0
  private var out: MailText
  private var line: [UInt8] = []
  private var open: [Open] = []
  private var hidden = 0
  /// Paragraphs among the open elements: most begin where none is.
  private var paragraphs = 0
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
      } else if hidden > 0 {
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
      notTag()
      return
    }
    place = tag.end
    if tag.isEnd { close(tag) } else { start(tag, HTMLElement.named(tag.key)) }
  }

  /// A comment, a declaration, or a `<` that is only that. A tag without an end hides what follows, as it does in a browser.
  private mutating func notTag() {
    let rest = html[(place + 1)...]
    guard let next = rest.first else {
      place += 1
      return
    }
    if rest.starts(with: [0x21, 0x2D, 0x2D]) {
      var end = place + 4
      // `<!-->` and `<!--->` are whole comments.
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
      if hidden == 0 { add(0x3C) }
    }
  }

  private mutating func start(_ tag: HTMLTag, _ element: HTMLElement) {
    switch element {
    case .lineBreak:
      if hidden == 0 { newLine() }
      return
    case .void:
      if tag.key == HTMLTextReader.rule, hidden == 0 { breakLine() }
      return
    case .raw:
      skipRaw(tag.name)
      return
    case .paragraph, .block:
      closeImplied(before: tag.key)
      if hidden == 0 { element == .paragraph ? gap() : breakLine() }
    case .cell:
      closeImplied(before: tag.key)
      if hidden == 0 { needsBlank = true }
    case .inline, .unseen: break
    }
    guard open.count < HTMLTextReader.deepest else { return }
    let isHidden = tag.isHidden || element == .unseen
    open.append(Open(key: tag.key, isHidden: isHidden))
    if isHidden { hidden += 1 }
    if tag.key == HTMLTextReader.paragraph { paragraphs += 1 }
    if tag.key == HTMLTextReader.quote { quotes += 1 }
    if tag.key == HTMLTextReader.pre { preformatted += 1 }
    if tag.key == HTMLTextReader.item, hidden == 0 {
      line += [0x2D, 0x20]
      needsBlank = false
    }
  }

  private mutating func close(_ tag: HTMLTag) {
    guard let index = search(for: tag.key) else { return }
    pop(to: index)
  }

  /// Elements that end because another begins: a paragraph before a block, an item before an item, a cell before a cell.
  private mutating func closeImplied(before key: HTMLElement.Key) {
    if key == HTMLTextReader.item || HTMLTextReader.isTablePart(key) {
      if key != HTMLTextReader.table, let index = search(for: key) { pop(to: index) }
    } else if paragraphs > 0, let index = search(for: HTMLTextReader.paragraph) {
      pop(to: index)
    }
  }

  /// Within the cell or list that the tag stands in; parts of a table are looked for in the table.
  private func search(for key: HTMLElement.Key) -> Int? {
    let walls = HTMLTextReader.isTablePart(key) ? [HTMLTextReader.table] : HTMLTextReader.walls
    var index = open.count
    let last = max(0, open.count - HTMLTextReader.furthest)
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
      let kind = HTMLElement.named(element.key)
      if hidden == 0 {
        if kind == .paragraph { gap() } else if kind == .block { breakLine() } else if kind == .cell { needsBlank = true }
      }
      if element.isHidden { hidden -= 1 }
      if element.key == HTMLTextReader.paragraph { paragraphs -= 1 }
      if element.key == HTMLTextReader.quote { quotes -= 1 }
      if element.key == HTMLTextReader.pre { preformatted -= 1 }
    }
  }

  /// To the end tag of the same name; without one nothing more is shown.
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

  private static let rule = HTMLElement.key("hr")
  private static let quote = HTMLElement.key("blockquote")
  private static let pre = HTMLElement.key("pre")
  private static let item = HTMLElement.key("li")
  private static let paragraph = HTMLElement.key("p")
  private static let table = HTMLElement.key("table")
  private static let tableParts = [HTMLElement.Key](["td", "th", "tr", "tbody", "thead", "tfoot", "table"].map { HTMLElement.key($0) })
  private static let walls = [HTMLElement.Key](
    ["td", "th", "table", "caption", "button", "template", "ul", "ol", "object", "svg"].map { HTMLElement.key($0) })

  private static func isTablePart(_ key: HTMLElement.Key) -> Bool { tableParts.contains(key) }
}
