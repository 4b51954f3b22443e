extension [UInt8] {
  mutating func append(words: StaticString) {
    words.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Decimal digits without making a String, padded with zeros to `width`.
  mutating func append(number: Int, width: Int = 1) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = count
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0 || count - start < width
    self[start...].reverse()
  }

  /// "09:05"
  mutating func append(clock time: TimeOfDay) {
    append(number: time.hour, width: 2)
    append(UInt8(ascii: ":"))
    append(number: time.minute, width: 2)
  }
}

extension TimeWords {
  /// What `write` appends, as a String. Everything here writes UTF-8, so nothing is replaced.
  static func string(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
