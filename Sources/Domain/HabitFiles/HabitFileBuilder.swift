/// Gathers what a reader finds, in any order, within the limits of ``HabitFile``.
struct HabitFileBuilder {
  /// What a file says of a date, before it is known whether the habit is one of ticks or of amounts.
  enum Mark: Hashable {
    case done
    /// In thousandths: an amount, or in a habit of ticks done when it is above 0.
    case number(Int)
    case skipped
    /// Only its note counts. It is noted all the same where a line must be seen to contradict another.
    case nothing
  }

  struct Found {
    let day: Day
    let line: Int
    let mark: Mark
    let reason: HabitFile.Entry.Reason?
    let note: String
  }

  struct Draft {
    var habit: HabitFile.Habit
    /// Nil: amounts when a number says so.
    var kind: HabitFile.Habit.Kind?
    /// What is done when nothing else is said; a number above it makes the habit one of amounts.
    var tick = 1_000
    /// The smallest amount that was enough, where the file says what was.
    var enough: Int?
    /// Whether amounts of one date are added up; else the first counts.
    var addsUp = true
    var found: [Found] = []

    init(_ habit: HabitFile.Habit, kind: HabitFile.Habit.Kind? = nil) { (self.habit, self.kind) = (habit, kind) }
  }

  let choices: HabitFileChoices
  var drafts: [Draft] = []
  var leftOut = 0
  var order = WrittenOrder()
  private(set) var refused: [HabitFile.RefusedLine] = []
  private(set) var refusedCount = 0
  private var dayCount = 0
  private var places: [String: Int] = [:]
  private var last: (key: String, place: Int)?
  private var asksDateOrder = false
  /// The file of the archive that is being read.
  var part = ""

  init(_ choices: HabitFileChoices) { self.choices = choices }

  /// - Returns: its place.
  mutating func add(_ draft: Draft) throws(HabitFileRefusal) -> Int {
    if drafts.count == HabitFile.mostHabits { throw .tooLarge(.habits) }
    drafts.append(draft)
    drafts[drafts.count - 1].habit.fit()
    return drafts.count - 1
  }

  /// The place of the habit that the file calls so, letter case aside, which is made at its first line.
  mutating func habit(_ key: String, _ make: () -> Draft) throws(HabitFileRefusal) -> Int {
    // Lines of one habit mostly follow each other.
    if let last, last.key == key { return last.place }
    let lower = key.lowercased()
    let place: Int
    if let known = places[lower] { place = known } else { place = try add(make()) }
    places[lower] = place
    last = (key, place)
    return place
  }

  /// Looks at all dates of these columns, for the order that they prove.
  mutating func noteOrder(_ rows: TextTable, _ columns: Int?...) {
    var rows = rows
    while let row = rows.next() {
      for column in columns { order.note(row[column]) }
    }
  }

  mutating func refuse(_ line: Int, _ reason: HabitFile.RefusedLine.Reason, habit: Int? = nil) {
    refusedCount += 1
    if let habit { drafts[habit].habit.refusedCount += 1 }
    guard refused.count < HabitFile.mostRefusedShown else { return }
    refused.append(.init(line: line, part: part, habit: habit.map { drafts[$0].habit.name } ?? "", reason: reason))
  }

  /// The day of a cell; refused where there is none. Nil without a refusal while its order has to be asked.
  mutating func day(_ cell: ArraySlice<UInt8>, line: Int, habit: Int? = nil) -> Day? {
    let written = WrittenDate(cell)
    let chosen = order.resolved(choices.dateOrder)
    if chosen == nil, case .either = written {
      asksDateOrder = true
      return nil
    }
    guard let day = written?.day(chosen ?? .dayFirst) else {
      refuse(line, .date(HabitFileText.shown(cell)), habit: habit)
      return nil
    }
    return day
  }

  /// Notes what a line says of a date. What lies outside of 1970 to today is refused.
  mutating func enter(
    _ habit: Int, _ day: Day, _ mark: Mark, reason: HabitFile.Entry.Reason? = nil, note: String = "", line: Int
  ) throws(HabitFileRefusal) {
    if day > choices.today { return refuse(line, .future(day), habit: habit) }
    if day.number < 0 { return refuse(line, .tooEarly(day), habit: habit) }
    if case .number(let value) = mark, !(0...HabitFile.Entry.largestAmount).contains(value) {
      return refuse(line, .value(HabitFileNumber.text(value)), habit: habit)
    }
    if mark != .nothing || !note.isEmpty { try count() }
    drafts[habit].found.append(Found(day: day, line: line, mark: mark, reason: reason, note: note))
  }

  /// One more day, or line of as much weight.
  mutating func count() throws(HabitFileRefusal) {
    dayCount += 1
    if dayCount > HabitFile.mostDays { throw .tooLarge(.days) }
  }

  mutating func file(_ kind: HabitFile.Kind) -> HabitFile {
    for place in drafts.indices { settle(place) }
    return HabitFile(
      kind: kind, habits: drafts.map(\.habit), refused: refused, refusedCount: refusedCount, leftOut: leftOut, asksDateOrder: asksDateOrder)
  }

  private mutating func settle(_ place: Int) {
    let isAmount = choices.asTicks.contains(place) ? false : drafts[place].isAmount
    drafts[place].habit.kind = isAmount ? .amount : .tick
    if isAmount {
      for entry in drafts[place].found where entry.mark == .done { refuse(entry.line, .noAmount, habit: place) }
      drafts[place].found.removeAll { $0.mark == .done }
    }
    drafts[place].settle(isAmount: isAmount)
  }
}

extension HabitFile.Habit {
  /// Cuts what is too long, and says so.
  fileprivate mutating func fit() {
    let whole = self
    name = ImportText.prefix(name, scalars: Self.longestName)
    unit = ImportText.prefix(unit, scalars: Self.longestUnit)
    group = ImportText.prefix(group, scalars: Self.longestGroup)
    description = ImportText.prefix(description, bytes: Self.longestDescription)
    if name.utf8.count < whole.name.utf8.count { changes.append(.cut(.name)) }
    if unit.utf8.count < whole.unit.utf8.count { changes.append(.cut(.unit)) }
    if group.utf8.count < whole.group.utf8.count { changes.append(.cut(.group)) }
    if description.utf8.count < whole.description.utf8.count { changes.append(.cut(.description)) }
    if name.isEmpty { questions.insert(.name) }
    for place in rules.indices { rules[place].target = rules[place].target.map { min(max($0, 0), HabitFile.Entry.largestAmount) } }
  }
}
