/// HabitKit: habits, completions, and intervals, which say what was asked since when. A local date is the instant with the minutes added.
struct HabitKitFile {
  /// More changes of a goal than anybody makes; those behind them are passed over.
  static let mostIntervals = 400

  private let habits: [JSONValue]
  private let completions: [JSONValue]
  private let intervals: [String: [JSONValue]]
  private let reminders: [String: [JSONValue]]
  private let mappings: [String: [JSONValue]]
  private let categories: [String: [JSONValue]]

  /// Nil for other JSON.
  init?(_ root: JSONValue) {
    guard let habits = root["habits"], habits.isArray, let completions = root["completions"], completions.isArray else { return nil }
    (self.habits, self.completions) = (habits.elements, completions.elements)
    func grouped(_ name: String, by key: String) -> [String: [JSONValue]] {
      Dictionary(grouping: root[name]?.elements ?? []) { $0[key]?.text ?? "" }
    }
    intervals = grouped("intervals", by: "habitId")
    reminders = grouped("reminders", by: "habitId")
    mappings = grouped("categoryMappings", by: "habitId")
    categories = grouped("categories", by: "id")
  }

  func read(_ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    var places: [String: Int] = [:]
    let done = Dictionary(grouping: completions) { $0["habitId"]?.text ?? "" }
    for value in habits.enumerated().sorted(by: { order($0) < order($1) }).map(\.element) {
      let id = value["id"]?.text ?? ""
      guard places[id] == nil else {
        builder.refuse(value.line, .repeated)
        continue
      }
      places[id] = try builder.add(draft(value, id, HabitKitClock(done[id] ?? [])))
    }
    for value in completions { try take(value, places, &builder) }
    return builder.file(.habitKit)
  }

  private func order(_ habit: (offset: Int, element: JSONValue)) -> (Int, Int) {
    (habit.element["orderIndex"]?.integer ?? .max, habit.offset)
  }

  private func take(_ value: JSONValue, _ places: [String: Int], _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    let id = value["habitId"]?.text ?? ""
    guard let place = places[id] else {
      return builder.refuse(value.line, .unknownHabit(ImportText.prefix(ImportText.oneLine(id), scalars: 80)))
    }
    let text = value["date"]?.text ?? ""
    guard let at = Instant(iso: text) else {
      return builder.refuse(value.line, .date(ImportText.prefix(ImportText.oneLine(text), scalars: 80)), habit: place)
    }
    let amount = value["amountOfCompletions"].map { $0.thousandths ?? 0 } ?? 1_000
    let note = HabitFileText.lines(ArraySlice((value["note"]?.text ?? "").utf8))
    let day = HabitKitClock.day(at, minutes: value["timezoneOffsetInMinutes"]?.integer ?? 0)
    // A 0 that was entered counts where no more than so many are allowed.
    let isAtMost = builder.drafts[place].habit.rules.contains { $0.direction == .atMost }
    try builder.enter(place, day, amount > 0 || isAtMost ? .number(amount) : .nothing, note: note, line: value.line)
  }

  private func draft(_ value: JSONValue, _ id: String, _ clock: HabitKitClock) -> HabitFileBuilder.Draft {
    var habit = HabitFile.Habit(name: ImportText.oneLine(value["name"]?.text ?? ""))
    habit.line = value.line
    habit.description = HabitFileText.lines(ArraySlice((value["description"]?.text ?? "").utf8))
    habit.colour = value["color"]?.text.flatMap(HabitFileColour.nearest)
    habit.status = value["archived"]?.bool == true ? .archived : .active
    habit.created = (value["createdAt"]?.text).flatMap { Instant(iso: $0) }.map(clock.day)
    let category = mappings[id]?.first?["categoryId"]?.text.flatMap { categories[$0]?.first }
    habit.group = ImportText.oneLine(category?["name"]?.text ?? "")
    habit.preferredTime = (reminders[id]?.first).flatMap { TimeOfDay(hour: $0["hour"]?.integer ?? -1, minute: $0["minute"]?.integer ?? -1) }
    let isInverse = value["isInverse"]?.bool == true
    let goals = (intervals[id] ?? []).prefix(HabitKitFile.mostIntervals).map { HabitKitGoal($0, clock, isInverse: isInverse) }
      .sorted { ($0.rule.from ?? .first) < ($1.rule.from ?? .first) }
    if goals.isEmpty {
      habit.rules = [isInverse ? .init(target: 0, direction: .atMost) : .init(target: 1_000)]
    } else {
      habit.rules = goals.map(\.rule)
      // The first holds for what was done before it, too.
      habit.rules[0].from = nil
      habit.changes = goals.filter(\.isWithoutGoal).prefix(1).map { .noGoal(becomes: $0.rule.frequency) }
    }
    let isAmount = isInverse || habit.rules.contains { $0.target != 1_000 }
    return .init(habit, kind: isAmount ? .amount : nil)
  }
}

/// What an interval asks.
private struct HabitKitGoal {
  var rule: HabitFile.Rule
  var isWithoutGoal = false

  init(_ value: JSONValue, _ clock: HabitKitClock, isInverse: Bool) {
    let times = max(value["requiredNumberOfCompletions"]?.integer ?? 1, 1)
    let perDay = max(value["requiredNumberOfCompletionsPerDay"]?.thousandths ?? 1_000, 0)
    // The limit of an inverse habit is what breaks it.
    rule = isInverse ? .init(target: max(perDay - 1_000, 0), direction: .atMost) : .init(target: perDay == 0 ? 1_000 : perDay)
    rule.from = (value["startDate"]?.text).flatMap { Instant(iso: $0) }.map(clock.day)
    switch value["type"]?.text {
    case "week": rule.frequency = times >= 7 ? .daily : .perWeek(times)
    case "month": rule.frequency = times >= 31 ? .daily : .perMonth(times)
    case "none" where !isInverse:
      rule.frequency = .perWeek(1)
      isWithoutGoal = true
    default: break
    }
  }
}

/// The person's own dates, by the offsets of what they completed: habits and intervals have none.
struct HabitKitClock {
  private let offsets: [(at: Instant, minutes: Int)]

  init(_ completions: [JSONValue]) {
    offsets = completions.compactMap { value in
      guard let at = (value["date"]?.text).flatMap({ Instant(iso: $0) }), let minutes = value["timezoneOffsetInMinutes"]?.integer else {
        return nil
      }
      return (at, minutes)
    }
  }

  func day(_ at: Instant) -> Day {
    let nearest = offsets.min { abs($0.at.microseconds - at.microseconds) < abs($1.at.microseconds - at.microseconds) }
    return HabitKitClock.day(at, minutes: nearest?.minutes ?? 0)
  }

  static func day(_ at: Instant, minutes: Int) -> Day {
    LocalTime(wallSeconds: at.advanced(minutes: min(max(minutes, -1_440), 1_440)).seconds).day
  }
}
