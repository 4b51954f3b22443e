/// What a file of habits says, in one shape whatever program wrote it. Dates are dates, no zone touches them; amounts are thousandths.
public struct HabitFile: Hashable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case heed, loop
    case habitBull = "habitbull"
    case habitica
    case habitKit = "habitkit"
    case streaks, habitify
    /// Any table with a column of dates.
    case table
  }

  /// Of a file as it is sent; what an archive holds may have ``mostUnpacked``.
  public static let mostBytes = 25_000_000
  public static let mostUnpacked = 64_000_000
  public static let mostParts = 2_000
  public static let mostHabits = 500
  public static let mostDays = 1_000_000
  /// How many of the refused lines are kept to be shown.
  public static let mostRefusedShown = 100

  public let kind: Kind
  /// In the order of the file, which ``HabitFileChoices`` and the preview count from 0.
  public let habits: [Habit]
  /// The first of the lines that say nothing, in the order in which they were met.
  public let refused: [RefusedLine]
  public let refusedCount: Int
  /// Things of other kinds in the file, such as to-dos: they are no habits.
  public let leftOut: Int
  /// Whether its dates can be read in two ways (1/2/2027) and nothing in it proves one: such lines say nothing until
  /// ``HabitFileChoices/dateOrder`` is chosen.
  public let asksDateOrder: Bool

  /// Reads a file whole, by what it holds; its name does not matter. Linear in its size.
  ///
  /// - Throws: ``HabitFileRefusal/archive`` for a ZIP, which is given unpacked to ``init(parts:choices:)``.
  public init(_ bytes: [UInt8], choices: HabitFileChoices) throws(HabitFileRefusal) {
    if bytes.count > HabitFile.mostBytes { throw .tooLarge(.bytes) }
    if HabitFile.isArchive(bytes) { throw .archive }
    self = try HabitFileText.read(bytes, choices)
  }

  /// Reads what an archive holds: Loop's folders, or a single file of any kind.
  ///
  /// - Parameter parts: in the order of the archive; a name that comes twice means the last, as for those who unpack it.
  public init(parts: [Part], choices: HabitFileChoices) throws(HabitFileRefusal) {
    if parts.count > HabitFile.mostParts { throw .tooLarge(.parts) }
    if parts.reduce(0, { $0 + $1.bytes.count }) > HabitFile.mostUnpacked { throw .tooLarge(.bytes) }
    self = try HabitFileParts(parts).read(choices)
  }

  init(kind: Kind, habits: [Habit], refused: [RefusedLine], refusedCount: Int, leftOut: Int, asksDateOrder: Bool) {
    (self.kind, self.habits, self.refused, self.refusedCount) = (kind, habits, refused, refusedCount)
    (self.leftOut, self.asksDateOrder) = (leftOut, asksDateOrder)
  }

  /// Whether it begins as ZIP files do, the empty one too.
  public static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// A file of an archive.
  public struct Part: Hashable, Sendable {
    /// With its folders, between slashes.
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
  }
}

/// What a person decides about a file before it can be read whole.
public struct HabitFileChoices: Hashable, Sendable {
  public enum DateOrder: String, Sendable, CaseIterable {
    case dayFirst = "dmy"
    case monthFirst = "mdy"
  }

  /// Later dates are refused.
  public var today: Day
  /// Counts where the file proves neither.
  public var dateOrder: DateOrder?
  /// Habits, by their place in ``HabitFile/habits``, whose amounts are to be read as "done".
  public var asTicks: Set<Int>

  public init(today: Day, dateOrder: DateOrder? = nil, asTicks: Set<Int> = []) {
    (self.today, self.dateOrder, self.asTicks) = (today, dateOrder, asTicks)
  }
}

/// Why a file is not read at all.
public enum HabitFileRefusal: Error, Hashable, Sendable {
  public enum Measure: Hashable, Sendable { case bytes, parts, habits, days }

  case empty
  /// Nothing that is known here.
  case unknown
  /// Bytes that are no text: a NUL, or half a character of UTF-16.
  case notText
  /// A ZIP that was given as it is.
  case archive
  /// More than the limits of ``HabitFile``.
  case tooLarge(Measure)
  /// JSON that breaks in this line.
  case brokenJSON(line: Int)
  /// A SQLite database, as Loop writes it as its backup. The way: Loop, Settings, Export as CSV.
  case database
  /// One of Loop's files that says nothing about days (`Habits.csv`, `Scores.csv`), or whose names with commas cannot be told from its columns.
  /// The way: the whole ZIP.
  case loopPart
  /// Habitica's table of redness, which does not say what was completed. The way: "User data JSON".
  case habiticaHistory
}
