/// Time spent or estimated, in minutes, as people write it (RULES 8.22): "90", "1h30", "1.5 h", "2 horas", "1 dia".
public enum WorkMinutes {
  /// What a task can hold.
  public static let range = 0...60_000

  /// - Parameter day: how many minutes a day of work has.
  /// - Returns: nil: not understood, or more than ``range`` on either side of zero. Below zero only with a minus in front.
  public static func read(_ text: some StringProtocol, day: Int = 480) -> Int? {
    var bytes = text.utf8.filter { $0 != 0x20 && $0 != 0x09 }.map { (65...90).contains($0) ? $0 + 32 : $0 }[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    var thousandths = 0
    var last = Unit.none
    while !bytes.isEmpty {
      guard let number = number(&bytes) else { return nil }
      let unit = unit(&bytes)
      guard let unit, let minutes = minutes(of: unit, after: last, day), last != .minute else { return nil }
      // "1h30" ends there, as does a bare number.
      if unit == .none, !bytes.isEmpty { return nil }
      thousandths += number * minutes
      if thousandths > range.upperBound * 1_000 { return nil }
      last = unit == .none ? .minute : unit
    }
    guard last != .none else { return nil }
    let minutes = (thousandths + 500) / 1_000
    return isNegative ? -minutes : minutes
  }

  /// "1h30", "45 min", "2h": the same in both languages, and read as what it says.
  public static func text(_ minutes: Int) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60)
    if hours == 0 { return "\(rest) min" }
    return rest == 0 ? "\(hours)h" : "\(hours)h\(rest < 10 ? "0" : "")\(rest)"
  }

  private enum Unit { case none, minute, hour, day }

  /// nil: a unit that is out of order.
  private static func minutes(of unit: Unit, after last: Unit, _ day: Int) -> Int? {
    switch unit {
    case .none: last == .day ? nil : 1
    case .minute: 1
    case .hour: last == .hour ? nil : 60
    case .day: last == .none ? day : nil
    }
  }

  /// A number of at most five digits in thousandths: "1.5" and "1,5" are the same.
  private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    let whole = digits(&bytes)
    guard (1...5).contains(whole.count) else { return nil }
    var value = whole.reduce(0) { $0 * 10 + Int($1 - 48) } * 1_000
    guard let mark = bytes.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") else { return value }
    bytes = bytes.dropFirst()
    let part = digits(&bytes)
    guard (1...3).contains(part.count) else { return nil }
    var weight = 100
    for digit in part {
      value += Int(digit - 48) * weight
      weight /= 10
    }
    return value
  }

  private static func digits(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let found = bytes.prefix { (48...57).contains($0) }
    bytes = bytes.dropFirst(found.count)
    return found
  }

  /// nil: a word that is none.
  private static func unit(_ bytes: inout ArraySlice<UInt8>) -> Unit? {
    let word = bytes.prefix { !(48...57).contains($0) }
    bytes = bytes.dropFirst(word.count)
    switch String(decoding: word, as: UTF8.self) {
    case "": return Unit.none
    case "m", "min", "mins", "minute", "minutes", "minuto", "minutos": return .minute
    case "h", "hr", "hrs", "hour", "hours", "hora", "horas": return .hour
    case "d", "day", "days", "dia", "dias": return .day
    default: return nil
    }
  }
}
