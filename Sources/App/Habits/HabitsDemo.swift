import Domain
import Postgres

/// The habits of the demo account: a year of each kind, in every state.
struct HabitsDemo {
  private let stage: DemoStage
  private let today: Day
  private var position = 0

  /// One of them, as its story says.
  private struct Story {
    var name: String
    var asked: [(ago: Int, rule: HabitRule)]
    var unit = ""
    var step = Amount(1)
    var colour = 1
    var group = ""
    var time: TimeOfDay?
    var about = ""
    /// How many of a hundred dates are kept.
    var kept: Int
    /// Amounts from the first to the last of these, in thousandths.
    var amounts: ClosedRange<Int>?
  }

  init(_ stage: DemoStage) {
    self.stage = stage
    today = stage.services.zones.stored("America/Sao_Paulo", rule: "<-03>3").local(stage.now).day
  }

  /// Writes them down.
  mutating func tell() throws {
    let (db, user) = (stage.db, stage.user)
    let read = try tell(
      Story(
        name: "Read 10 pages", asked: [(364, HabitRule(.daily))], colour: 7, group: "Evening", time: TimeOfDay(second: 79_200),
        about: "Anything **on paper** counts.", kept: 88))
    let stretch = try tell(
      Story(name: "Stretch", asked: [(210, HabitRule(.daily))], colour: 2, group: "Morning", time: TimeOfDay(second: 27_000), kept: 91))
    _ = try tell(
      Story(
        name: "Meditate", asked: [(300, HabitRule(.daily, target: HabitTarget(Amount(10))))], unit: "min", step: Amount(5), colour: 6,
        group: "Morning",
        kept: 80, amounts: 8_000...20_000))
    _ = try tell(
      Story(
        name: "Run", asked: [(364, HabitRule(.daily, target: HabitTarget(Amount(15), per: .week)))], unit: "km",
        step: Amount(thousandths: 500), colour: 4,
        kept: 40, amounts: 3_000...9_500))
    _ = try tell(
      Story(
        name: "Play the guitar", asked: [(330, HabitRule(.days([.monday, .wednesday, .friday]))), (96, HabitRule(.perWeek(3)))], colour: 3,
        group: "Evening", kept: 55))
    _ = try tell(
      Story(
        name: "Coffee", asked: [(180, HabitRule(.daily, target: HabitTarget(Amount(2), .atMost)))], unit: "cups", colour: 8, kept: 96,
        amounts: 0...3_400))
    _ = try tell(Story(name: "Call the family", asked: [(280, HabitRule(.perWeek(1)))], colour: 5, kept: 16))
    _ = try tell(Story(name: "Clean the filters", asked: [(250, HabitRule(.perMonth(2)))], colour: 8, kept: 8))
    let swim = try tell(Story(name: "Swim", asked: [(150, HabitRule(.perWeek(2)))], colour: 1, group: "Morning", kept: 35))
    let spanish = try tell(Story(name: "Spanish vocabulary", asked: [(340, HabitRule(.daily))], colour: 6, kept: 70))

    // Yesterday it was missed, once; today is open.
    try db.run("DELETE FROM habit_days WHERE habit_id = \(stretch) AND date >= \(today.advanced(by: -1))")
    for ago in 2...9 { try enter(stretch, on: today.advanced(by: -ago), .done) }
    for (ago, reason) in [(40, SkipReason.travel), (41, .travel), (42, .travel), (120, .sick), (121, .sick), (5, .rest)] {
      try enter(read, on: today.advanced(by: -ago), .skipped, reason: reason)
    }
    try enter(read, on: today.advanced(by: -3), .done, notes: "*The Left Hand of Darkness*, the ice at last.")
    try enter(read, on: today.advanced(by: -12), .note, notes: "Fell asleep on page two.")
    try pause(swim, from: today.advanced(by: -4), until: today.advanced(by: 8), "pause", .holiday)
    try pause(read, from: today.advanced(by: -75), until: today.advanced(by: -68), "pause", .holiday)
    try pause(spanish, from: today.advanced(by: -60), until: nil, "archive", nil)
    try db.run("DELETE FROM habit_days WHERE habit_id = \(spanish) AND date >= \(today.advanced(by: -60))")
    try db.run("UPDATE habits SET status = 'archived' WHERE id = \(spanish) AND user_id = \(user)")
  }

  private mutating func tell(_ story: Story) throws -> ID<Habit> {
    position += 1
    let start = today.advanced(by: -(story.asked.map(\.ago).max() ?? 0))
    let made = stage.now.advanced(days: Int64(today.distance(to: start)))
    let id = ID<Habit>.new(at: made)
    let kind: HabitKind = story.asked.contains { $0.rule.target != nil } ? .amount : .tick
    try stage.db.run(
      """
      INSERT INTO habits (id, user_id, name, description, status, kind, unit, step, colour, habit_group, position, preferred_time, created_on,
        created_at, updated_at)
      VALUES (\(id), \(stage.user), \(story.name), \(story.about), 'active', \(kind), \(story.unit), \(story.step), \(story.colour), \(story.group),
        \(position), \(story.time?.second), \(start), \(made), \(made))
      """)
    for (ago, rule) in story.asked { try stage.db.run(HabitDraft.asking(rule, of: id, stage.user, from: today.advanced(by: -ago))) }
    // Until yesterday; what today asks is left to whoever looks at it.
    let dates = (0..<start.distance(to: today)).map { start.advanced(by: $0) }.filter { HabitsDemo.chance($0, position) < story.kept }
    let amounts = dates.map { day in story.amounts.map { range in amount(of: day, in: range) } }
    try stage.db.run(
      .insert(
        into: "habit_days", .all("habit_id", "\(id)"), .all("user_id", "\(stage.user)"), .each("date", dates), .all("state", "'done'"),
        .each("amount", amounts), .all("notes", "''"), .all("source", "'page'"), .all("timezone", "'America/Sao_Paulo'"),
        .all("ticked_at", "\(stage.now)")))
    return id
  }

  private func amount(of day: Day, in range: ClosedRange<Int>) -> Amount {
    let width = (range.upperBound - range.lowerBound) / 500 + 1
    return Amount(thousandths: range.lowerBound + HabitsDemo.chance(day, position + 50) * width / 100 * 500)
  }

  /// 0 to 99: the same on every machine.
  private static func chance(_ day: Day, _ salt: Int) -> Int {
    var value = UInt64(truncatingIfNeeded: day.number &* 2_654_435_761 &+ salt &* 40_503)
    value ^= value >> 15
    value = value &* 0x2C1B_3C6D
    value ^= value >> 12
    return Int(value % 100)
  }

  private func enter(_ id: ID<Habit>, on day: Day, _ mark: HabitEntry.Mark.Name, reason: SkipReason? = nil, notes: String = "") throws {
    try stage.db.run(
      """
      INSERT INTO habit_days (habit_id, user_id, date, state, reason, notes, source, timezone, ticked_at)
      VALUES (\(id), \(stage.user), \(day), \(mark), \(reason), \(notes), 'page', 'America/Sao_Paulo', \(stage.now))
      ON CONFLICT (habit_id, date) DO UPDATE SET state = excluded.state, reason = excluded.reason, notes = excluded.notes, amount = NULL
      """)
  }

  private func pause(_ id: ID<Habit>, from: Day, until: Day?, _ kind: String, _ reason: SkipReason?) throws {
    try stage.db.run(
      """
      INSERT INTO habit_pauses (id, habit_id, user_id, from_date, until_date, kind, reason)
      VALUES (\(ID<StoredPause>.new(at: stage.now)), \(id), \(stage.user), \(from), \(until), \(kind), \(reason))
      """)
  }
}
