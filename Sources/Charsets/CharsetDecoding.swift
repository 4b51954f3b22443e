import Glibc

/// Bytes of a mail as UTF-8.
public struct DecodedText: Equatable, Sendable {
  /// Valid UTF-8. NUL and what is no character have become U+FFFD.
  public let utf8: [UInt8]
  /// The declared charset was none, unknown or wrong, and the bytes hold more than ASCII.
  public let isGuessed: Bool
}

public enum Charsets {
  /// Reads bytes by the charset that is declared. Where that is none, unknown or plainly wrong: UTF-8 if they are valid as such, else
  /// Windows-1252, which every byte is. Linear in the number of bytes.
  public static func decode(_ bytes: ArraySlice<UInt8>, as label: CharsetLabel?) -> DecodedText {
    let facts = ByteFacts(bytes)
    let isPlain: Bool
    if case .other(_, isASCII: false) = label { isPlain = false } else { isPlain = true }
    if isPlain, !facts.isBeyondASCII {
      return DecodedText(utf8: facts.holdsNUL ? withoutNUL(Array(bytes)) : Array(bytes), isGuessed: false)
    }
    switch label {
    case .utf8?:
      if facts.isUTF8 { return finished(Array(bytes), facts, isGuessed: false) }
      // More letters than faults: a text in UTF-8 that was cut or mended somewhere on its way.
      if facts.letters > facts.faults || facts.faults == 1 && facts.isCut {
        return finished(Array(String(decoding: bytes, as: UTF8.self).utf8), facts, isGuessed: false)
      }
      return finished(Windows1252.utf8(bytes), facts, isGuessed: true)
    case .windows1252?: return finished(Windows1252.utf8(bytes), facts, isGuessed: false)
    case .other(let name, _)?:
      if let text = iconv(bytes, name) { return DecodedText(utf8: withoutNUL(text), isGuessed: false) }
      return guessed(bytes, facts)
    case .ascii?, nil: return guessed(bytes, facts)
    }
  }

  private static func guessed(_ bytes: ArraySlice<UInt8>, _ facts: ByteFacts) -> DecodedText {
    finished(facts.isUTF8 ? Array(bytes) : Windows1252.utf8(bytes), facts, isGuessed: true)
  }

  private static func finished(_ utf8: [UInt8], _ facts: ByteFacts, isGuessed: Bool) -> DecodedText {
    DecodedText(utf8: facts.holdsNUL ? withoutNUL(utf8) : utf8, isGuessed: isGuessed)
  }

  private static func withoutNUL(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(0) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count + 16)
    for byte in text {
      if byte == 0 { out += [0xEF, 0xBF, 0xBD] } else { out.append(byte) }
    }
    return out
  }

  /// Descriptors that stay open, so that the C library does not load its tables anew for each text: a third of the time of a short one.
  private static let kept: Int = {
    let names = ["CP1251", "KOI8-R", "ISO-8859-15", "ISO-8859-2", "ISO-2022-JP-3", "CP932", "GB18030", "CP949", "BIG5-HKSCS"]
    return names.reduce(1) { count, name in iconv_open("UTF-8", name) == iconv_t(bitPattern: -1) ? count : count + 1 }
  }()

  /// - Returns: nil when the C library does not know `name`, or when more than one byte in twenty fits nothing in it: then the label is wrong.
  private static func iconv(_ bytes: ArraySlice<UInt8>, _ name: String) -> [UInt8]? {
    guard kept > 0, let handle = iconv_open("UTF-8", name), handle != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(handle) }
    var input = Array(bytes)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 2)
    var room = [UInt8](repeating: 0, count: 4096)
    var faults = 0
    input.withUnsafeMutableBytes { source in
      room.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = source.count
        while left > 0 {
          var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
          var free = target.count
          let result = Glibc.iconv(handle, &from, &left, &to, &free)
          let reason = errno
          out += target[..<(target.count - free)]
          guard result == -1, reason != E2BIG else { continue }
          // Half a character at the end, or bytes that are none: one of them is passed over.
          out += [0xEF, 0xBF, 0xBD]
          faults += 1
          from = from.map { $0 + 1 }
          left -= 1
        }
        // What the charset keeps back until its text ends.
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var free = target.count
        _ = Glibc.iconv(handle, nil, nil, &to, &free)
        out += target[..<(target.count - free)]
      }
    }
    return faults * 20 > bytes.count + 20 ? nil : out
  }
}
