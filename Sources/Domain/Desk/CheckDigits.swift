/// Numbers that prove themselves.
enum CheckDigits {
  /// A card: 13 to 19 digits, by Luhn (ISO/IEC 7812). The same digit all over is none.
  static func isCard(_ digits: [Int]) -> Bool {
    guard (13...19).contains(digits.count), Set(digits).count > 1 else { return false }
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      let weighed = index % 2 == 1 ? digit * 2 : digit
      sum += weighed > 9 ? weighed - 9 : weighed
    }
    return sum % 10 == 0
  }

  /// The tax number of a person in Brazil: 11 digits.
  static func isCPF(_ digits: [Int]) -> Bool {
    guard digits.count == 11, Set(digits).count > 1 else { return false }
    return brazilian(digits, 9, most: 11) == digits[9] && brazilian(digits, 10, most: 11) == digits[10]
  }

  /// The one of a company: 14 digits, and since 2026 letters among the first twelve, which count as their ASCII code less 48.
  static func isCNPJ(_ values: [Int]) -> Bool {
    guard values.count == 14, Set(values).count > 1, values[12] < 10, values[13] < 10 else { return false }
    return brazilian(values, 12, most: 9) == values[12] && brazilian(values, 13, most: 9) == values[13]
  }

  /// The check digit over the first `count`, weighed 2, 3, 4 … from the last one on, up to `most` and then again from 2.
  private static func brazilian(_ values: [Int], _ count: Int, most: Int) -> Int {
    var (sum, weight) = (0, 2)
    for value in values[..<count].reversed() {
      sum += value * weight
      weight = weight == most ? 2 : weight + 1
    }
    let rest = sum % 11
    return rest < 2 ? 0 : 11 - rest
  }

  /// A bank account: two letters, two digits, 11 to 30 letters and digits, 1 modulo 97 (ISO 13616).
  ///
  /// - Parameter text: ASCII letters and digits without blanks.
  static func isIBAN(_ text: [UInt8]) -> Bool {
    guard (15...34).contains(text.count) else { return false }
    var rest = 0
    for byte in text[4...] + text[..<4] {
      if let digit = decimal(byte) {
        rest = (rest * 10 + digit) % 97
      } else {
        rest = (rest * 100 + Int(ASCII.lower(byte)) - 0x61 + 10) % 97
      }
    }
    return rest == 1
  }
}

extension RedactionMarks {
  /// Whole, or in groups of four with the rest behind them.
  mutating func findIBANs() {
    var place = 0
    while place + 15 <= scalars.count {
      if let range = iban(at: place), isFree(range) {
        take(range, .iban, String(String.UnicodeScalarView(lowercased(range).unicodeScalars.filter(ASCII.isAlphanumeric))))
        place = range.upperBound
      } else {
        place += 1
      }
    }
  }

  private func iban(at start: Int) -> Range<Int>? {
    guard ASCII.isLetter(scalars[start]), ASCII.isLetter(scalars[start + 1]), isDigit(start + 2), isDigit(start + 3),
      start == 0 || !ASCII.isAlphanumeric(scalars[start - 1])
    else { return nil }
    var text: [UInt8] = []
    var place = start
    var found: Range<Int>?
    while true {
      let first = place
      while place < scalars.count, place - first <= 34, ASCII.isAlphanumeric(scalars[place]) { place += 1 }
      let length = place - first
      text += scalars[first..<place].map { UInt8($0.value) }
      guard length > 0, first == start || length <= 4, text.count <= 34 else { break }
      if CheckDigits.isIBAN(text) { found = start..<place }
      // The next group, when this one was full.
      guard length == 4, let next = scalar(place), next == " " || next == "-" || next == "\u{A0}" || next == "\u{202F}" else { break }
      place += 1
    }
    return found
  }

  private func isDigit(_ place: Int) -> Bool { ("0"..."9").contains(scalars[place]) }
}
