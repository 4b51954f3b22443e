import Domain
import HTML
import Postgres
import Web

/// Does what somebody answers by SMS, through the same commands as a press: to the newest escalation that they were told of by SMS, which the reply names.
struct SMSAnswering {
  private let holder: PhoneHolder
  private let contact: Contact?
  private let web: Context

  /// Makes whose number it is, or whose contact's, the owner of the transaction.
  ///
  /// nil: the person or the contact is gone.
  init?(_ holder: PhoneHolder, _ web: Context) throws {
    (self.holder, self.web) = (holder, web)
    try web.act(for: holder.user, of: holder.account)
    guard let person = try web.db.row(Person.mine(web.services.zones)) else { return nil }
    web.adopt(person, nil)
    contact = try holder.contact.flatMap { try web.db.row(Contact.query($0, web.services.zones)) }
    if holder.contact != nil, contact == nil { return nil }
    web.speak(contact?.language ?? person.language)
  }

  /// Whether a message comes for the first time: the gateway posts it again where it is not sure that it came.
  ///
  /// - Parameter sid: what the gateway calls it; empty: it did not say.
  func isNew(_ sid: String) throws(PostgresError) -> Bool {
    let sent = Bytes.hex(Keys.sha256(Array(sid.utf8)))
    guard !sid.utf8.isEmpty, let key = IdempotencyKey(Form([("nonce", "sms " + sent)])) else { return true }
    return try !web.db.rows(key.taking(at: web.now)).isEmpty
  }

  /// - Parameter key: of the number.
  /// - Returns: nil: they were told of nothing that could be answered.
  func answer(_ said: SMSAnswer, _ key: String) throws -> Response? {
    guard let told = try told() else { return nil }
    let (text, entries) = try outcome(said, told)
    // Machines answer each other.
    let isQuiet = try RateLimit.wait(RateLimit.smsReply, key, web) != nil
    if !isQuiet { try RateLimit.note(RateLimit.smsReply, key, web) }
    let reply = isQuiet ? SMSReply.nothing : SMSReply.saying(text)
    return try web.carryOut(.page(reply, did: entries, as: .sms), nil)
  }

  /// What it is about: what still rings comes before what waits, the newest first.
  private func told() throws -> Told? {
    let recipient = holder.contact?.text ?? holder.user.text
    return try web.db.row(
      """
      SELECT e.id, r.title FROM escalations e JOIN reminders r ON r.id = e.reminder_id AND r.user_id = e.user_id
      WHERE e.user_id = \(holder.user) AND e.state NOT IN ('completed', 'cancelled') AND e.created_at > \(web.now.advanced(days: -ActionLink.days))
        AND EXISTS (SELECT FROM outbox o WHERE o.escalation_id = e.id AND o.user_id = e.user_id AND o.channel = 'sms'
          AND o.recipient_id = \(recipient)::text::uuid
          AND (o.state IN ('sending', 'sent', 'delivered') OR o.state = 'failed' AND o.reason = 'unknown' OR o.carrier_id IS NOT NULL))
      ORDER BY e.state = 'active' DESC, e.open DESC, e.created_at DESC, e.id DESC LIMIT 1
      """, into: Told.init)
  }

  private struct Told {
    let id: ID<Escalation>
    let title: String
  }

  /// - Returns: what is said, and what the audit log records: nothing where it was so already, or cannot be.
  private func outcome(_ said: SMSAnswer, _ told: Told) throws -> (text: String, entries: [AuditEntry]) {
    do {
      guard let command = try command(said, told) else { return (help, []) }
      let commands = try ReminderCommands.find(answering: told.id, as: .sms, named: contact?.name, web)
      if let contact {
        let entries = try carry(command, commands, contact)
        if entries.isEmpty { return (web.words("Answered already: {title}", ["title": told.title]), []) }
        if command.action == .completion, let escalation = commands.escalation,
          try Declining.facts(contact.id, escalation, web.db) != true
        {
          return (web.words("You cannot: {title}", ["title": told.title]), entries)
        }
        return try (text(command, told), entries)
      }
      return try (text(command, told), AgentHooks.carry(command, commands, web))
    } catch let refused as any Refusal {
      return (told.title + ": " + refused.sentence(web.words), [])
    } catch Failure.conflict(let why) {
      return (told.title + ": " + why, [])
    } catch let wrong as FormErrors {
      return (wrong.complaints.first?.text ?? help, [])
    }
  }

  /// nil: it is not understood.
  private func command(_ said: SMSAnswer, _ told: Told) throws -> AgentCommand? {
    switch said {
    case .acknowledge: return AgentCommand(told.id, .acknowledgement)
    case .second: return AgentCommand(told.id, .completion)
    // What a contact has done they had.
    case .complete: return AgentCommand(told.id, contact == nil ? .completion : .acknowledgement)
    case .later(let phrases):
      if contact != nil { return nil }
      let reader = try web.reader
      let phrases = phrases.filter { !$0.utf8.isEmpty }
      // None is a time: the complaint is about the likeliest.
      let time = phrases.first { (try? Phrase($0, reader: PhraseReader(reader, reader.person.zone))) != nil } ?? phrases.first
      return time.map { AgentCommand(told.id, .snooze, until: $0) }
    case .decline: return contact == nil ? nil : AgentCommand(told.id, .completion)
    case .stop, .start, .unclear: return nil
    }
  }

  /// Of a contact, who has it, or cannot.
  private func carry(_ command: AgentCommand, _ commands: ReminderCommands, _ contact: Contact) throws -> [AuditEntry] {
    try commands.requireNewest()
    guard let state = commands.escalation?.course.state, state == .active || state == .expired else { return [] }
    let outcome = try command.action == .completion ? commands.decline(contact.id) : commands.acknowledge()
    return outcome.entries.map { $0.adding(["contact": contact.name]) }
  }

  private func text(_ command: AgentCommand, _ told: Told) throws -> String {
    let words = web.words
    let values: KeyValuePairs = ["title": told.title]
    switch command.action {
    case .acknowledgement: return words("You are on it: {title}", values)
    case .completion: return contact == nil ? words("Done: {title}", values) : words("You cannot, so others are told: {title}", values)
    case .snooze:
      let reader = try web.reader
      let phrase = try? Phrase(command.until, reader: PhraseReader(reader, reader.person.zone))  // What is wrong with it is said before.
      let time = phrase.map { TimeWords.dateTime($0.instant, reader.person.zone, reader.person.language) } ?? ""
      return words("Later, {time}: {title}", ["time": time, "title": told.title])
    }
  }

  private var help: String {
    contact == nil
      ? web.words("Answer 1: on it. 2: done. 3 and when: later. For example: 3 tomorrow at 9")
      : web.words("Answer 1: I have it. 2: I cannot. STOP: no more.")
  }
}

extension RateLimit {
  static let smsReply = Limit(kind: "sms-reply", most: 5, seconds: 900)
}
