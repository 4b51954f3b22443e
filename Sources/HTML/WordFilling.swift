extension Words {
  /// Replaces `{name}` in one pass over the bytes, so that braces inside a value stay what they are. Unknown names stay too.
  static func fill(_ sentence: String, _ values: KeyValuePairs<String, String>, n: Int? = nil) -> String {
    guard sentence.utf8.contains(0x7B) else { return sentence }
    var out: [UInt8] = []
    var rest = Array(sentence.utf8)[...]
    while let open = rest.firstIndex(of: 0x7B), let close = rest[open...].firstIndex(of: 0x7D) {
      out += rest[..<open]
      let name = String(decoding: rest[(open + 1)..<close], as: UTF8.self)
      if let value = values.first(where: { $0.key == name })?.value {
        out += value.utf8
      } else if name == "n", let n {
        out += String(n).utf8
      } else {
        out += rest[open...close]
      }
      rest = rest[(close + 1)...]
    }
    return String(decoding: out + rest, as: UTF8.self)
  }

  /// The names that stand in braces.
  static func placeholders(_ sentence: String) -> [String] {
    sentence.utf8.split(separator: 0x7B, omittingEmptySubsequences: false).dropFirst().compactMap { part in
      part.firstIndex(of: 0x7D).map { String(decoding: Array(part[..<$0]), as: UTF8.self) }
    }
  }

  static func escaped(_ text: String) -> [UInt8] {
    var html = HTMLWriter(words: Words.none, capacity: text.utf8.count)
    html.text(text)
    return html.bytes
  }

  /// No words: for what is written without a page.
  static let none = Words(language: "en")
}
