/// The fields of a head (RFC 5322, 2.2), as they stand in the mail: nothing is decoded.
public struct MailHead: Sendable {
  private struct Field {
    let name: Range<Int>
    let value: Range<Int>
  }

  /// More fields than this are passed over; the longest real head seen has 140.
  static let mostFields = 1_000
  /// Bytes of one value that are read.
  static let longestValue = 65_536

  private let bytes: [UInt8]
  private var fields: [Field] = []
  /// The first byte after the blank line.
  public let end: Int

  /// Reads the lines from `start` until a blank one, or `limit`. A line that is no field is passed over, with what continues it.
  public init(_ bytes: [UInt8], from start: Int, to limit: Int) {
    self.bytes = bytes
    var fields: [Field] = []
    let end = bytes.withUnsafeBufferPointer { buffer in MailHead.read(buffer, from: start, to: limit, &fields) }
    self.fields = fields
    self.end = end
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int, _ fields: inout [Field]) -> Int {
    fields.reserveCapacity(24)
    var line = start
    var name: Range<Int>?
    var value = start..<start
    func close() {
      guard let name, fields.count < mostFields else { return }
      fields.append(Field(name: name, value: value.lowerBound..<min(value.upperBound, value.lowerBound + longestValue)))
    }
    while line < limit {
      var next = line
      while next < limit, bytes[next] != 0x0A { next += 1 }
      var last = next
      if last > line, bytes[last - 1] == 0x0D { last -= 1 }
      next = min(next + 1, limit)
      if last == line || isSeparator(bytes, line..<last, next: next, limit) {
        line = next
        break
      }
      if bytes[line] == 0x20 || bytes[line] == 0x09 {
        if name != nil { value = value.lowerBound..<last }
      } else {
        close()
        name = nil
        var colon = line
        while colon < last, bytes[colon] > 0x20, bytes[colon] != 0x3A { colon += 1 }
        let nameEnd = colon
        while colon < last, bytes[colon] == 0x20 || bytes[colon] == 0x09 { colon += 1 }
        if colon < last, bytes[colon] == 0x3A, nameEnd > line {
          name = line..<nameEnd
          value = colon + 1..<last
        }
      }
      line = next
    }
    close()
    return line
  }

  /// A line of blanks ends a head, too, where no field and no continuation follows: some programs put a blank there.
  private static func isSeparator(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, next: Int, _ limit: Int) -> Bool {
    guard bytes[line.lowerBound] <= 0x20, line.allSatisfy({ isMailBlank(bytes[$0]) }) else { return false }
    var place = next
    while place < limit, bytes[place] > 0x20, bytes[place] != 0x3A { place += 1 }
    return place >= limit || bytes[place] != 0x3A && place > next
  }

  /// Whether a `Content-Type` says that parts follow.
  public static func isMultipart(_ type: ArraySlice<UInt8>) -> Bool { type.begins(with: "multipart/") }
  /// Whether it says that a whole mail follows.
  public static func isMessage(_ type: ArraySlice<UInt8>) -> Bool {
    type.begins(with: "message/rfc822") || type.begins(with: "message/news")
  }

  /// The value of the first field of this name, trimmed; its line breaks still stand in it.
  ///
  /// - Parameter name: in lower case.
  public subscript(name: StaticString) -> ArraySlice<UInt8>? {
    for field in fields where field.name.count == name.utf8CodeUnitCount && bytes[field.name].isWord(name) {
      return bytes[field.value].trimmed
    }
    return nil
  }

  /// All values of this name, from the top.
  ///
  /// - Parameter name: in lower case.
  func all(_ name: StaticString) -> [ArraySlice<UInt8>] {
    var values: [ArraySlice<UInt8>] = []
    for field in fields where field.name.count == name.utf8CodeUnitCount && bytes[field.name].isWord(name) {
      values.append(bytes[field.value].trimmed)
    }
    return values
  }

  public var isEmpty: Bool { fields.isEmpty }
}
