import Domain
import Postgres

extension EscalationWrites {
  /// Writes everything in one round trip. The order keeps every key satisfied: what ended is written before what starts, since a reminder has
  /// at most one open escalation.
  ///
  /// - Throws: unique violations when a second worker was first, which the locks rule out.
  func write(_ db: Connection) throws(PostgresError) { try db.runAll(statements) }

  /// What ``write(_:)`` runs.
  var statements: [SQL] {
    var statements: [SQL] = []
    if !withdrawn.isEmpty { statements.append(withdrawing) }
    if !answered.isEmpty { statements.append(closing) }
    if !changed.isEmpty { statements.append(changing) }
    if !made.isEmpty { statements.append(making) }
    if !occurrences.isEmpty { statements.append(recording) }
    if !events.isEmpty { statements.append(telling) }
    let (pushes, others) = (deliveries.filter { $0.channel == .push }, deliveries.filter { $0.channel != .push })
    if !others.isEmpty { statements.append(sending(others)) }
    if !pushes.isEmpty { statements.append(tellingDevices(pushes)) }
    if !contactSteps.isEmpty { statements.append(tellingContacts) }
    if !moves.isEmpty { statements.append(moving) }
    let rung = rung
    if !rung.isEmpty { statements.append(settling(rung)) }
    return statements
  }

  private var withdrawing: SQL {
    """
    WITH gone AS (
      UPDATE outbox SET state = 'cancelled', reason = NULL, code = NULL, detail = ''
      WHERE escalation_id = ANY(\(withdrawn)) AND state IN ('pending', 'held')
      RETURNING id, user_id, subject_id
    )
    INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state)
    SELECT new_id(\(now)), user_id, subject_id, id, \(now), 'cancelled' FROM gone
    """
  }

  private var changing: SQL {
    """
    UPDATE escalations e SET state = t.state, run = t.run, tier = t.tier, round = t.round, started_at = t.started_at,
      next_step_at = t.next_step_at, next_kind = t.next_kind, again_at = t.again_at, snoozed_until = t.snoozed_until, acknowledged_at = t.acknowledged_at,
      ended_at = t.ended_at, fired_again = t.fired_again, plan = t.plan::jsonb, profile_id = t.profile_id, profile_name = t.profile_name,
      profile_version = t.profile_version
    FROM unnest(\(changed.map(\.id)), \(changed.map(\.course.state)), \(changed.map(\.course.run)), \(changed.map(\.course.tier)),
      \(changed.map(\.course.round)), \(changed.map(\.course.startedAt)), \(changed.map(\.course.nextStepAt)),
      \(changed.map(\.course.nextKind)),
      \(changed.map(\.course.againAt)), \(changed.map(\.course.snoozedUntil)), \(changed.map(\.course.acknowledgedAt)),
      \(changed.map(\.course.endedAt)), \(changed.map(\.course.firedAgain)), \(changed.map(\.course.ladder.planText)),
      \(changed.map(\.profile)), \(changed.map(\.profileName)), \(changed.map(\.profileVersion)))
      AS t(id, state, run, tier, round, started_at, next_step_at, next_kind, again_at, snoozed_until, acknowledged_at, ended_at, fired_again,
        plan, profile_id, profile_name, profile_version)
    WHERE e.id = t.id
    """
  }

  private var making: SQL {
    // A profile stands for one ladder here: new escalations start with it as it is now.
    var plans: [ID<EscalationProfile>: JSON] = [:]
    let new = made.map(\.escalation)
    for escalation in new where plans[escalation.profile] == nil { plans[escalation.profile] = JSON(escalation.course.ladder.planText) }
    return .insert(
      into: "escalations", .each("id", new.map(\.id)), .each("user_id", new.map(\.user)), .each("reminder_id", new.map(\.reminder)),
      .each("occurrence_at", new.map(\.occurrenceAt)), .each("habit_date", new.map(\.habitDate)), .each("profile_id", new.map(\.profile)),
      .each("profile_name", new.map(\.profileName)), .each("profile_version", new.map(\.profileVersion)),
      .few("plan", new.map { plans[$0.profile] ?? JSON("") }), .each("state", new.map(\.course.state)),
      .each("run", new.map(\.course.run)), .each("tier", new.map(\.course.tier)), .each("round", new.map(\.course.round)),
      .each("started_at", new.map(\.course.startedAt)), .each("next_step_at", new.map(\.course.nextStepAt)),
      .each("next_kind", new.map(\.course.nextKind)), .each("reason", made.map(\.firing.reason)),
      .each("missed", made.map(\.firing.missed)),
      .each("missed_from", made.map(\.firing.missedFrom)), .each("first_told", made.map(\.firstTold)), .all("created_at", "\(now)"))
  }

  private var recording: SQL {
    let rows: SQL = .insert(
      into: "occurrences", .each("user_id", occurrences.map(\.escalation.user)),
      .each("reminder_id", occurrences.map(\.escalation.reminder)),
      .each("due_at", occurrences.map(\.firing.at)), .all("fired_at", "\(now)"), .each("reason", occurrences.map(\.firing.reason)),
      .each("missed", occurrences.map(\.firing.missed)), .each("missed_from", occurrences.map(\.firing.missedFrom)),
      .each("escalation_id", occurrences.map(\.escalation.id)))
    return "\(rows) ON CONFLICT (reminder_id, due_at) DO NOTHING"
  }

  /// Entries of one instant stand in the order in which they were written: each a microsecond after the one before, also with a clock that
  /// stands still, also after those that the escalation's row tells. An escalation that starts here has no earlier ones to look for.
  private var telling: SQL {
    let new = Set(made.map(\.escalation.id))
    return """
      INSERT INTO escalation_events (id, user_id, escalation_id, at, kind, run, tier, round, actor, actor_name, data)
      SELECT t.id, t.user_id, t.escalation_id, coalesce(
          greatest((SELECT max(o.at) FROM escalation_events o
            WHERE NOT t.is_new AND o.escalation_id = t.escalation_id AND o.at >= \(now) AND o.at < t.at + interval '1 second'),
            CASE WHEN NOT t.is_new AND t.begun_at >= \(now) THEN t.begun_at + interval '1 microsecond' END)
          + t.number * interval '1 microsecond',
          t.at), t.kind, t.run, t.tier, t.round, t.actor, t.actor_name, t.data::jsonb
      FROM unnest(\(events.map(\.id)), \(events.map(\.escalation.user)), \(events.map(\.escalation.id)), \(events.map(\.at)),
        \(events.map(\.kind)), \(events.map(\.escalation.course.run)), \(events.map(\.tier)), \(events.map(\.round)),
        \(events.map(\.actor.kind)), \(events.map(\.actor.name)), \(events.map(\.data)),
        \(events.map { new.contains($0.escalation.id) }), \(events.map(\.escalation.createdAt))) WITH ORDINALITY
        AS t(id, user_id, escalation_id, at, kind, run, tier, round, actor, actor_name, data, is_new, begun_at, number)
      """
  }

  /// A row for each message (RULES 4.1).
  private func sending(_ deliveries: [DeliveryRow]) -> SQL {
    let known = deliveries.compactMap { critical[$0.escalation.reminder] }
    return .insert(
      into: "outbox", .each("id", deliveries.map(\.id)), .each("user_id", deliveries.map(\.escalation.user)),
      .all("subject", "'escalation'"), .each("subject_id", deliveries.map(\.escalation.id)),
      .each("reminder_id", deliveries.map(\.escalation.reminder)), .each("run", deliveries.map(\.escalation.course.run)),
      .each("tier", deliveries.map(\.step.tier)), .each("round", deliveries.map(\.step.round)), .each("channel", deliveries.map(\.channel)),
      .all("recipient_kind", "'user'"), .all("recipient_id", "t.user_id"), .all("state", "'pending'"), .all("due_at", "\(now)"),
      .all("created_at", "\(now)"),
      known.count == deliveries.count
        ? .each("critical", known)
        : .all("critical", "coalesce((SELECT r.importance = 'critical' FROM reminders r WHERE r.id = t.reminder_id), false)"))
  }

  /// A row for each device: the first has the id by which lists know the message. Where the last one was taken away in this moment, the row is the
  /// person's, and says so when it is claimed.
  private func tellingDevices(_ pushes: [DeliveryRow]) -> SQL {
    let steps: SQL = .rows(
      .each("id", pushes.map(\.id)), .each("user_id", pushes.map(\.escalation.user)), .each("subject_id", pushes.map(\.escalation.id)),
      .each("reminder_id", pushes.map(\.escalation.reminder)), .each("run", pushes.map(\.escalation.course.run)),
      .each("tier", pushes.map(\.step.tier)), .each("round", pushes.map(\.step.round)))
    return """
      INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, state, due_at,
        created_at, critical)
      SELECT CASE WHEN row_number() OVER (PARTITION BY t.id ORDER BY p.id) = 1 THEN t.id ELSE new_id(\(now)) END, t.user_id, 'escalation',
        t.subject_id, t.reminder_id, t.run, t.tier, t.round, 'push', CASE WHEN p.id IS NULL THEN 'user' ELSE 'device' END,
        coalesce(p.id, t.user_id), 'pending', \(now), \(now),
        coalesce((SELECT r.importance = 'critical' FROM reminders r WHERE r.id = t.reminder_id), false)
      FROM \(steps) LEFT JOIN push_devices p ON p.user_id = t.user_id
      """
  }

  /// Takes the notifications away that devices show of them. One that is being sent now is taken away when it has arrived (``PushClosing``).
  private var closing: SQL {
    PushClosing.asking(
      at: now,
      """
      SELECT DISTINCT o.user_id, o.recipient_id AS device_id, o.escalation_id FROM outbox o
      JOIN push_devices p ON p.id = o.recipient_id AND p.user_id = o.user_id
      WHERE o.escalation_id = ANY (\(answered)) AND o.channel = 'push' AND o.recipient_kind = 'device' AND o.state IN ('sent', 'delivered')
        AND NOT EXISTS (SELECT FROM push_closings c
          WHERE c.device_id = o.recipient_id AND c.escalation_id = o.escalation_id AND c.created_at >= o.sent_at)
      """)
  }

  /// A row for each contact who can be told and has not said in this run that they cannot, and each way to them: the address, the hours and what they may
  /// read are those of when it is sent. Of what the desk reminds of none is told.
  private var tellingContacts: SQL {
    let steps: SQL = .rows(
      .each("user_id", contactSteps.map(\.escalation.user)), .each("subject_id", contactSteps.map(\.escalation.id)),
      .each("reminder_id", contactSteps.map(\.escalation.reminder)), .each("run", contactSteps.map(\.escalation.course.run)),
      .each("tier", contactSteps.map(\.step.tier)), .each("round", contactSteps.map(\.step.round)))
    return """
      INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, state, due_at,
        created_at, critical)
      SELECT new_id(\(now)), t.user_id, 'escalation', t.subject_id, t.reminder_id, t.run, t.tier, t.round, w.channel, 'contact', c.id, 'pending',
        \(now), \(now), r.importance = 'critical'
      FROM \(steps) JOIN reminders r ON r.id = t.reminder_id AND NOT r.of_desk
        JOIN contacts c ON c.user_id = t.user_id AND \(Declining.isAsked("t.subject_id", "t.run"))
        CROSS JOIN LATERAL (
          SELECT 'email' AS channel WHERE \(Contact.canBeTold)
          UNION ALL SELECT 'sms' WHERE \(Contact.canBeTexted)) w
      """
  }

  /// What lists are sorted by (`sort_at`, generated) and say of the escalation of a reminder `r`: of the one that is open, else the state of the last.
  /// Looked up after it was written, but where one starts here (`t.opened_at`).
  private static let shown: SQL = """
    (open_since, escalation_state, tier, tiers) = (
      SELECT coalesce(t.opened_at, e.occurrence_at),
        coalesce(t.state, e.state, (SELECT l.state FROM escalations l WHERE l.reminder_id = r.id ORDER BY l.id DESC LIMIT 1)),
        coalesce(t.tier, e.tier), coalesce(t.tiers, jsonb_array_length(e.plan->'tiers'))
      FROM (SELECT) one LEFT JOIN escalations e ON t.opened_at IS NULL AND e.reminder_id = r.id AND e.open),
    last_message_id = coalesce(t.message, r.last_message_id), message_agent = coalesce(t.agent, r.message_agent),
    message_state = CASE WHEN t.message IS NULL THEN r.message_state END
    """

  /// The columns of ``shown`` that are known already, of reminders in an order.
  private func known(_ reminders: [ID<Reminder>]) -> SQL {
    let opened = Dictionary(made.map { ($0.escalation.reminder, $0.escalation) }, uniquingKeysWith: { _, last in last })
    let told = Dictionary(deliveries.map { ($0.escalation.reminder, $0) }, uniquingKeysWith: { _, last in last })
    let (starts, messages) = (reminders.map { opened[$0] }, reminders.map { told[$0] })
    return """
      \(starts.map { $0?.occurrenceAt }), \(starts.map { $0?.course.state }), \(starts.map { $0?.course.tier }),
      \(starts.map { $0?.course.ladder.tiers.count }), \(messages.map { $0?.id }), \(messages.map { $0?.channel })
      """
  }

  private static let knownNames: Columns = "opened_at, state, tier, tiers, message, agent"

  private var moving: SQL {
    """
    UPDATE reminders r SET status = t.status, next_at = t.next_at, last_at = t.last_at, snoozed_until = t.snoozed_until,
      completed_at = t.completed_at, updated_at = \(now), \(Self.shown)
    FROM unnest(\(moves.map(\.id)), \(moves.map(\.status)), \(moves.map(\.nextAt)), \(moves.map(\.lastAt)),
      \(moves.map(\.snoozedUntil)), \(moves.map(\.completedAt)), \(known(moves.map(\.id))))
      AS t(id, status, next_at, last_at, snoozed_until, completed_at, \(Self.knownNames))
    WHERE r.id = t.id
    """
  }

  /// Reminders that stay as they are but for what lists show of their escalation.
  private var rung: [ID<Reminder>] {
    let moved = Set(moves.map(\.id))
    var seen: Set<ID<Reminder>> = []
    return (changed.map(\.reminder) + made.map(\.escalation.reminder)).filter { !moved.contains($0) && seen.insert($0).inserted }
  }

  private func settling(_ reminders: [ID<Reminder>]) -> SQL {
    "UPDATE reminders r SET \(Self.shown) FROM unnest(\(reminders), \(known(reminders))) AS t(id, \(Self.knownNames)) WHERE r.id = t.id"
  }
}
