/// An iCalendar file (RFC 5545, 3.1), line by line: CR LF ends, at most 75 bytes a line, never cut within a character.
struct PublishedLines {
  private(set) var bytes: [UInt8] = []

  /// - Parameters:
  ///   - name: with its parameters, if any.
  ///   - value: as its type writes it.
  mutating func add(_ name: String, _ value: String) {
    var rest = Array((name + ":" + value).utf8)[...]
    var room = 75
    while rest.count > room {
      var cut = rest.startIndex + room
      while cut > rest.startIndex + 1, rest[cut] & 0xC0 == 0x80 { cut -= 1 }
      bytes += rest[..<cut] + [0x0D, 0x0A, 0x20]
      (rest, room) = (rest[cut...], 74)
    }
    bytes += rest + [0x0D, 0x0A]
  }

  mutating func append(_ other: PublishedLines) { bytes += other.bytes }

  /// A text of anybody's: of control characters only the end of a line is kept.
  mutating func add(_ name: String, text: String) {
    var value: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x5C, 0x3B, 0x2C: value += [0x5C, byte]
      case 0x0A: value += [0x5C, 0x6E]
      case 0x09: value.append(byte)
      case 0..<0x20, 0x7F: break
      default: value.append(byte)
      }
    }
    add(name, String(decoding: value, as: UTF8.self))
  }
}

extension Instant {
  /// "20270310T140000Z".
  var basic: String { Zone.utc.local(self).basic + "Z" }
}
