/// When somebody was born, as far as it is known: the day, the day without its year, or the year alone (RULES 9.18).
public enum Birthday: Hashable, Sendable {
  case whole(Day)
  /// Month 1…12 and day; 29 February is one.
  case yearless(month: Int, day: Int)
  /// 1…9999.
  case year(Int)

  /// Why words are none.
  public enum Problem: Error, Hashable, Sendable {
    /// Neither `YYYY-MM-DD` nor `--MM-DD` nor `YYYY`.
    case form
    /// 30 February.
    case noSuchDay
    case future
  }

  /// The day on which it is kept in some year.
  public struct Occurrence: Hashable, Sendable {
    public let day: Day
    /// 29 February in a year that has none: it is kept on the 28th, which is said (RULES 9.2).
    public let isMoved: Bool
    /// Years; nil without the year of birth.
    public let age: Int?
  }

  /// What somebody typed, blanks around it aside.
  ///
  /// - Parameter today: the person's own date; that day itself is no future.
  public init(_ typed: String, today: Day) throws(Problem) {
    let text = Array(typed.utf8.prefix(40))[...].trimmed.text
    guard let shape = BirthdayShape(text) else { throw .form }
    guard let found = shape.birthday else { throw .noSuchDay }
    if found.isAfter(today) { throw .future }
    self = found
  }

  /// As ``text`` wrote it.
  public init?(stored text: some StringProtocol) {
    guard let found = BirthdayShape(String(text))?.birthday else { return nil }
    self = found
  }

  /// `BDAY` of a vCard: `1985-04-12`, `19850412`, `--0412`, `1985`, each with a time behind it, which is passed over (RFC 2426, 3.1.5; RFC 6350, 6.2.5).
  ///
  /// - Parameter yearLeftOut: the year that stands for none, as Apple writes it: `BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12`.
  /// - Returns: nil for what is no day, and for a day or a month alone.
  public init?(card value: some StringProtocol, yearLeftOut: String? = nil) {
    let date = Array(value.utf8.prefix(80))[...].trimmed.prefix { $0 != UInt8(ascii: "T") && $0 != 0x20 }
    guard let found = BirthdayShape(date.text, isCard: true)?.birthday else { return nil }
    // 1604 is a leap year; nobody else's birthday is in it.
    let left = yearLeftOut.flatMap { Int($0) } ?? 1_604
    if case .whole(let day) = found, day.year == left {
      self = .yearless(month: day.month, day: day.day)
    } else {
      self = found
    }
  }

  /// `YYYY-MM-DD`, `--MM-DD` or `YYYY`.
  public var text: String {
    switch self {
    case .whole(let day): day.iso
    case .yearless(let month, let day): "--" + Birthday.digits(month) + "-" + Birthday.digits(day)
    case .year(let year): String(repeating: "0", count: max(4 - "\(year)".utf8.count, 0)) + "\(year)"
    }
  }

  private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Whether it lies ahead; a day without its year never does.
  public func isAfter(_ today: Day) -> Bool {
    switch self {
    case .whole(let day): day > today
    case .yearless: false
    case .year(let year): year > today.year
    }
  }

  /// - Returns: nil for a year alone, for years before the one of birth, and outside of 1…9999.
  public func on(_ year: Int) -> Occurrence? {
    let figures: (month: Int, day: Int, born: Int?)
    switch self {
    case .whole(let date): figures = (date.month, date.day, date.year)
    case .yearless(let month, let day): figures = (month, day, nil)
    case .year: return nil
    }
    if let born = figures.born, year < born { return nil }
    let age = figures.born.map { year - $0 }
    if let found = Day(year: year, month: figures.month, day: figures.day) { return Occurrence(day: found, isMoved: false, age: age) }
    return Day(year: year, month: 2, day: 28).map { Occurrence(day: $0, isMoved: true, age: age) }
  }

  /// Years, on the day itself and with the year of birth only.
  public func age(on day: Day) -> Int? { on(day.year).flatMap { $0.day == day ? $0.age : nil } }

  /// The next time it is kept, that day included.
  ///
  /// - Returns: nil for a year alone, and after 9999.
  public func next(notBefore day: Day) -> Occurrence? {
    var year = day.year
    if case .whole(let born) = self { year = max(year, born.year) }
    if let found = on(year), found.day >= day { return found }
    return on(year + 1)
  }
}

/// The figures of a birthday, before it is known whether a calendar has them.
private struct BirthdayShape {
  private var year: Int?
  private var date: (month: Int, day: Int)?

  /// - Parameter isCard: also without marks between figures.
  init?(_ text: String, isCard: Bool = false) {
    var reader = ByteReader(text)
    if reader.skip(0x2D) {
      guard reader.skip(0x2D) else { return nil }
    } else {
      guard let digits = reader.digits(4) else { return nil }
      year = digits
      if reader.isAtEnd { return }
      guard reader.skip(0x2D) || isCard else { return nil }
    }
    guard let month = reader.digits(2), reader.skip(0x2D) || isCard, let day = reader.digits(2), reader.isAtEnd else { return nil }
    date = (month, day)
  }

  var birthday: Birthday? {
    guard let date else { return year.flatMap { (1...9999).contains($0) ? .year($0) : nil } }
    if let year { return Day(year: year, month: date.month, day: date.day).map { .whole($0) } }
    // In a year that has all of them.
    return Day(year: 2_000, month: date.month, day: date.day).map { _ in .yearless(month: date.month, day: date.day) }
  }
}
