import Domain
import Postgres

/// What one transaction is going to write about escalations: collected in Swift, then written with one statement a table, all in one round
/// trip. Handlers use it for one escalation, the worker for hundreds; one at a time would be twenty to thirty times slower.
struct EscalationWrites {
  let now: Instant
  private(set) var made: [NewRow] = []
  private(set) var changed: [Escalation] = []
  private(set) var events: [EventRow] = []
  private(set) var deliveries: [DeliveryRow] = []
  private(set) var contactSteps: [ContactStep] = []
  private(set) var occurrences: [OccurrenceRow] = []
  private(set) var withdrawn: [ID<Escalation>] = []
  /// Those of them that are over for another reason than that nobody answered.
  private(set) var answered: [ID<Escalation>] = []
  var moves: [ReminderState] = []
  /// Whether messages of these reminders leave before others, where that was read under their locks; of others it is looked up.
  var critical: [ID<Reminder>: Bool] = [:]
  /// Reminders that the desk made.
  var ofDesk: Set<ID<Reminder>> = []

  init(at now: Instant) { self.now = now }

  /// An escalation that starts.
  struct NewRow {
    var escalation: Escalation
    let firing: DueOccurrence
    /// The agents of the first tier, where the engine told it by mail in the instant in which it began: the timeline tells both by this row, and neither is
    /// an entry. Empty: it was not told then. nil: what began it are entries.
    var firstTold: String?
  }

  /// An entry of the timeline.
  struct EventRow {
    let id: ID<EventRow>
    let escalation: Escalation
    let at: Instant
    let kind: String
    let tier: Int?
    let round: Int?
    let actor: Actor
    let data: String
  }

  /// A message for the outbox.
  struct DeliveryRow {
    let id: ID<OutboxMessage>
    let escalation: Escalation
    let step: LadderStep
    let channel: AgentType
  }

  /// A step that tells the contacts of whose reminder it is, too.
  struct ContactStep {
    let escalation: Escalation
    let step: LadderStep
  }

  /// An occurrence that met a running escalation; what starts one is told by the escalation's row.
  struct OccurrenceRow {
    let firing: DueOccurrence
    let escalation: Escalation
  }

  /// Takes up a change of a stored escalation: its new course, its entries in the timeline, what it sends, what it withdraws.
  mutating func apply(_ change: EscalationChange, to escalation: Escalation, by actor: Actor = .system, _ data: [String: String] = [:]) {
    var next = escalation
    next.course = change.course
    changed.append(next)
    record(change, of: next, by: actor, data)
    if change.withdraws { withdrawn.append(next.id) }
    if change.withdraws, !change.events.contains(.expired) { answered.append(next.id) }
  }

  /// Starts an escalation; what is due of it at once is sent at once.
  mutating func start(_ escalation: Escalation, _ firing: DueOccurrence, by actor: Actor = .system) {
    var new = NewRow(escalation: escalation, firing: firing, firstTold: actor.kind == .system ? "" : nil)
    if new.firstTold == nil { note("started", escalation, by: actor, firing.facts) }
    let course = escalation.course
    if course.due(at: now) == .escalate, let change = try? course.escalate(at: now) {  // It is due, so it cannot be refused.
      new.escalation.course = change.course
      // A row tells what is told by mail alone.
      let agents = course.ladder.tier(1)?.agents ?? []
      let isByMail = !agents.isEmpty && escalation.told(of: 1).used.allSatisfy { $0 == .email }
      if new.firstTold != nil, isByMail, change.events == [.escalated(tier: 1, round: 0)] {
        new.firstTold = agents.map(\.rawValue).joined(separator: " ")
        send(change, of: new.escalation)
      } else {
        record(change, of: new.escalation, by: .system, [:])
      }
    }
    made.append(new)
  }

  /// Begins another run of an escalation, and sends what is due of it at once.
  mutating func resume(_ change: EscalationChange, of escalation: Escalation, by actor: Actor = .system, _ data: [String: String] = [:]) {
    var next = escalation
    next.course = change.course
    record(change, of: next, by: actor, data)
    if next.course.due(at: now) == .escalate, let first = try? next.course.escalate(at: now) {  // As above.
      next.course = first.course
      record(first, of: next, by: .system, [:])
    }
    changed.append(next)
  }

  /// An entry of the timeline that changes nothing.
  mutating func note(
    _ kind: String, _ escalation: Escalation, tier: Int? = nil, round: Int? = nil, by actor: Actor, _ data: [String: String]
  ) {
    // Ids of one millisecond are in no order: a microsecond each keeps the timeline in the order in which things were written. None has `now`
    // itself, which is when an escalation began whose row tells it.
    let at = now.advanced(microseconds: Int64(events.count) + 1)
    events.append(
      EventRow(
        id: .new(at: now), escalation: escalation, at: at, kind: kind, tier: tier, round: round, actor: actor,
        data: JSONText.object(data).text))
  }

  /// An occurrence, and the running escalation that it met.
  mutating func record(_ firing: DueOccurrence, met escalation: Escalation) {
    occurrences.append(OccurrenceRow(firing: firing, escalation: escalation))
  }

  private mutating func record(_ change: EscalationChange, of escalation: Escalation, by actor: Actor, _ data: [String: String]) {
    for event in change.events {
      var facts = data.merging(event.facts) { first, _ in first }
      if case .escalated = event, let step = change.sends { facts.merge(means(escalation, step)) { first, _ in first } }
      if case .advanced = event, let step = change.sends { facts.merge(means(escalation, step)) { first, _ in first } }
      note(event.kind, escalation, tier: event.step.tier, round: event.step.round, by: actor, facts)
    }
    send(change, of: escalation)
  }

  private mutating func send(_ change: EscalationChange, of escalation: Escalation) {
    guard let step = change.sends else { return }
    let told = escalation.told(of: step.tier)
    for channel in told.used {
      deliveries.append(DeliveryRow(id: .new(at: now), escalation: escalation, step: step, channel: channel))
    }
    if told.tellsContacts { contactSteps.append(ContactStep(escalation: escalation, step: step)) }
  }

  /// What the timeline says about what of a tier cannot be used.
  private func means(_ escalation: Escalation, _ step: LadderStep) -> [String: String] {
    let told = escalation.told(of: step.tier)
    var facts: [String: String] = told.isInstead ? ["instead": "email"] : [:]
    if !told.missing.isEmpty { facts["not_set_up"] = told.missing.map(\.rawValue).joined(separator: " ") }
    return facts
  }
}

extension EscalationEvent {
  /// What the timeline needs besides kind and step.
  var facts: [String: String] {
    switch self {
    case .skipped(let skip): ["count": String(skip.count)]
    case .firedAgain(let occurrence): ["occurrence": occurrence.iso]
    case .acknowledged(let againAt): againAt.map { ["again_at": $0.iso] } ?? [:]
    case .snoozed(let until): ["until": until.iso]
    case .escalated, .advanced, .unsnoozed, .resumed, .completed, .expired, .cancelled, .replaced: [:]
    }
  }
}
