import Domain
import Postgres

extension ReminderCommands {
  /// A contact cannot help: the next tier comes at once, where there is one. Each says so once in a run; who is late changes nothing.
  func decline(_ contact: ID<Contact>) throws -> Outcome {
    guard let escalation, escalation.course.state == .active else { return .nothing }
    let said: Bool? = try db.value(
      """
      SELECT true FROM escalation_events
      WHERE escalation_id = \(escalation.id) AND user_id = \(reminder.user) AND run = \(escalation.course.run) AND kind = 'declined'
        AND data->>'contact' = \(contact.text) LIMIT 1
      """)
    if said == true { return .already }
    var batch = ReminderBatch(of: reminder.user, at: now)
    batch.escalations.note("declined", escalation, by: actor, ["contact": contact.text])
    // Above the last tier there is none.
    if let change = try? escalation.course.advance(at: now) {
      batch.escalations.apply(change, to: escalation, by: actor, ["reason": "declined"])
      batch.due = now
    }
    try batch.write(db)
    // Where nothing of the row changed but this: its page is another.
    try db.queue(["UPDATE escalations SET state = state WHERE id = \(escalation.id) AND user_id = \(reminder.user)"])
    return .done(AuditEntry("escalation.declined", "escalation", escalation.id.text, ["title": reminder.title]))
  }
}
