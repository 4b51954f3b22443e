extension [UInt8] {
  mutating func append(words: StaticString) {
    words.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Decimal digits without making a String; `width` is 1, or 2 for a zero before a single digit.
  mutating func append(number: Int, width: Int = 1) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digits: number.magnitude, width: width)
  }

  /// Two digits at a time: the divisors are constants, which costs a third of dividing by powers.
  private mutating func append(digits: UInt, width: Int) {
    if digits >= 100 { append(digits: digits / 100, width: 1) }
    let pair = UInt8(digits % 100)
    if digits >= 10 || width == 2 { append(UInt8(ascii: "0") + pair / 10) }
    append(UInt8(ascii: "0") + pair % 10)
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
