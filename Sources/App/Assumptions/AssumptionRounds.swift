import Domain
import HTML
import Postgres

/// Looks at what rules take for true of a person: once something changed that one of them reads, and once a day; and has fade what nobody answered
/// (RULES 9.7, 9.40). Whose planner somebody holds is passed over for a moment.
struct AssumptionRounds {
  /// How many people are looked at in one go.
  private static let most = 20

  private let bench: WorkBench
  private let people: RowWork<User>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    people = RowWork("assumption_round", bench)
  }

  var kind: WorkKind {
    let due = DueTime(name: "assumptions") { now in
      "SELECT min(due_at) FROM assumption_rounds WHERE user_id <> ALL (\(people.passed(at: now)))"
    }
    return WorkKind(name: "assumptions", due: due) { now, _ in
      try people.batches(
        of: Self.most, counted: "assumed", at: now,
        all: { try chosen(now).reduce(0) { try $0 + look($1, now) } },
        rows: { try chosen(now) },
        one: { try look($0, now) })
    }
  }

  private func chosen(_ now: Instant) throws -> [ID<User>] {
    try db.rows(
      Query(
        column: """
          SELECT user_id FROM assumption_rounds WHERE due_at <= \(now) AND user_id <> ALL (\(people.passed(at: now))) ORDER BY due_at LIMIT \(Self.most)
          """))
  }

  /// - Returns: 1, or 0 where another worker has it in hands.
  private func look(_ id: ID<User>, _ now: Instant) throws -> Int {
    try db.transaction {
      // The planner before the row: whoever adds a person holds the one and waits for the other.
      guard let person = try Person.acting(id, bench) else { return 0 }
      let writing = PlannerWriting(person: person, now: now, request: "", db: db)
      try writing.lock()
      let isDue: Bool? = try db.value(
        "SELECT true FROM assumption_rounds WHERE user_id = \(id) AND due_at <= \(now) FOR UPDATE SKIP LOCKED")
      guard isDue != nil else { return 0 }
      try fade(now)
      let rules = AssumptionRules(person: person, words: bench.services.words(person.language), now: now, db: db)
      let made = try AssumptionWrites(writing: writing).infer(rules.inferred())
      let next = HabitCalendar(person, at: now).tomorrow(person, after: now)
      try db.queue(["UPDATE assumption_rounds SET due_at = \(next) WHERE user_id = \(id)"])
      try Audit.append(
        made.compactMap(\.entry), user: person.id, account: person.account, by: .system, at: now, bench.services.keys, db)
      return 1
    }
  }

  /// What nobody answered for 90 days is asked no longer.
  private func fade(_ now: Instant) throws {
    try db.queue([
      """
      UPDATE assumptions SET state = 'faded', faded = 'time', updated_at = \(now), version = version + 1
      WHERE user_id = (SELECT me()) AND state = 'open' AND created_at <= \(now.advanced(days: -AssumptionLimits.fadingDays))
      """
    ])
  }
}
