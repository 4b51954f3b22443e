/// Some days of the week.
public struct WeekdaySet: Hashable, Sendable {
  /// Bit 0 is Monday, bit 6 Sunday: what is stored.
  public let bits: UInt8

  public static let none = WeekdaySet(bits: 0)
  public static let workdays: WeekdaySet = [.monday, .tuesday, .wednesday, .thursday, .friday]
  public static let weekend: WeekdaySet = [.saturday, .sunday]

  public init(bits: UInt8) { self.bits = bits & 0x7F }

  public init(_ days: some Sequence<Weekday>) {
    bits = days.reduce(0) { $0 | 1 << UInt8($1.rawValue - 1) }
  }

  public var count: Int { bits.nonzeroBitCount }
  public var isEmpty: Bool { bits == 0 }

  public func contains(_ day: Weekday) -> Bool { contains(index: day.rawValue - 1) }

  /// - Parameter index: 0 is Monday, 6 Sunday.
  @inline(__always)
  func contains(index: Int) -> Bool { bits >> UInt8(truncatingIfNeeded: index) & 1 == 1 }

  /// In the order of a week that begins with `first`.
  public func days(from first: Weekday = .monday) -> [Weekday] { Weekday.week(from: first).filter(contains) }
}

extension WeekdaySet: ExpressibleByArrayLiteral {
  public init(arrayLiteral days: Weekday...) { self.init(days) }
}

extension Weekday {
  /// The seven days of a week that begins with `first`.
  public static func week(from first: Weekday) -> [Weekday] {
    let split = first.rawValue - 1
    return Array(allCases[split...] + allCases[..<split])
  }

  /// How many days after a week's first one this is, 0…6.
  public func offset(from first: Weekday) -> Int { floorModulo(rawValue - first.rawValue, 7) }
}
