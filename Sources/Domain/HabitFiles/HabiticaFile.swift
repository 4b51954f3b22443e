/// Habitica's "User data JSON": dailies with what was completed, habits with their ups and downs. To-dos and rewards are no habits.
struct HabiticaFile {
  private let tasks: JSONValue
  private let tags: [String: String]
  private let clock: HabiticaClock

  /// Nil for other JSON.
  init?(_ root: JSONValue) {
    let root = root["data"] ?? root
    guard let tasks = root["tasks"], tasks["dailys"]?.isArray == true || tasks["habits"]?.isArray == true else { return nil }
    self.tasks = tasks
    clock = HabiticaClock(root["preferences"])
    let pairs = (root["tags"]?.elements ?? []).map { ($0["id"]?.text ?? "", ImportText.oneLine($0["name"]?.text ?? "")) }
    tags = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  func read(_ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    for task in tasks["dailys"]?.elements ?? [] { try daily(task, &builder) }
    for task in tasks["habits"]?.elements ?? [] { try habit(task, &builder) }
    builder.leftOut = (tasks["todos"]?.elements.count ?? 0) + (tasks["rewards"]?.elements.count ?? 0)
    return builder.file(.habitica)
  }

  private func start(_ task: JSONValue) -> HabitFile.Habit {
    var habit = HabitFile.Habit(name: ImportText.oneLine(task["text"]?.text ?? ""))
    habit.line = task.line
    habit.description = HabitFileText.lines(ArraySlice((task["notes"]?.text ?? "").utf8))
    habit.group = task["tags"]?.elements.lazy.compactMap { $0.text.flatMap { tags[$0] } }.first { !$0.isEmpty } ?? ""
    return habit
  }

  private func daily(_ task: JSONValue, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    var habit = start(task)
    let (frequency, change) = HabiticaFile.frequency(task)
    habit.rules = [.init(frequency: frequency)]
    habit.changes = change.map { [$0] } ?? []
    let place = try builder.add(.init(habit, kind: .tick))
    for entry in task["history"]?.elements ?? [] {
      guard let isDone = entry["completed"]?.bool else {
        builder.refuse(entry.line, .noCompletion, habit: place)
        continue
      }
      // A missed day is written at the start of the next one.
      if isDone { try enter(place, entry, .done, &builder) }
    }
  }

  /// One to be done (`up`) counts its ups, one to be left (only `down`) its downs.
  private func habit(_ task: JSONValue, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    var habit = start(task)
    let isDown = task["down"]?.bool == true && task["up"]?.bool != true
    habit.rules = [isDown ? .init(target: 0, direction: .atMost) : .init(target: 1_000)]
    let place = try builder.add(.init(habit, kind: .amount))
    for entry in task["history"]?.elements ?? [] {
      guard let count = entry[isDown ? "scoredDown" : "scoredUp"]?.thousandths else {
        builder.refuse(entry.line, .noCompletion, habit: place)
        continue
      }
      if count > 0 { try enter(place, entry, .number(count), &builder) }
    }
  }

  private func enter(
    _ place: Int, _ entry: JSONValue, _ mark: HabitFileBuilder.Mark, _ builder: inout HabitFileBuilder
  ) throws(HabitFileRefusal) {
    guard let day = clock.day(entry["date"]) else {
      return builder.refuse(entry.line, .date(ImportText.prefix(ImportText.oneLine(entry["date"]?.text ?? ""), scalars: 80)), habit: place)
    }
    try builder.enter(place, day, mark, line: entry.line)
  }

  private static let weekdays: [(name: String, day: Weekday)] = [
    ("m", .monday), ("t", .tuesday), ("w", .wednesday), ("th", .thursday), ("f", .friday), ("s", .saturday), ("su", .sunday),
  ]

  private static func frequency(_ task: JSONValue) -> (HabitFile.Frequency, HabitFile.Change?) {
    let every = min(max(task["everyX"]?.integer ?? 1, 1), 9_999)
    func nearest(_ times: Int, _ cycle: HabitFile.Change.Cycle, days: Int) -> (HabitFile.Frequency, HabitFile.Change?) {
      let frequency = HabitFile.Frequency.nearest(times: times, days: days * every).frequency
      return (frequency, .frequency(times: times, every: every, cycle, becomes: frequency))
    }
    switch task["frequency"]?.text {
    case "daily": return every == 1 ? (.daily, nil) : nearest(1, .days, days: 1)
    case "monthly":
      let times = max(task["daysOfMonth"]?.elements.count ?? 0, task["weeksOfMonth"]?.elements.count ?? 0, 1)
      return nearest(times, .months, days: 30)
    case "yearly": return nearest(1, .years, days: 365)
    default:
      // An old one has days of the week and nothing else.
      guard let days = task["repeat"], days.isObject else { return (.daily, nil) }
      let chosen = Set(weekdays.filter { days[$0.name]?.bool == true }.map(\.day))
      if every == 1, let frequency = HabitFile.Frequency.on(chosen) { return (frequency, nil) }
      return nearest(max(chosen.count, 1), .weeks, days: 7)
    }
  }
}

/// The person's own dates: their days begin at `dayStart`, their clock is `timezoneOffset` minutes west.
private struct HabiticaClock {
  private let minutes: Int

  init(_ preferences: JSONValue?) {
    let west = min(max(preferences?["timezoneOffset"]?.integer ?? 0, -1_440), 1_440)
    minutes = west + min(max(preferences?["dayStart"]?.integer ?? 0, 0), 23) * 60
  }

  /// Of milliseconds since 1970, or of an instant as text.
  func day(_ value: JSONValue?) -> Day? {
    let instant = value?.integer.map { Instant(microseconds: Int64(clamping: $0) * 1_000) } ?? value?.text.flatMap { Instant(iso: $0) }
    return instant.map { LocalTime(wallSeconds: $0.advanced(minutes: -minutes).seconds).day }
  }
}
