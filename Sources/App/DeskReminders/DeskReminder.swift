import Domain
import HTML
import Postgres
import Web

/// A reminder of a person that is about a conversation (RULES 6.30): a reminder like any other, which its conversation ends by itself.
struct DeskReminder {
  enum Kind: String, Bindable, FromColumn {
    /// The conversation is put off until then.
    case snooze
    /// Unless the customer has answered by then.
    case followUp = "follow_up"
  }

  let kind: Kind
  let conversation: Conversation
  let at: Instant
  /// What stands on the wall then; nil: a duration was meant.
  var wall: LocalTime?
  /// The answer that it waits behind.
  var message: ID<DeskMessage>?

  /// Makes it. One of the same kind that the person has of the conversation already is over.
  ///
  /// - Throws: ``Failure/conflict(_:)`` where the person has as many reminders as one may have.
  func make(_ web: Context) throws {
    let (person, now, words) = (try web.person, web.now, web.words)
    try EscalationProfile.keep(web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    guard let profile = profiles.first(where: { $0.preset == .gentle }) ?? profiles.first else { throw Failure.notFound }
    let id = ID<Reminder>.new(at: now)
    let draft = ReminderDraft(
      title: title(words), description: description(words, web.services.origin), importance: .medium, profile: profile.id,
      schedule: Schedule(once: at, zone: person.zone), nextAt: at, isMoved: false, wall: wall, isOfDesk: true)
    try web.db.queue(
      [
        """
        UPDATE desk_reminders SET over_at = \(now) WHERE conversation_id = \(conversation.id) AND user_id = \(person.id) AND kind = \(kind) AND over_at IS NULL
        """
      ] + draft.inserting(id, for: person.id, zoneVersion: web.services.zones.version, at: now) + [
        """
        INSERT INTO desk_reminders (reminder_id, user_id, account_id, conversation_id, kind, until_time, message_id, made_at)
        VALUES (\(id), \(person.id), \(conversation.account), \(conversation.id), \(kind), \(at), \(message), \(now))
        """
      ])
    do {
      try web.services.quota.check(isNew: true, grownBy: draft.weight, web)
    } catch let errors as FormErrors {
      throw Failure.conflict(errors.complaints.first?.text ?? "")
    }
  }

  /// Whom it is about, and what.
  private func title(_ words: Words) -> String {
    let subject = conversation.subject.utf8.isEmpty ? words("Without a subject") : conversation.subject
    let text = Customer.title(conversation.customerName, conversation.customerAddress) + ": " + subject
    let line = text.unicodeScalars.map {
      $0.value < 32 || (127...160).contains($0.value) || $0.value == 0x2028 || $0.value == 0x2029 ? " " : $0
    }
    return String(String.UnicodeScalarView(line.prefix(200)))
  }

  private func description(_ words: Words, _ origin: String) -> String {
    let says = kind == .snooze ? words("You had put this conversation off.") : words("No answer has come yet.")
    return "\(says)\n\n[\(words("Open the conversation"))](\(origin)\(Paths.conversation(conversation.id).text))"
  }
}

/// Conversations that are put off, and reminders behind answers.
enum DeskSnoozes {
  /// POST /conversations/:conversation/snoozes
  static func snooze(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let commands = try ConversationCommands.find(id, web)
    return try web.takeForm(askingAgain: { try ConversationPage(commands.details, web, snoozing: $0) }) {
      let reader = try web.reader
      var read = FormReader(web.form, web.words)
      let found = read.phrase("until", reader)
      let phrase = try read.finish(found)
      let entries = try put(off: commands, until: phrase, web)
      let until = TimeText(phrase.instant, try web.person, web.clock).when.text
      return Change(
        to: Paths.conversation(id), says: web.words("Put off until {time}. It is on top again then, and nothing is sent.", ["time": until]),
        undo: Paths.reopening(id), did: entries, wakes: phrase.instant)
    }
  }

  /// With its reminder.
  static func put(off commands: ConversationCommands, until phrase: Phrase, _ web: Context) throws -> [AuditEntry] {
    let until = TimeText(phrase.instant, commands.person, web.clock).absolute.text
    let entries = try commands.snooze(until: phrase.instant, words: until)
    try DeskReminder(kind: .snooze, conversation: commands.conversation, at: phrase.instant, wall: phrase.wall).make(web)
    return entries
  }

  /// What follows of an answer that asks for a reminder, and of one that is taken back.
  static func follow(_ change: Change, _ web: Context) throws {
    for entry in change.did {
      switch entry.action {
      case "conversation.answered", "draft.approved", "draft.edited":
        guard let text = entry.payload["follow_up"], let at = Instant(iso: text), let conversation = try find(entry, web) else { continue }
        let message: ID<DeskMessage>? = try web.db.value(
          """
          SELECT id FROM messages WHERE conversation_id = \(conversation.id) AND direction = 'outbound' AND author_id = (SELECT me()) ORDER BY number DESC
          LIMIT 1
          """)
        try DeskReminder(kind: .followUp, conversation: conversation, at: at, message: message).make(web)
      case "conversation.answer_undone", "draft.undone":
        guard let conversation = try find(entry, web) else { continue }
        try web.db.queue(
          [
            """
            UPDATE desk_reminders r SET over_at = \(web.now) WHERE r.conversation_id = \(conversation.id) AND r.over_at IS NULL AND r.kind = 'follow_up'
              AND r.message_id IN (SELECT m.id FROM messages m WHERE m.conversation_id = \(conversation.id) AND m.sending = 'cancelled')
            """
          ] + Waking.statements(web.now, at: web.now))
      default: break
      }
    }
  }

  /// The conversation that an entry is about, by itself or by a draft of it.
  private static func find(_ entry: AuditEntry, _ web: Context) throws -> Conversation? {
    guard let id = entry.subjectID.flatMap({ ID<Conversation>($0) }) else { return nil }
    return try web.db.row(
      Conversation.ours(
        "v.id = coalesce((SELECT d.conversation_id FROM drafts d WHERE d.id = \(id) AND d.account_id = (SELECT my_account())), \(id))"))
  }
}
