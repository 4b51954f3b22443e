import Domain
import Postgres

/// Writes down what the coach says. The template's words are there at once; where a model is asked, a job may put others in their place.
struct CoachWriting {
  let person: Person
  let services: Services
  let now: Instant
  /// Its transaction acts for the person.
  let db: Connection

  /// Writes a message, once: one that is there already stays.
  ///
  /// - Parameters:
  ///   - day: what it is about, and part of its key.
  ///   - said: what was said before about the same, newest first.
  /// - Returns: its words; nil when the files lack a text, which a test forbids.
  @discardableResult
  func write(_ saying: CoachSaying, about subject: CoachSubject, on day: Day, said: [CoachSaid]) throws(PostgresError) -> CoachText? {
    let event = saying.topic.event
    guard
      let text = services.coach.words(person.personality, person.language)?
        .text(for: saying, CoachWriting.key(person.id, subject, day, event), previous: said.first?.prompt)
    else { return nil }
    let id = ID<CoachMessageRow>.new(at: now)
    var batch: [SQL] = [
      """
      INSERT INTO coach_messages (id, user_id, event, habit_id, goal_id, date, personality, language, prompt, written, offers, text, created_at)
      VALUES (\(id), \(person.id), \(event), \(subject.habit), \(subject.goal), \(day), \(person.personality), \(person.language), \(text.source),
        \(CoachWritten.template), \(saying.topic == .secondMiss), \(text.text), \(now))
      ON CONFLICT DO NOTHING
      """
    ]
    batch += EventLog.noting(.coachMessage, ["event": event.rawValue, "date": day.iso], of: person, at: now)
    if services.voice.isAsked(person.coach) {
      batch += MessageWork.asking(for: id, of: person, at: now)
    }
    try db.queue(batch)
    return text
  }

  private static func key(_ person: ID<User>, _ subject: CoachSubject, _ day: Day, _ event: CoachEvent) -> CoachKey {
    switch subject {
    case .habit(let id): CoachKey(person: person, subject: id, day: day, event: event)
    case .goal(let id): CoachKey(person: person, subject: id, day: day, event: event)
    case .week: CoachKey(person: person, subject: nil as ID<Habit>?, day: day, event: event)
    }
  }

  /// What is said of a goal that was completed: once, however often it is reopened.
  ///
  /// - Returns: nil: it was said before, or the person wants silence.
  func goal(_ done: GoalCompletion) throws -> CoachText? {
    if person.coach.speak == .never { return nil }
    let said = try db.read(CoachSaid.about(goal: done.id, .goalComplete))
    guard CoachSpeaking.afterGoal(speak: person.coach.speak, wasSaid: !said.isEmpty) else { return nil }
    return try write(done.saying, about: .goal(done.id), on: done.day, said: said)
  }

  /// What is said of a week: once.
  ///
  /// - Parameters:
  ///   - saying: ``CoachSaying/week(first:kept:rate:changeTenths:best:)`` or ``CoachSaying/quietWeek(first:)``.
  ///   - first: the week's first date.
  func week(_ saying: CoachSaying, first: Day) throws -> CoachText? {
    if person.coach.speak == .never { return nil }
    let said = try db.read(CoachSaid.about(goal: nil, .weeklyAnalysis))
    guard CoachSpeaking.afterWeek(speak: person.coach.speak, wasSaid: said.holds(.weeklyAnalysis, first)) else { return nil }
    return try write(saying, about: .week, on: first, said: said)
  }
}

extension Context {
  /// The pen of the coach for whoever is signed in.
  var coachWriting: CoachWriting {
    get throws { CoachWriting(person: try person, services: services, now: now, db: db) }
  }
}
