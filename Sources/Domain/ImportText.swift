import Charsets

/// What bytes of a file say as text.
enum ImportText {
  /// UTF-8 without its mark. UTF-16 with a mark is turned into it; what is no UTF-8 is read as Windows-1252, which every byte is.
  ///
  /// - Throws: ``ImportRefusal/notText`` for a NUL, or half a character of UTF-16.
  static func utf8(_ bytes: [UInt8]) throws(ImportRefusal) -> [UInt8] {
    var text = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      text = Array(bytes.dropFirst(3))
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      guard let read = utf16(bytes.dropFirst(2), isLittle: bytes[0] == 0xFF) else { throw .notText }
      text = read
    }
    if text.contains(0) { throw .notText }
    return String(validating: text, as: UTF8.self) == nil ? Windows1252.utf8(text) : text
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isLittle: Bool) -> [UInt8]? {
    guard bytes.count % 2 == 0 else { return nil }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { place in
      isLittle ? UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8 : UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
    }
    return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
  }

  /// In one line, without controls, with single blanks.
  static func oneLine(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isBlank = scalar.value <= 32 || (127...160).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
      if !isBlank {
        out.append(scalar)
      } else if let last = out.last, last != " " {
        out.append(" ")
      }
    }
    if out.last == " " { out.removeLast() }
    return String(out)
  }

  static func prefix(_ text: String, scalars: Int) -> String { String(String.UnicodeScalarView(text.unicodeScalars.prefix(scalars))) }

  /// As many whole characters as fit.
  static func prefix(_ text: String, bytes: Int) -> String {
    if text.utf8.count <= bytes { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: bytes)
    while end > text.startIndex, text.unicodeScalars.index(end, offsetBy: 0).samePosition(in: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    return String(text.unicodeScalars[..<end])
  }

  /// Line ends as LF, other controls but tabs left out.
  static func lines(_ bytes: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    var afterReturn = false
    for byte in bytes {
      if byte >= 32 && byte != 127 || byte == 9 { out.append(byte) } else if byte == 13 || byte == 10 && !afterReturn { out.append(10) }
      afterReturn = byte == 13
    }
    while let last = out.last, last == 10 || last == 32 || last == 9 { out.removeLast() }
    return String(decoding: out, as: UTF8.self)
  }
}
