/// A tag as it stands in HTML.
struct HTMLTag {
  let key: HTMLElement.Key
  let name: ArraySlice<UInt8>
  let isEnd: Bool
  /// Hidden by its attributes.
  let isHidden: Bool
  /// The first byte behind it.
  let end: Int
  /// As they stand, where they were asked for.
  let attributes: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)]

  /// Reads from `<` to `>`; `>` in quotation marks does not end it.
  ///
  /// - Parameter collecting: whether its attributes are kept.
  /// - Returns: nil when `<` begins no tag here, or the text ends before it does.
  init?(_ html: [UInt8], at start: Int, collecting: Bool = false) {
    var place = start + 1
    let isEnd = place < html.count && html[place] == 0x2F
    if isEnd { place += 1 }
    guard place < html.count, (0x41...0x5A).contains(html[place] & 0xDF) else { return nil }
    let nameStart = place
    while place < html.count, html[place] > 0x20, html[place] != 0x3E, html[place] != 0x2F { place += 1 }
    name = html[nameStart..<place]
    key = HTMLElement.key(name)
    self.isEnd = isEnd
    var isHidden = false
    var attributes: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    while place < html.count, html[place] != 0x3E {
      if html[place] <= 0x20 || html[place] == 0x2F {
        place += 1
        continue
      }
      let attribute = HTMLTag.attribute(html, &place)
      if collecting, attributes.count < 100 { attributes.append(attribute) }
      if attribute.name.isWord("hidden") { isHidden = true }
      if attribute.name.isWord("style"), HTMLStyle.hides(HTMLEntities.decode(attribute.value)[...]) { isHidden = true }
    }
    guard place < html.count else { return nil }
    self.isHidden = isHidden
    self.attributes = attributes
    end = place + 1
  }

  private static func attribute(_ html: [UInt8], _ place: inout Int) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    let start = place
    place += 1
    while place < html.count, html[place] > 0x20, html[place] != 0x3E, html[place] != 0x3D, html[place] != 0x2F { place += 1 }
    let name = html[start..<place]
    var next = place
    while next < html.count, isMailBlank(html[next]) { next += 1 }
    guard next < html.count, html[next] == 0x3D else { return (name, html[start..<start]) }
    next += 1
    while next < html.count, isMailBlank(html[next]) { next += 1 }
    place = next
    guard next < html.count else { return (name, html[start..<start]) }
    if html[next] == 0x22 || html[next] == 0x27 {
      let mark = html[next]
      place += 1
      while place < html.count, html[place] != mark { place += 1 }
      defer { place = min(place + 1, html.count) }
      return (name, html[next + 1..<place])
    }
    while place < html.count, html[place] > 0x20, html[place] != 0x3E { place += 1 }
    return (name, html[next..<place])
  }
}

extension HTMLTag {
  /// Passes what begins with `<` and is no tag: a comment, a declaration, or a `<` that is only that. A tag without an end hides what follows, as it
  /// does in a browser.
  ///
  /// - Returns: the first byte behind it, and whether the `<` is text.
  static func passed(_ html: [UInt8], at place: Int) -> (end: Int, isText: Bool) {
    let rest = html[(place + 1)...]
    guard let next = rest.first else { return (place + 1, false) }
    if rest.starts(with: [0x21, 0x2D, 0x2D]) {
      var end = place + 4
      // `<!-->` and `<!--->` are whole comments.
      if end < html.count, html[end] == 0x3E { return (end + 1, false) }
      if html[end...].starts(with: [0x2D, 0x3E]) { return (end + 2, false) }
      while end + 2 < html.count, !(html[end] == 0x2D && html[end + 1] == 0x2D && html[end + 2] == 0x3E) { end += 1 }
      return (min(end + 3, html.count), false)
    }
    if next == 0x21 || next == 0x3F || next == 0x2F { return ((rest.firstIndex(of: 0x3E) ?? html.count - 1) + 1, false) }
    return (0x41...0x5A).contains(next & 0xDF) ? (html.count, false) : (place + 1, true)
  }

  /// The first byte behind the end tag of that name; without one nothing more is shown.
  static func endOfRaw(_ name: ArraySlice<UInt8>, _ html: [UInt8], from start: Int) -> Int {
    var place = start
    while place < html.count, let tag = html[place...].firstIndex(of: 0x3C) {
      place = tag + 1
      if place < html.count, html[place] == 0x2F, html.count > place + name.count,
        html[(place + 1)...].prefix(name.count).elementsEqual(name, by: { ASCII.lower($0) == ASCII.lower($1) })
      {
        return (html[place...].firstIndex(of: 0x3E) ?? html.count - 1) + 1
      }
    }
    return html.count
  }
}
