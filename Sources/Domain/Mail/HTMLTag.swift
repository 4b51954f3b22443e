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
