extension Recurrence {
  /// The parts of a rule, named as they are written.
  public enum Part: String, CaseIterable, Hashable, Sendable {
    case frequency = "FREQ"
    case interval = "INTERVAL"
    case count = "COUNT"
    case until = "UNTIL"
    case months = "BYMONTH"
    case weekNumbers = "BYWEEKNO"
    case yearDays = "BYYEARDAY"
    case monthDays = "BYMONTHDAY"
    case weekdays = "BYDAY"
    case hours = "BYHOUR"
    case minutes = "BYMINUTE"
    case seconds = "BYSECOND"
    case positions = "BYSETPOS"
    case weekStart = "WKST"
  }
}

/// What is wrong with a rule, in parts, so that a page can say it in the person's language beside the field.
public enum RecurrenceError: Error, Hashable, Sendable {
  /// More bytes than ``Recurrence/longestText``.
  case tooLong
  /// No FREQ.
  case noFrequency
  /// SECONDLY or MINUTELY: that is an interval.
  case tooFine(String)
  /// Something between semicolons that is no part of a rule; as it was typed, at most 40 bytes of it.
  case unknownPart(String)
  case twice(Recurrence.Part)
  /// A value that this part does not know; as it was typed, at most 40 bytes of it.
  case notUnderstood(Recurrence.Part, String)
  /// Zero is never allowed where the range includes it on the way from below.
  case outOfRange(Recurrence.Part, value: Int, allowed: ClosedRange<Int>)
  /// COUNT and UNTIL: one end is enough.
  case twoEnds
  /// BYSETPOS without anything to choose from.
  case positionsAlone
  /// A part that RFC 5545 does not allow with this frequency or with another part, as its text names them.
  case notWith(Recurrence.Part, String)
  /// More than ``Recurrence/mostTimesOfDay``, or more than ``Recurrence/mostTimes`` for BYSETPOS to choose from.
  case tooManyTimes
  /// UNTIL is before the first time.
  case endsBeforeStart
  /// What its parts ask for never comes together ("30 February").
  case neverComes
  /// BYSETPOS asks for more than a period has; `most` is what it has.
  case positionOutOfReach(Int, most: Int)
}
