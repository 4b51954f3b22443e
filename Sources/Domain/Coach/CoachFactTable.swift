/// What a model was told, and so all that its text may say. What follows from these by arithmetic is a fact only when it was put in as well.
public struct CoachFactTable: Hashable, Sendable {
  /// A value of the table; numbers in thousandths, so that 5.5 is 5500.
  public enum Value: Hashable, Sendable {
    case count(Int)
    case amount(CoachAmount)
    /// Whole and tenths of per cent: 80.5% is 80500.
    case percent(thousandths: Int)
    case share(CoachShare)
    case streak(CoachCount)
    case date(Day)
    case weekday(Weekday)
    case time(TimeOfDay)
    /// A habit's name or a goal's title.
    case name(String)
    /// Words that are neither: a category, a reason. Numbers in them may be said.
    case words(String)
    /// What the person noted: to be read, and no source of anything that may be said. Only its beginning is shown.
    case note(String)
  }

  /// How many scalars of a note a prompt shows.
  static let longestNote = 400

  /// In the order in which the prompt shows them: "streak", "14 days".
  public private(set) var rows: [(name: String, value: Value)] = []
  /// The habit date, which may always be called today.
  public let today: Day
  /// The person's first name, when it is known.
  public let firstName: String?
  /// Names of the person's habits and goals that were not told: a text that names one is refused.
  public let untold: [String]

  public init(today: Day, firstName: String? = nil, untold: [String] = []) {
    (self.today, self.firstName, self.untold) = (today, firstName, untold)
  }

  public mutating func add(_ name: String, _ value: Value) { rows.append((name, value)) }

  public static func == (left: Self, right: Self) -> Bool {
    left.today == right.today && left.firstName == right.firstName && left.untold == right.untold && left.rows.count == right.rows.count
      && zip(left.rows, right.rows).allSatisfy { $0.name == $1.name && $0.value == $1.value }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(today)
    for row in rows { hasher.combine(row.value) }
  }

  /// The rows as the prompt shows them, one a line; a name stays within its line.
  func lines(_ language: Language) -> [String] {
    (firstName.map { ["first name: \(CoachFence.line($0))"] } ?? [])
      + rows.map { "\(CoachFence.line($0.name)): \(Self.text($0.value, language))" }
  }

  /// A value as the prompt writes it.
  static func text(_ value: Value, _ language: Language) -> String {
    switch value {
    case .count(let count): String(count)
    case .amount(let amount): CoachFactText.amount(amount, language)
    case .percent(let thousandths): CoachFactText.decimal(thousandths, digits: 3, language) + "%"
    case .share(let share): "\(share.done) \(language == .english ? "of" : "de") \(share.of)"
    case .streak(let count): count.unit.text(count.count, language)
    case .date(let day):
      "\(TimeWords.name(day.weekday, language)), \(CoachFactText.date(day, language)) \(language == .english ? "" : "de ")\(day.year)"
    case .weekday(let day): "\(TimeWords.name(day, language))"
    case .time(let time): time.text
    case .name(let name), .words(let name): CoachFence.line(name)
    case .note(let note): CoachFence.line(String(String.UnicodeScalarView(note.unicodeScalars.prefix(longestNote))))
    }
  }
}

/// The facts by kind, as the check asks for them.
struct CoachKnown {
  private(set) var numbers: Set<Int> = []
  private(set) var percents: Set<Int> = []
  private(set) var dates: Set<Day> = []
  private(set) var weekdays: Set<Weekday> = []
  private(set) var times: Set<Int> = []
  private(set) var names: [[CoachToken]] = []
  let today: Day

  init(_ table: CoachFactTable) {
    today = table.today
    dates.insert(today)
    for row in table.rows { add(row.value) }
    if let name = table.firstName { addName(name) }
    weekdays.formUnion(dates.map(\.weekday))
    names.sort { $0.count > $1.count }
  }

  private mutating func add(_ value: CoachFactTable.Value) {
    switch value {
    case .count(let count): numbers.insert(thousandths(count))
    case .amount(let amount):
      numbers.insert(Int(clamping: amount.thousandths.magnitude))
      addWords(amount.unit)
    case .percent(let percent): percents.insert(Int(clamping: percent.magnitude))
    case .share(let share): numbers.formUnion([thousandths(share.done), thousandths(share.of)])
    case .streak(let count): numbers.insert(thousandths(count.count))
    case .date(let day): dates.insert(day)
    case .weekday(let day): weekdays.insert(day)
    case .time(let time): times.insert(time.hour * 60 + time.minute)
    case .name(let name): addName(name)
    case .words(let words): addWords(words)
    case .note: break
    }
  }

  private mutating func addWords(_ words: String) {
    for token in CoachTokens.read(words) where token.kind == .digits {
      if let number = Int(token.text) { numbers.insert(thousandths(number)) }
    }
  }

  private mutating func addName(_ name: String) {
    let tokens = CoachTokens.read(name).filter { $0.kind == .word || $0.kind == .digits }
    if !tokens.isEmpty { names.append(tokens) }
  }

  private func thousandths(_ count: Int) -> Int { count.magnitude > 1_000_000_000 ? .max : abs(count) * 1000 }

  func has(number: Int) -> Bool { numbers.contains(number) || number < 100_000_000 && percents.contains(number * 100) }
  func has(percent: Int) -> Bool {
    percents.contains(percent) || percent % 100 == 0 && numbers.contains(percent / 100) && percent < 100_000
  }
  func has(day: Int) -> Bool { dates.contains { $0.day == day } }
  func has(month: Int) -> Bool { dates.contains { $0.month == month } }
  func has(year: Int) -> Bool { dates.contains { $0.year == year } }
  func has(day: Int, month: Int, year: Int?) -> Bool {
    dates.contains { $0.day == day && $0.month == month && (year ?? $0.year) == $0.year }
  }
}
