import Domain
import Postgres

/// Looks, once a day of each person's, what they missed since the last time, and says so once. A worker does it when the person's next day begins, or
/// later; a person whose habits cannot be read is passed over and holds up nobody.
struct CoachRounds {
  /// How many people's are looked at in one go.
  private static let most = 50

  private let bench: WorkBench
  private let people: RowWork<User>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    people = RowWork("coach_round", bench)
  }

  var kind: WorkKind {
    let due = DueTime(name: "coach") { now in
      "SELECT min(due_at) FROM coach_rounds WHERE user_id <> ALL (\(people.passed(at: now)))"
    }
    return WorkKind(name: "coach", due: due) { now, _ in
      try people.batches(
        of: Self.most, counted: "rounds", at: now,
        all: { try chosen(now).reduce(0) { try $0 + look($1, now) } },
        rows: { try chosen(now) },
        one: { try look($0, now) })
    }
  }

  private func chosen(_ now: Instant) throws -> [ID<User>] {
    try db.rows(
      Query(
        column: """
          SELECT user_id FROM coach_rounds WHERE due_at <= \(now) AND user_id <> ALL (\(people.passed(at: now))) ORDER BY due_at LIMIT \(Self.most)
          """))
  }

  /// - Returns: 1, or 0 where another worker has it in hands.
  private func look(_ id: ID<User>, _ now: Instant) throws -> Int {
    try db.transaction {
      let since: Day? = try db.value("SELECT looked_on FROM coach_rounds WHERE user_id = \(id) AND due_at <= \(now) FOR UPDATE SKIP LOCKED")
      guard let since, let person = try Person.acting(id, bench) else { return 0 }
      let calendar = HabitCalendar(person, at: now)
      if person.coach.speak == .all { try say(since, person, calendar, now) }
      try sayWeek(since, person, calendar, now)
      try db.queue([
        """
        UPDATE coach_rounds SET looked_on = greatest(looked_on, \(calendar.today)), due_at = \(calendar.tomorrow(person, after: now)) WHERE user_id = \(id)
        """
      ])
      return 1
    }
  }

  /// Of the week that ended since the last look, if one did. Of one that was brought along later nobody hears.
  private func sayWeek(_ since: Day, _ person: Person, _ calendar: HabitCalendar, _ now: Instant) throws {
    let week = PersonWeek(holding: calendar.today, weekStart: calendar.weekStart).previous
    guard since <= week.last, person.coach.speak != .never else { return }
    let wasThere: Bool? = try db.value(
      "SELECT EXISTS (SELECT FROM habits WHERE user_id = \(person.id) AND created_at < \(calendar.start(of: week.next.first)))")
    guard wasThere == true, let saying = try CoachWeek.read(week, person, calendar, db).saying else { return }
    _ = try CoachWriting(person: person, services: bench.services, now: now, db: db).week(saying, first: week.first)
  }

  private func say(_ since: Day, _ person: Person, _ calendar: HabitCalendar, _ now: Instant) throws {
    let writing = CoachWriting(person: person, services: bench.services, now: now, db: db)
    // What came with a past of its own since the last look, as by an import, is not told of old days.
    let isOld: SQL = "h.created_on < \(since) AND (h.created_at AT TIME ZONE 'UTC')::date >= \(since)"
    let habits = try calendar.reckoned(db.read(Habit.mine("h.status = 'active' AND NOT (\(isOld)) \(Habit.inOrder)")), db)
    for it in habits where (1...2).contains(it.figures.misses) && !it.figures.today.isPaused {
      guard let day = try missed(it, since, calendar) else { continue }
      let said = try db.read(CoachSaid.about(it.habit.id, [day]))
      let figures = CoachFigures(streak: it.figures.current, misses: it.figures.misses)
      guard
        let occasion = CoachSpeaking.afterMiss(figures, day: day, isNews: true, speak: person.coach.speak, said: { said.holds($0, $1) })
      else { continue }
      try writing.write(saying(it, occasion, calendar), about: .habit(it.habit.id), on: day, said: said)
    }
  }

  /// What was missed since the last look; a week or month, when it ends, takes all of the habit's days.
  private func missed(_ it: ReckonedHabit, _ since: Day, _ calendar: HabitCalendar) throws -> Day? {
    let today = calendar.today
    let isOfDays = it.history.rule(on: today.advanced(by: -1)).unit == .days
    if isOfDays, since >= it.habit.state?.next ?? .first { return it.history.missed(since: since, today: today) }
    if !isOfDays, it.history.beginning(of: today) <= since { return nil }
    let whole = try db.read(Habit.mine("h.id = \(it.habit.id)", .whole)).first
    return whole.flatMap { calendar.history(of: $0).missed(since: since, today: today) }
  }

  private func saying(_ it: ReckonedHabit, _ occasion: CoachOccasion, _ calendar: HabitCalendar) -> CoachSaying {
    let unit = CoachUnit(it.figures.unit)
    if occasion.kind == .secondMiss { return .secondMiss(habit: it.habit.name, misses: CoachCount(it.figures.misses, unit)) }
    return .miss(habit: it.habit.name, on: CoachPeriod(occasion.day, unit), kept: unit == .days ? kept(it, calendar) : nil)
  }

  /// Of the seven days before today.
  private func kept(_ it: ReckonedHabit, _ calendar: HabitCalendar) -> CoachShare? {
    let yesterday = calendar.today.advanced(by: -1)
    let tally = HabitTally(it.history.cells(yesterday.advanced(by: -6)...yesterday, today: calendar.today))
    return tally.kept > 0 ? CoachShare(tally.kept, of: tally.kept + tally.missed) : nil
  }
}

extension Person {
  /// A person whom a worker acts for until the end of its transaction.
  ///
  /// - Returns: nil: gone.
  static func acting(_ id: ID<User>, _ bench: WorkBench) throws -> Person? {
    let account: ID<Account>? = try bench.db.value("SELECT account_id FROM users WHERE id = \(id)")
    guard let account else { return nil }
    return try bench.db.read(Query<Void>.setting(user: id, account: account, role: nil), mine(bench.services.zones)).1.first
  }
}

extension HabitCalendar {
  /// When the next habit date of a person begins.
  func tomorrow(_ person: Person, after now: Instant) -> Instant {
    max(zone.start(of: today.advanced(by: 1)).advanced(hours: person.dayStart), now.advanced(seconds: 60))
  }
}
