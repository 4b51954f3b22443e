import Domain
import Postgres

extension HabitFrequency {
  /// As forms and tables call it.
  enum Name: String, CaseIterable, Bindable, FromColumn {
    case daily
    case specificDays = "specific_days"
    case perWeek = "per_week"
    case perMonth = "per_month"
  }

  var name: Name {
    switch self {
    case .daily: .daily
    case .days: .specificDays
    case .perWeek: .perWeek
    case .perMonth: .perMonth
    }
  }

  /// - Parameters:
  ///   - days: of chosen days, as ``WeekdaySet/bits``.
  ///   - times: N of the others.
  init(_ name: Name, days: Int, times: Int) {
    switch name {
    case .daily: self = .daily
    case .specificDays: self = .days(WeekdaySet(bits: UInt8(clamping: days)))
    case .perWeek: self = .perWeek(times)
    case .perMonth: self = .perMonth(times)
    }
  }

  /// Chosen days, as they are stored; 0 for the others.
  var bits: Int { if case .days(let days) = self { Int(days.bits) } else { 0 } }

  /// N; 0 for those that have none.
  var times: Int {
    switch self {
    case .daily, .days: 0
    case .perWeek(let times), .perMonth(let times): times
    }
  }
}

extension HabitEntry.Mark {
  /// As the table calls it.
  enum Name: String, Bindable { case done, skipped, note }
}

extension HabitEntry.Mark.Name {
  init(_ written: HabitFile.Entry.State) {
    switch written {
    case .done: self = .done
    case .skipped: self = .skipped
    case .note: self = .note
    }
  }
}

/// Compared as bytes: a list of habits reads some hundreds.
extension HabitEntry.Mark.Name: FromColumn {
  init(column: borrowing Column) throws(PostgresError) {
    switch try Text(column: column) {
    case "done": self = .done
    case "skipped": self = .skipped
    case "note": self = .note
    default: throw column.mismatch("what is written down of a habit's day")
    }
  }

  func mark(_ amount: Amount?, _ reason: SkipReason?) -> HabitEntry.Mark {
    switch self {
    case .done: .done(amount ?? .zero)
    case .skipped: .skipped(reason)
    case .note: .note
    }
  }
}

extension HabitEntry {
  /// - Returns: nil: what was undone leaves a row in which nothing stands.
  init?(stored date: Day, _ name: Mark.Name, _ amount: Amount?, _ reason: SkipReason?, hasNote: Bool) {
    if name == .note, !hasNote { return nil }
    self.init(date, name.mark(amount, reason), hasNote: hasNote)
  }
}

extension HabitTarget.Direction: Bindable, FromColumn {}
extension HabitTarget.Period: Bindable, FromColumn {}
extension HabitFile.Kind: Bindable, FromColumn {}
extension SkipReason: Bindable, FromColumn {}

extension Amount: Bindable, FromColumn {
  public static var postgresType: PostgresType { .int8 }
  public func bind(to writer: inout BindWriter) { writer.integer(Int64(thousandths)) }
  public init(column: borrowing Column) throws(PostgresError) { self.init(thousandths: try Int(column: column)) }
}
