/// What an element does to the text in it.
enum HTMLElement {
  /// Stands in the line: `b`, `span`, what nobody knows.
  case inline
  /// On lines of its own.
  case block
  /// On lines of its own with a blank one around.
  case paragraph
  /// A cell of a table.
  case cell
  /// Has no end and no content.
  case void
  /// `br`.
  case lineBreak
  /// Its content is not read as markup, and shown nowhere.
  case raw
  /// Nothing in it is shown.
  case unseen

  /// Up to eight bytes of a name in lower case, as one number; longer names are cut.
  typealias Key = UInt64

  static func key(_ name: ArraySlice<UInt8>) -> Key {
    var key: Key = 0
    for byte in name.prefix(8) { key = key << 8 | Key(ASCII.lower(byte)) }
    return key
  }

  static func key(_ name: StaticString) -> Key {
    var key: Key = 0
    for place in 0..<min(8, name.utf8CodeUnitCount) { key = key << 8 | Key(name.utf8Start[place]) }
    return key
  }

  /// What an element of this name does.
  static func named(_ key: Key) -> HTMLElement {
    var (low, high) = (0, known.count)
    while low < high {
      let middle = (low + high) / 2
      if known[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < known.count && known[low].key == key ? known[low].element : .inline
  }

  /// By key: looking it up takes a third of the time of a dictionary.
  private static let known: [(key: Key, element: HTMLElement)] = {
    let groups: [(HTMLElement, [StaticString])] = [
      (.paragraph, ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "fieldset", "figure"]),
      (
        .block,
        [
          "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "nav", "main", "aside", "center", "tbody", "thead",
          "tfoot",
          "caption", "option", "legend", "body", "html", "details", "summary", "address", "form", "figcaption",
        ]
      ),
      (.cell, ["td", "th"]), (.lineBreak, ["br"]),
      (
        .void,
        ["img", "input", "meta", "link", "base", "wbr", "hr", "col", "area", "embed", "source", "track", "param", "frame", "basefont"]
      ),
      (.raw, ["script", "style", "title", "iframe", "noembed", "noframes", "xml"]),
      (.unseen, ["template", "svg", "math", "object", "audio", "video", "canvas", "datalist"]),
    ]
    return groups.flatMap { group in group.1.map { (key($0), group.0) } }.sorted { $0.0 < $1.0 }
  }()
}

/// Whether a style hides what it stands on (RULES 6.10).
enum HTMLStyle {
  static func hides(_ style: ArraySlice<UInt8>) -> Bool {
    for declaration in plain(style).split(separator: 0x3B) {
      guard let colon = declaration.firstIndex(of: 0x3A) else { continue }
      let (name, value) = (declaration[..<colon], declaration[(colon + 1)...])
      if name.isWord("display"), value.begins(with: "none") { return true }
      if name.isWord("visibility"), value.begins(with: "hidden") || value.begins(with: "collapse") { return true }
      if name.isWord("opacity") || name.isWord("font-size") || name.isWord("font"), isNothing(value) { return true }
      if name.isWord("mso-hide"), value.begins(with: "all") { return true }
    }
    return false
  }

  /// Without blanks and comments, in lower case.
  private static func plain(_ style: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var place = style.startIndex
    while place < style.endIndex {
      let byte = style[place]
      if byte == 0x2F, place + 1 < style.endIndex, style[place + 1] == 0x2A {
        place += 2
        while place < style.endIndex, !(style[place] == 0x2A && place + 1 < style.endIndex && style[place + 1] == 0x2F) { place += 1 }
        place += 2
        continue
      }
      if byte > 0x20 { out.append(ASCII.lower(byte)) }
      place += 1
    }
    return out
  }

  /// `0`, `0px`, `.0`, `0.00em`, but not `0.9em`.
  private static func isNothing(_ value: ArraySlice<UInt8>) -> Bool {
    let number = value.prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
    return number.contains(0x30) && number.allSatisfy { $0 == 0x30 || $0 == 0x2E }
  }
}
