import Domain
import HTML
import Postgres
import Web

/// One press that snoozed many reminders: it can be taken back as a whole, for what nobody has touched since.
enum SnoozePress {
  /// As many reminders as one press may snooze.
  static let most = 2_000
  /// How many are read and written together: notes of 16 kB each may come along.
  static let slice = 250

  /// Those that ring now or would before `end`, by their ids: not those that sleep, or are to be asked about, beyond it. The next time of a series
  /// comes although somebody is on it (RULES 3.2).
  static func ringing(until end: Instant) -> Query<ID<Reminder>> {
    Query(
      column: """
        SELECT r.id FROM reminders r LEFT JOIN escalations e ON e.reminder_id = r.id AND e.user_id = r.user_id AND e.open
        WHERE r.user_id = (SELECT me()) AND r.status IN ('active', 'snoozed') AND (r.status = 'active' OR r.snoozed_until < \(end))
          AND (e.state = 'active' OR e.state = 'snoozed' OR e.state = 'acknowledged' AND e.again_at < \(end)
            OR (e.id IS NULL OR e.state = 'acknowledged') AND r.next_at <= \(end) OR e.id IS NULL AND r.status = 'snoozed')
        ORDER BY r.id LIMIT \(most + 1)
        """)
  }

  /// What a press did to a reminder, and what was before.
  struct Done: FromRow {
    let reminder: ID<Reminder>
    let until: Instant
    let before: SnoozedBefore

    init(row: Row) throws(PostgresError) {
      reminder = try row("reminder_id")
      until = try row("until_time")
      before = SnoozedBefore(
        until: try row("before_until"), state: try row("before_state"), at: try row("before_at"), endedAt: try row("before_ended_at"))
    }
  }

  /// Of the person's that still last.
  static func done(by press: ID<SnoozePress>, at now: Instant) -> Query<Done> {
    Query(
      """
      SELECT reminder_id, until_time, before_until, before_state, before_at, before_ended_at FROM snoozes
      WHERE user_id = (SELECT me()) AND press_id = \(press) AND until_time > \(now) ORDER BY reminder_id
      """)
  }

  /// When somebody pressed; nil: there is no such press of the person's.
  static func time(of press: ID<SnoozePress>, _ db: Connection) throws(PostgresError) -> Instant? {
    try db.value("SELECT from_time FROM snoozes WHERE user_id = (SELECT me()) AND press_id = \(press) LIMIT 1")
  }

  /// Brings back what the press withdrew, of escalations that go on where they were: what decides about each is asked when it is claimed.
  static func bringingBack(_ escalations: [ID<Escalation>], of user: ID<User>, pressed: Instant, at now: Instant) -> [SQL] {
    if escalations.isEmpty { return [] }
    return [
      """
      WITH back AS (
        UPDATE outbox o SET state = 'pending', due_at = \(now) FROM escalations e
        WHERE e.id = ANY (\(escalations)) AND e.user_id = \(user) AND e.state = 'active' AND o.escalation_id = e.id AND o.user_id = \(user)
          AND o.run = e.run AND o.state = 'cancelled' AND o.reason IS NULL
          AND EXISTS (SELECT FROM outbox_attempts a WHERE a.message_id = o.id AND a.state = 'cancelled' AND a.at = \(pressed))
        RETURNING o.id, o.user_id, o.subject_id
      )
      INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state)
      SELECT new_id(\(now)), user_id, subject_id, id, \(now), 'pending' FROM back
      """
    ]
  }

  /// Lets the snoozes that the press ended last again.
  static func lasting(_ done: [Done], of user: ID<User>, pressed: Instant) -> [SQL] {
    let again = done.filter { $0.before.until != nil }
    if again.isEmpty { return [] }
    return [
      """
      UPDATE snoozes s SET until_time = t.until FROM unnest(\(again.map(\.reminder)), \(again.map(\.before.until))) AS t(id, until)
      WHERE s.reminder_id = t.id AND s.user_id = \(user) AND s.until_time = \(pressed) AND t.until > s.from_time
      """
    ]
  }
}

/// What a snooze ended: the snooze before, and where the escalation was.
struct SnoozedBefore {
  let until: Instant?
  /// nil: nothing rang.
  let state: EscalationState?
  let at: Instant?
  let endedAt: Instant?

  init(until: Instant?, state: EscalationState?, at: Instant?, endedAt: Instant?) {
    (self.until, self.state, self.at, self.endedAt) = (until, state, at, endedAt)
  }

  init(_ reminder: Reminder, _ escalation: Escalation?) {
    self.init(
      until: reminder.status == .snoozed ? reminder.snoozedUntil : nil, state: escalation?.course.state, at: escalation?.course.nextAt,
      endedAt: escalation?.course.endedAt)
  }
}

extension ReminderCommands {
  /// Snoozes what rings or will before then, of this person: whatever it is, critical ones too.
  ///
  /// - Returns: what is recorded, how many no longer allow it, and the press that takes it back; nil: there was nothing.
  static func snoozeEverything(_ form: SnoozeForm, _ web: Context) throws -> (entries: [AuditEntry], refused: Int, press: ID<SnoozePress>)?
  {
    let ids = try web.db.rows(SnoozePress.ringing(until: form.phrase.instant))
    if ids.isEmpty { return nil }
    guard ids.count <= SnoozePress.most else {
      throw FormErrors(
        "until",
        web.words(
          "More than {n} reminders ring before then. Choose an earlier time, or say “do not disturb” in the settings.",
          ["n": String(SnoozePress.most)]))
    }
    return try snooze(ids, form, web) { _ in true }
  }

  /// Snoozes reminders so that one press takes it back.
  ///
  /// - Parameter isMeant: whether the newest escalation is the one that was meant; the rest is left out and counted.
  static func snooze(
    _ ids: [ID<Reminder>], _ form: SnoozeForm, _ web: Context, isMeant: (ReminderCommands) -> Bool
  ) throws -> (entries: [AuditEntry], refused: Int, press: ID<SnoozePress>) {
    let (user, press) = (try web.person.id, ID<SnoozePress>.new(at: web.now))
    var (entries, refused): ([AuditEntry], Int) = ([], 0)
    for start in stride(from: 0, to: ids.count, by: SnoozePress.slice) {
      let found = try find(Array(ids[start..<min(start + SnoozePress.slice, ids.count)]), web)
      var batch = ReminderBatch(of: user, at: web.now)
      batch.press = press
      for one in found {
        guard isMeant(one) else {
          refused += 1
          continue
        }
        do {
          entries += try one.snooze(
            until: form.phrase.instant, words: form.phrase.words, reason: form.reason, meant: form.wall, &batch
          ).entries
        } catch is any Refusal { refused += 1 }
      }
      try batch.write(web.db)
    }
    return (entries, refused, press)
  }

  /// Takes back what a press snoozed, but for what was changed since.
  ///
  /// - Returns: what is recorded.
  /// - Throws: ``Failure/notFound`` where the person has no such press.
  static func takeBack(_ press: ID<SnoozePress>, _ web: Context) throws -> [AuditEntry] {
    let user = try web.person.id
    guard let pressed = try SnoozePress.time(of: press, web.db) else { throw Failure.notFound }
    let done = try web.db.rows(SnoozePress.done(by: press, at: web.now))
    var entries: [AuditEntry] = []
    for start in stride(from: 0, to: done.count, by: SnoozePress.slice) {
      let some = Array(done[start..<min(start + SnoozePress.slice, done.count)])
      let byID = Dictionary(some.map { ($0.reminder, $0) }, uniquingKeysWith: { first, _ in first })
      let found = try find(some.map(\.reminder), web)
      var batch = ReminderBatch(of: user, at: web.now)
      var (woken, reminders): ([ID<Escalation>], [SnoozePress.Done]) = ([], [])
      for one in found {
        guard let snooze = byID[one.reminder.id], let entry = try one.unsnooze(snooze, &batch) else { continue }
        entries.append(entry)
        reminders.append(snooze)
        if snooze.before.state == .active, let escalation = one.escalation { woken.append(escalation.id) }
      }
      try batch.write(web.db)
      try web.db.queue(
        SnoozePress.bringingBack(woken, of: user, pressed: pressed, at: web.now)
          + SnoozePress.lasting(reminders, of: user, pressed: pressed))
    }
    return entries
  }

  /// What it was before the snooze; nil where that is over or was replaced.
  private func unsnooze(_ snooze: SnoozePress.Done, _ batch: inout ReminderBatch) throws -> AuditEntry? {
    guard reminder.status == .snoozed, reminder.snoozedUntil == snooze.until else { return nil }
    if let state = snooze.before.state {
      guard let escalation, escalation.course.state == .snoozed else { return nil }
      let change = try escalation.course.unsnooze(to: state, nextAt: snooze.before.at, endedAt: snooze.before.endedAt)
      batch.escalations.apply(change, to: escalation, by: actor)
    }
    var move = ReminderState(reminder)
    (move.status, move.snoozedUntil) = (snooze.before.until == nil ? .active : .snoozed, snooze.before.until)
    batch.move(reminder, to: move)
    batch.due = now
    return AuditEntry("reminder.unsnoozed", "reminder", reminder.id.text)
  }
}
