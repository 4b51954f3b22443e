import Domain
import Postgres

/// Asks the voice for a message about a habit that is there already in the template's words. Asked for only where a model is (``CoachVoice/isAsked``).
enum MessageWork {
  static let name = "coach.message"

  /// What asks for it, and wakes a worker.
  static func asking(for message: ID<CoachMessageRow>, of person: Person, at now: Instant) -> [SQL] {
    [Job.asking(for: name, key: message.text, at: message.text, of: person.account, person.id, now: now)] + Waking.statements(now, at: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    // "MESSAGE", then "MESSAGE MEMORY".
    let place = run.place.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard let user = run.user, let id = ID<CoachMessageRow>(String(place[0])), let person = try Person.acting(user, bench),
      let stored = try bench.db.read(StoredText.query(id)).first
    else { return .done }
    var memory = place.count > 1 ? String(place[1]) : ""
    switch try bench.services.voice.next(task(stored, person, bench, now), &memory, run.moment, bench, now) {
    case .ask(let request, let wait):
      run.place = "\(id.text) \(memory)"
      return .transfer(request, after: wait)
    case .say(let text, let written):
      try bench.db.queue([
        """
        UPDATE coach_messages SET text = \(text.text), prompt = \(text.source), written = \(written), personality = \(person.personality),
          language = \(person.language)
        WHERE id = \(id) AND user_id = \(user) AND deleted_at IS NULL
        """
      ])
      run.done += 1
      return .done
    }
  }

  private static func task(_ stored: StoredText, _ person: Person, _ bench: WorkBench, _ now: Instant) throws -> CoachTask {
    let calendar = HabitCalendar(person, at: now)
    let about = try stored.habit.map { try calendar.reckoned(bench.db.read(Habit.mine("h.id = \($0)")), bench.db) } ?? []
    let notes = try CoachNote.told(of: about.map(\.habit.id), stored.date...stored.date, to: person, bench)
    var facts = CoachFacts.table(of: about, notes, calendar, person, on: stored.date)
    let reading = PlannerWriting(person: person, now: now, request: "", db: bench.db)
    if let goal = stored.goal, let commands = try GoalCommands.read(goal, reading) {
      commands.completion(person, on: stored.date).add(to: &facts)
    }
    if stored.event == .weeklyAnalysis {
      let week = PersonWeek(holding: stored.date, weekStart: calendar.weekStart)
      try CoachWeek.read(week, person, calendar, bench.db).add(to: &facts)
    }
    return CoachTask(
      event: stored.event, person: person, facts: facts, messages: [], template: CoachText(text: stored.text, source: stored.prompt))
  }
}

/// A message as it stands.
private struct StoredText {
  let event: CoachEvent
  let habit: ID<Habit>?
  let goal: ID<Goal>?
  let date: Day
  let text: String
  let prompt: String

  static func query(_ id: ID<CoachMessageRow>) -> Query<StoredText> {
    Query(
      """
      SELECT event, habit_id AS habit, goal_id AS goal, date, text, prompt FROM coach_messages
      WHERE id = \(id) AND user_id = (SELECT me()) AND deleted_at IS NULL
      """, into: StoredText.init)
  }
}
