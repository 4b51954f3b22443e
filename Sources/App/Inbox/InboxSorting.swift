import Domain
import HTML
import Postgres
import Web

/// Making of an item what it is, by each kind's own form and commands, and taking that back.
enum InboxSorting {
  /// What was made.
  struct Made {
    let thing: InboxThing
    let entries: [AuditEntry]
    /// When something is due because of it.
    var wakes: Instant?

    init<Row>(_ kind: InboxLine.Kind, _ id: ID<Row>, _ title: String, _ entries: [AuditEntry], wakes: Instant? = nil) {
      thing = InboxThing(kind: kind, id: ID(high: id.high, low: id.low), title: title)
      (self.entries, self.wakes) = (entries, wakes)
    }
  }

  /// Makes a thing of the posted form.
  ///
  /// - Throws: ``FormErrors``.
  static func make(_ kind: InboxLine.Kind, _ web: Context) throws -> Made {
    switch kind {
    case .task: try task(web)
    case .deadline: try deadline(web)
    case .goal: try goal(web)
    case .problem: try problem(web)
    case .reminder: try reminder(web)
    case .habit: try habit(web)
    }
  }

  private static func task(_ web: Context) throws -> Made {
    let draft = try TaskDraft(web.form, web.reader)
    do {
      let outcome = try TaskCommands.make(draft, web.plannerWriting)
      guard let id = outcome.tasks.first else { throw Failure.notFound }
      return Made(.task, id, draft.title, outcome.entries)
    } catch {
      if let refusal = error as? TaskRefusal { throw FormErrors(refusal.field, refusal.sentence(web.words)) }
      if (error as? Failure) == .notFound { throw FormErrors("goal", web.words("Choose one of your goals.")) }
      throw error
    }
  }

  private static func goal(_ web: Context) throws -> Made {
    let draft = try GoalDraft(web.form, web.reader)
    let made = try GoalCommands.make(draft, web.plannerWriting)
    return Made(.goal, made.id, draft.title, made.entries)
  }

  private static func problem(_ web: Context) throws -> Made {
    let draft = try ProblemDraft(web.form, web.reader)
    let outcome = try ProblemCommands.make(draft, web.plannerWriting)
    return Made(.problem, outcome.id, draft.title, outcome.entries)
  }

  private static func deadline(_ web: Context) throws -> Made {
    let draft = try DeadlineDraft(web.form, web.reader)
    do {
      let outcome = try DeadlineCommands.make(draft, web.deadlineWriting)
      if draft.reminder != nil { try web.services.quota.check(isNew: true, grownBy: 0, web) }
      return Made(.deadline, outcome.id, draft.title, outcome.entries, wakes: draft.due)
    } catch {
      guard let refusal = error as? DeadlineRefusal else { throw error }
      throw FormErrors(refusal.field, refusal.sentence(web.words))
    }
  }

  private static func reminder(_ web: Context) throws -> Made {
    try EscalationProfile.keep(web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    let (draft, id) = (try ReminderDraft(web.form, profiles: profiles, web.reader), ID<Reminder>.new(at: web.now))
    try draft.insert(id, for: web.person.id, zoneVersion: web.services.zones.version, at: web.now, web.db)
    try web.services.quota.check(isNew: true, grownBy: draft.weight, web)
    return Made(
      .reminder, id, draft.title, [AuditEntry("reminder.made", "reminder", id.text, ["title": draft.title])], wakes: draft.nextAt)
  }

  private static func habit(_ web: Context) throws -> Made {
    let person = try web.person
    let (draft, id) = (try HabitDraft(web.form, of: .tick, profiles: [], web.reader), ID<Habit>.new(at: web.now))
    try web.db.runAll(
      draft.inserting(id, for: person.id, on: HabitCalendar(person, at: web.now).today, at: web.now)
        + EventLog.noting(.habitCreated, ["habit": id.text], of: person, at: web.now))
    if !draft.goals.isEmpty { _ = try Habit.serve(draft.goals, by: id, web) }
    return Made(.habit, id, draft.name, [AuditEntry("habit.made", Habit.subject, id.text, ["name": draft.name])])
  }

  // MARK: - Taking back

  /// What an item was made into goes, where nobody has changed it since.
  ///
  /// - Returns: whether it stays, and what the audit log is told.
  static func takeBack(_ item: InboxItem, _ web: Context) throws -> (stays: Bool, entries: [AuditEntry]) {
    guard !item.isJoined, let thing = item.thing, item.becameTitle != nil else { return (false, []) }
    let isAsMade: Bool? = try web.db.value(
      """
      SELECT x.version = 1 AND x.updated_at = x.created_at FROM \(made(thing.kind)) x WHERE x.id = \(thing.id) AND x.user_id = (SELECT me())
      """)
    guard isAsMade == true else { return (true, []) }
    let (high, low) = (thing.id.high, thing.id.low)
    switch thing.kind {
    case .task: return (false, try TaskCommands.find(ID(high: high, low: low), web.plannerWriting).delete().entries)
    case .goal: return (false, try GoalCommands.find(ID(high: high, low: low), web).delete())
    case .problem: return (false, try ProblemCommands.find(ID(high: high, low: low), web.plannerWriting).delete().entries)
    case .reminder: return (false, try ReminderCommands.find(ID(high: high, low: low), web).delete().entries)
    case .habit: return (false, try HabitCommands.find(ID(high: high, low: low), web).delete().entries)
    case .deadline: return (false, try DeadlineCommands.find(ID(high: high, low: low), web.deadlineWriting).delete().entries)
    }
  }

  private static func made(_ kind: InboxLine.Kind) -> Columns {
    switch kind {
    case .task: "tasks"
    case .deadline: "deadlines"
    case .goal: "goals"
    case .problem: "problems"
    case .reminder: "reminders"
    case .habit: "habits"
    }
  }
}
