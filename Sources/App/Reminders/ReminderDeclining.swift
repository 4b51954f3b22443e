import Domain
import Postgres

extension ReminderCommands {
  /// A contact cannot help, and is told no more in this run. The next tier comes at once where the tier that the ladder stands at told them, and none of
  /// the others whom it told is still asked. Each says so once in a run; who is late changes nothing.
  func decline(_ contact: ID<Contact>) throws -> Outcome {
    guard let escalation, escalation.course.state == .active else { return .nothing }
    if try Declining.hasDeclined(contact, escalation, db) { return .already }
    let (isTold, others) = try Declining.told(by: escalation, contact, db)
    let change = isTold && others == 0 ? try? escalation.course.advance(at: now) : nil  // Above the last tier there is none.
    var batch = ReminderBatch(of: reminder.user, at: now)
    let hasMore = escalation.course.tier < escalation.course.ladder.tiers.count
    let facts = ["contact": contact.text].merging(hasMore ? ["others": "on"] : [:]) { first, _ in first }
    batch.escalations.note("declined", escalation, by: actor, facts)
    if let change {
      batch.escalations.apply(change, to: try heard(escalation, without: contact), by: actor, ["reason": "declined"])
      batch.due = now
    }
    try batch.write(db)
    try db.queue([
      Declining.withdrawing(escalation, contact, at: now),
      // Where nothing of the row changed but this: its page is another.
      "UPDATE escalations SET state = state WHERE id = \(escalation.id) AND user_id = \(reminder.user)",
    ])
    return .done(AuditEntry("escalation.declined", "escalation", escalation.id.text, ["title": reminder.title]))
  }

  /// As it is once this contact has declined: they may have been the last.
  private func heard(_ escalation: Escalation, without contact: ID<Contact>) throws(PostgresError) -> Escalation {
    let isOneLeft: Bool? = try db.value(
      """
      SELECT EXISTS (SELECT FROM contacts c WHERE c.user_id = \(escalation.user) AND c.id <> \(contact) AND \(Contact.canBeReached)
        AND \(Declining.isAsked("\(escalation.id)", "\(escalation.course.run)")))
      """)
    var next = escalation
    next.declinedRun = isOneLeft == true ? nil : escalation.course.run
    return next
  }
}
