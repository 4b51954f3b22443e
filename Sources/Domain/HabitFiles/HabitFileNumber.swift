/// Decimal numbers of files as whole thousandths, exactly: no binary fraction comes in between.
enum HabitFileNumber {
  /// `35`, `-1`, `1,5`, `1.5`, `-2.15E+09`; what lies beyond the third decimal is rounded, halves up.
  ///
  /// - Parameter grouping: marks that with three digits behind them may as well part thousands (`12,345`): such a number is not read.
  /// - Returns: nil for anything else, and beyond 10¹⁴.
  static func thousandths(_ cell: ArraySlice<UInt8>, grouping: [UInt8] = []) -> Int? {
    var rest = HabitFileText.trimmed(cell)
    let isNegative = rest.first == 0x2D
    if isNegative || rest.first == 0x2B { rest = rest.dropFirst() }
    var digits: [Int] = []
    var decimals: Int?
    while let byte = rest.first {
      if let digit = decimal(byte), digits.count < 40 {
        digits.append(digit)
        decimals? += 1
      } else if byte == 0x2E || byte == 0x2C, decimals == nil, !digits.isEmpty {
        decimals = 0
        if grouping.contains(byte), digits != [0], digits.count <= 3, rest.count == 4 { return nil }
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard !digits.isEmpty, decimals != 0, let power = exponent(rest) else { return nil }
    guard let value = value(digits, shift: power - (decimals ?? 0) + 3) else { return nil }
    return isNegative ? -value : value
  }

  /// `E+09` behind a number; 0 for nothing, nil for what is none.
  private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
    if text.isEmpty { return 0 }
    var reader = ByteReader(Array(text))
    guard reader.skip(0x45) || reader.skip(0x65) else { return nil }
    let isNegative = reader.skip(0x2D)
    if !isNegative { _ = reader.skip(0x2B) }
    guard let power = reader.number(upTo: 40), reader.isAtEnd else { return nil }
    return isNegative ? -power : power
  }

  private static func value(_ digits: [Int], shift: Int) -> Int? {
    let kept = shift < 0 ? digits.prefix(max(0, digits.count + shift)) : digits[...]
    var value = 0
    for digit in kept {
      value = value * 10 + digit
      if value > 100_000_000_000_000_000 { return nil }
    }
    for _ in 0..<max(0, shift) where value > 0 {
      value *= 10
      if value > 100_000_000_000_000_000 { return nil }
    }
    let isHalf = shift < 0 && -shift <= digits.count && digits[digits.count + shift] >= 5
    return isHalf ? value + 1 : value
  }

  /// `1.5`, `2000`: with a point and without zeros at its end.
  static func text(_ thousandths: Int) -> String {
    if thousandths < 0 { return "-" + text(-thousandths) }
    let whole = String(thousandths / 1000)
    var rest = thousandths % 1000
    if rest == 0 { return whole }
    var width = 3
    while rest % 10 == 0 { (rest, width) = (rest / 10, width - 1) }
    return whole + "." + String(String(1000 + rest).suffix(width))
  }
}

extension JSONValue {
  /// A number, or a text that is one.
  var thousandths: Int? { number != nil || text != nil ? HabitFileNumber.thousandths(written) : nil }

  /// A whole number.
  var integer: Int? {
    guard let thousandths, thousandths % 1_000 == 0 else { return nil }
    return thousandths / 1_000
  }
}
