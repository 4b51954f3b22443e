/// How much was done: pages, kilometres, minutes. An exact decimal with three places, as the table's `numeric(10,3)`.
public struct Amount: Comparable, Hashable, Sendable {
  public let thousandths: Int

  public static let zero = Amount(thousandths: 0)
  /// The most that can be entered for one date, and the highest target.
  public static let limit = Amount(thousandths: 1_000_000_000)

  public init(thousandths: Int) { self.thousandths = thousandths }

  /// Whole units.
  public init(_ whole: Int) {
    let (product, overflow) = whole.multipliedReportingOverflow(by: 1000)
    thousandths = overflow ? (whole < 0 ? .min : .max) : product
  }

  /// Saturates; never traps.
  public static func + (left: Amount, right: Amount) -> Amount {
    let (sum, overflow) = left.thousandths.addingReportingOverflow(right.thousandths)
    return Amount(thousandths: overflow ? (left.thousandths < 0 ? .min : .max) : sum)
  }

  public static func < (left: Amount, right: Amount) -> Bool { left.thousandths < right.thousandths }

  /// With a decimal point and no needless zeros, "1.5": for forms, facts and files.
  public var decimal: String { text(separator: ".") }

  /// "1.5"; "1,5". Thousands are not separated, so what is shown can be typed.
  public func text(_ language: Language) -> String { text(separator: language == .english ? "." : ",") }

  private func text(separator: String) -> String {
    let (whole, rest) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
    let sign = thousandths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    var places = String(rest + 1000).dropFirst()
    while places.last == "0" { places = places.dropLast() }
    return "\(sign)\(whole)\(separator)\(places)"
  }
}

/// A part of a whole: a score or a rate, 0…1.
public struct Proportion: Comparable, Hashable, Sendable {
  public let value: Double

  public init(_ value: Double) { self.value = value }

  /// Nil where there is no whole.
  public init?(_ part: Int, of whole: Int) {
    guard whole > 0 else { return nil }
    value = Double(part) / Double(whole)
  }

  /// With six decimals, "0.524871": what pages give to tools.
  public var fact: String {
    let millionths = Int(min(max(value, 0), 1) * 1_000_000 + 0.5)
    return "\(millionths / 1_000_000)." + String(millionths % 1_000_000 + 1_000_000).dropFirst()
  }

  /// Whole percent, halves up. Only what is whole is 100, and only nothing is 0.
  public var percent: Int {
    let rounded = Int(min(max(value, 0), 1) * 100 + 0.5)
    if rounded == 100 && value < 1 { return 99 }
    return rounded == 0 && value > 0 ? 1 : rounded
  }

  public static func < (left: Proportion, right: Proportion) -> Bool { left.value < right.value }
}
