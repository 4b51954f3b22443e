extension Cron {
  /// The five fields of an expression, in the order in which they are written.
  public enum Field: Int, CaseIterable, Hashable, Sendable {
    case minute, hour, dayOfMonth, month, dayOfWeek

    /// The numbers that may be written. Sunday is both 0 and 7.
    public var range: ClosedRange<Int> {
      switch self {
      case .minute: 0...59
      case .hour: 0...23
      case .dayOfMonth: 1...31
      case .month: 1...12
      case .dayOfWeek: 0...7
      }
    }

    /// Where `*` and an open range such as `5/15` end.
    var last: Int { self == .dayOfWeek ? 6 : range.upperBound }

    /// In lower case, whole; the first stands for the range's lower bound. Their first three letters mean the same.
    var names: [StaticString] {
      switch self {
      case .minute, .hour, .dayOfMonth: []
      case .month:
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
      case .dayOfWeek: ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
      }
    }
  }
}

/// What is wrong with a cron expression, in parts, so that a page can say it in the person's language beside the field.
public enum CronError: Error, Hashable, Sendable {
  /// More bytes than ``Cron/longestText``.
  case tooLong
  /// Not five fields but so many.
  case fieldCount(Int)
  /// "@reboot": Heed knows no such moment.
  case atReboot
  /// Some other word behind an at sign; as it was typed, at most 40 bytes of it.
  case unknownName(String)
  /// A comma with nothing before or after it.
  case emptyItem(Cron.Field)
  /// Not a form that this field knows; the part as it was typed, at most 40 bytes of it.
  case notUnderstood(Cron.Field, String)
  case outOfRange(Cron.Field, value: Int, allowed: ClosedRange<Int>)
  /// A range such as 30-10. Only weekdays may run over their end.
  case backwards(Cron.Field, from: Int, to: Int)
  /// A step of 0.
  case zeroStep(Cron.Field)

  /// The field to blame; nil when it is the whole expression.
  public var field: Cron.Field? {
    switch self {
    case .tooLong, .fieldCount, .atReboot, .unknownName: nil
    case .emptyItem(let field), .notUnderstood(let field, _), .outOfRange(let field, _, _), .backwards(let field, _, _),
      .zeroStep(let field):
      field
    }
  }
}
