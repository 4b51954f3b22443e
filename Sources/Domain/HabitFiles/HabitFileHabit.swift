extension HabitFile {
  /// A habit as a file tells of it.
  public struct Habit: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable { case tick, amount }
    public enum Status: String, Sendable, CaseIterable { case active, paused, archived }
    public enum Question: Hashable, Sendable {
      /// The file does not name it.
      case name
      /// The file has amounts and no target; the smallest amount that counted stands in ``Rule/target``.
      case target
    }

    /// The longest that fits; names and groups are counted in Unicode scalars, texts in bytes of UTF-8.
    public static let longestName = 100
    public static let longestGroup = 40
    public static let longestUnit = 20
    public static let longestDescription = 16_384

    /// Tells its lines from those of others in our own files; means nothing elsewhere.
    public var key = ""
    /// Where it is first met, from 1.
    public var line = 0
    /// Empty when ``Question/name`` is asked.
    public var name: String
    public var description = ""
    public var kind = Kind.tick
    public var unit = ""
    /// What was asked and since when, oldest first; never empty.
    public var rules = [Rule()]
    /// 1…8, of ``HabitFileColour``.
    public var colour: Int?
    public var group = ""
    public var status = Status.active
    public var preferredTime: TimeOfDay?
    public var created: Day?
    /// By date, each date once.
    public var entries: [Entry] = []
    public var pauses: [Pause] = []
    /// What is other than the file says.
    public var changes: [Change] = []
    public var questions: Set<Question> = []
    public var refusedCount = 0

    public init(name: String) { self.name = name }
  }

  /// What is asked from a date on.
  public struct Rule: Hashable, Sendable {
    public enum Direction: String, Sendable, CaseIterable {
      case atLeast = "at_least"
      case atMost = "at_most"
    }
    public enum Period: String, Sendable, CaseIterable { case day, week, month }

    /// Nil: from the beginning.
    public var from: Day?
    public var frequency = Frequency.daily
    /// In thousandths, of the period; nil for ticks.
    public var target: Int?
    public var direction = Direction.atLeast
    public var period = Period.day

    public init(from: Day? = nil, frequency: Frequency = .daily, target: Int? = nil, direction: Direction = .atLeast, period: Period = .day)
    {
      (self.from, self.frequency, self.target, self.direction, self.period) = (from, frequency, target, direction, period)
    }
  }

  public enum Frequency: Hashable, Sendable {
    case daily
    /// Never empty.
    case days(Set<Weekday>)
    /// 1…7.
    case perWeek(Int)
    /// 1…31.
    case perMonth(Int)
  }

  /// What a date says.
  public struct Entry: Hashable, Sendable {
    public enum State: String, Sendable, CaseIterable {
      /// Done, or with an amount, whether it reaches the target or not.
      case done
      case skipped
      /// Only a note.
      case note
    }
    public enum Reason: String, Sendable, CaseIterable { case sick, travel, rest, holiday, other }

    /// Bytes of UTF-8.
    public static let longestNote = 2_048
    /// In thousandths.
    public static let largestAmount = 1_000_000_000

    public var day: Day
    public var state: State
    /// In thousandths, 0 included; of amounts only.
    public var amount: Int?
    /// Of skipped dates only.
    public var reason: Reason?
    public var note: String

    public init(_ day: Day, _ state: State, amount: Int? = nil, reason: Reason? = nil, note: String = "") {
      (self.day, self.state, self.amount, self.reason, self.note) = (day, state, amount, reason, note)
    }
  }

  public struct Pause: Hashable, Sendable {
    public var from: Day
    /// As our own file has it; nil while nothing ends it.
    public var until: Day?
    public var reason: Entry.Reason?

    public init(from: Day, until: Day? = nil, reason: Entry.Reason? = nil) { (self.from, self.until, self.reason) = (from, until, reason) }
  }

  /// What a file asks for and Heed does not have, with what becomes of it; or what does not fit.
  public enum Change: Hashable, Sendable {
    public enum Cycle: Hashable, Sendable { case days, weeks, months, years }
    public enum Text: Hashable, Sendable { case name, description, unit, group, note }

    /// "2 times every 9 days": a frequency that became the one of its rule.
    case frequency(times: Int, every: Int, Cycle, becomes: Frequency)
    /// Nothing was asked for.
    case noGoal(becomes: Frequency)
    /// A target for so many days became one of a day, a week or a month, in proportion. Thousandths.
    case target(Int, days: Int, becomes: Int, Rule.Period)
    /// So many dates that come more than once were made one each, the first of them this: done wins, amounts are added up, notes are kept.
    case merged(Int, first: Day)
    case cut(Text)
  }

  /// A line that says nothing, and why.
  public struct RefusedLine: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
      /// No date of the calendar, as it was written.
      case date(String)
      case future(Day)
      /// Before 1970.
      case tooEarly(Day)
      /// A value that means nothing here, as it was written.
      case value(String)
      case noName
      /// A habit that the file does not have, as it was written.
      case unknownHabit(String)
      /// Done, in a habit of amounts, without one.
      case noAmount
      /// It does not say whether it was completed.
      case noCompletion
      /// Its quotes are broken.
      case quotes
      /// More cells than the table has columns.
      case cells
      /// It stands twice, and may stand once.
      case repeated
    }

    /// From 1; in an archive, of ``part``.
    public let line: Int
    /// The file of the archive.
    public let part: String
    /// As it is called in the file; empty where that is not known.
    public let habit: String
    public let reason: Reason
  }
}
