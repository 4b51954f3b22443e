import Domain
import Postgres

/// Asks a model for the words of a summary, over its facts alone. They are held against these (RULES 5.14, 8.13): where they do not hold, the rule's
/// words stay, and why is kept with the run.
enum SummaryWork {
  static let name = "memory.summary"
  /// How many things of a fact a model is told.
  private static let most = 20

  /// What asks for it: once for the facts as they are.
  static func asking(for summary: MemorySummary, of person: Person, at now: Instant) -> SQL {
    Job.asking(for: name, key: "\(summary.id.text) \(summary.revision)", at: summary.id.text, of: person.account, person.id, now: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    // "SUMMARY", then "SUMMARY MEMORY".
    let place = run.place.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard let user = run.user, let id = ID<MemorySummary>(String(place[0])) else { return .done }
    var memory = place.count > 1 ? String(place[1]) : ""
    guard let person = try Person.acting(user, bench), !person.modelKinds.isEmpty,
      let summary = try bench.db.rows(MemorySummary.mine("s.id = \(id) AND s.written = 'rules'")).first,
      let question = question(summary, person, bench, now)
    else {
      try ModelRun.drop(memory, run.moment, bench, now)
      return .done
    }
    switch try ModelCall.step(question, &memory, run.moment, bench, now) {
    case .waiting(let request, let wait):
      run.place = "\(id.text) \(memory)"
      return .transfer(request, after: wait)
    case .written(let text):
      try bench.db.queue([
        """
        UPDATE memory_summaries SET text = \(text), written = 'model', updated_at = \(now)
        WHERE id = \(id) AND user_id = \(user) AND written = 'rules' AND deleted_at IS NULL AND revision = \(summary.revision)
        """
      ])
      run.done += 1
      return .done
    case .unwritten: return .done
    }
  }

  /// - Returns: nil when the files lack the prompt, which a test forbids.
  private static func question(_ summary: MemorySummary, _ person: Person, _ bench: WorkBench, _ now: Instant) -> ModelQuestion<String>? {
    guard let file = bench.services.coach.prompt(.summary) else { return nil }
    let table = table(summary, person, now)
    let told = MemoryFactText.all(summary.facts).flatMap { $0.things.filter { isTold($0, to: person) }.prefix(most) }
    return ModelQuestion<String>(
      user: person.id, account: person.account, day: table.today, event: .summary,
      prompt: file.rendered(table, .general, person.language), kinds: Set(told.compactMap { ModelKind(rawValue: $0.kind) }),
      check: CoachCheck(table, .summary, person.language, bench.services.coach.tone(person.language)))
  }

  /// All that the model is told: numbers, dates and names; of what is private, or of a kind that the person keeps here, nothing but that it counts.
  static func table(_ summary: MemorySummary, _ person: Person, _ now: Instant) -> CoachFactTable {
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    let facts = MemoryFactText.all(summary.facts)
    let kept = facts.flatMap(\.things).filter { !isTold($0, to: person) }.map(\.title)
    var table = CoachFactTable(today: clock.date(now), untold: kept)
    let first = clock.date(summary.fromAt)
    table.add("first day", .date(first))
    if summary.type == .weekly { table.add("last day", .date(first.advanced(by: 6))) }
    for fact in facts {
      table.add(name(fact.kind), .count(fact.count))
      for thing in fact.things.filter({ isTold($0, to: person) }).prefix(most) {
        table.add("\(name(fact.kind)), one of these", .name(thing.title))
      }
    }
    return table
  }

  /// Whether a model may be told of it (RULES 9.45).
  private static func isTold(_ thing: MemoryThing, to person: Person) -> Bool {
    !thing.isPrivate && ModelKind(rawValue: thing.kind).map { person.modelKinds.contains($0) } ?? false
  }

  private static func name(_ kind: MemoryFact.Kind) -> String {
    switch kind {
    case .done: "done"
    case .met: "deadlines met"
    case .missed: "deadlines missed"
    case .unblocked: "waiting for nothing any more"
    case .slipped: "left undone"
    case .made: "written down"
    case .minutes: "minutes noted"
    }
  }
}
