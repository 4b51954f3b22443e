/// What of a stranger's markup may come through.
extension MailHTML {
  /// Where a link leads.
  struct Address {
    let text: [UInt8]
    let host: [UInt8]
    let isMail: Bool
  }

  /// A web address with a host and without a user, or a mailbox without a query; nil for all else.
  static func address(_ value: ArraySlice<UInt8>) -> Address? {
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

  /// What a `cid:` address names (RFC 2392); nil for all else.
  static func contentID(_ value: ArraySlice<UInt8>) -> [UInt8]? {
    guard value.count <= 2_000 else { return nil }
    let text = HTMLEntities.decode(value).filter { $0 > 0x20 }
    guard text.count > 4, text[..<4].isWord("cid:") else { return nil }
    return ASCII.percentDecoded(text[4...])
  }

  /// Text as it may stand between tags and in quotes.
  static func escape(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
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

  static func percent(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// An attribute with a value of those that mean nothing but how text stands.
  static func attribute(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> (name: StaticString, value: [UInt8])? {
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

  static func number(_ value: ArraySlice<UInt8>, _ range: ClosedRange<Int>) -> Int? {
    let digits = value.filter { $0 > 0x20 }.prefix { (0x30...0x39).contains($0) }
    guard (1...6).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
    return range.contains(number) ? number : nil
  }

  /// What an element is written as; nil: it is not, and what stands in it is.
  static func allowed(_ key: HTMLElement.Key) -> StaticString? {
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if names[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low].key == key ? names[low].name : nil
  }

  static let names: [(key: HTMLElement.Key, name: StaticString)] = {
    let same: [StaticString] = [
      "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr",
      "td",
      "th", "blockquote", "pre", "div", "span", "section", "article", "header", "footer", "main", "aside", "address", "center", "figure",
      "figcaption", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "small", "big", "code", "kbd", "samp", "tt",
      "var",
      "cite", "q", "abbr", "mark", "a",
    ]
    return same.map { (HTMLElement.key($0), $0) }.sorted { $0.0 < $1.0 }
  }()

  static let anchor = HTMLElement.key("a")
  static let picture = HTMLElement.key("img")
  static let rule = HTMLElement.key("hr")
  static let softBreak = HTMLElement.key("wbr")
}
