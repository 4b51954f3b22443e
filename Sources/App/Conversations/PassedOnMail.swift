import Domain
import HTML
import Postgres
import Web

/// A mail that a member passed on to the desk: theirs, until somebody says that whoever wrote it first is the customer (RULES 6.18).
struct PassedOnMail {
  let message: ID<DeskMessage>
  let sender: MailPerson

  /// nil: none was passed on, or its sender is the customer by now.
  init?(_ thread: ThreadDetails) {
    func key(_ address: String) -> String { MailPerson(name: "", address: address).key }
    let team = Set(thread.members.map { key($0.email) })
    guard let customer = thread.customer, customer.addresses.contains(where: { team.contains(key($0)) }) else { return nil }
    let passed = thread.messages.last { message in
      message.direction == .inbound && message.kind == .person && team.contains(key(message.fromAddress))
        && MailSubject(text: message.subject).isForward
    }
    guard let passed else { return nil }
    let parts = zip(passed.partKinds, passed.partTexts).filter { $0.0.utf8.elementsEqual("forwarded".utf8) }.map { $0.1 }
    guard let found = ForwardedSender.person(in: parts.isEmpty ? passed.own : parts.joined(separator: "\n")) else { return nil }
    if team.contains(found.key) || thread.channel.addresses.contains(where: { key($0).utf8.elementsEqual(found.key.utf8) }) { return nil }
    message = passed.id
    sender = MailPerson(name: String(String.UnicodeScalarView(found.name.unicodeScalars.prefix(200))), address: found.address)
  }
}

extension ConversationCommands {
  /// Whoever wrote what a member passed on is the customer.
  func takeSender() throws -> [AuditEntry] {
    try mustStand()
    guard let mail = PassedOnMail(details) else { throw ConversationRefusal.nothingPassedOn }
    let (account, sender) = (conversation.account, mail.sender)
    let customer = try CustomerFinding.customer(sender, of: account, at: now, db)
    try db.queue([
      "UPDATE messages SET customer_id = \(customer), recipients = \([sender.address]) WHERE id = \(mail.message)",
      "UPDATE conversations SET customer_id = \(customer), is_answerable = true, version = version + 1 WHERE id = \(conversation.id)",
      """
      INSERT INTO participants (conversation_id, account_id, address_key, address, name, is_taken)
      VALUES (\(conversation.id), \(account), \(sender.key), \(sender.address), \(sender.name), true) ON CONFLICT DO NOTHING
      """,
      event(.seen, sender.address),
    ])
    // What was written greets somebody else.
    if let open = try db.row(DraftRequests.Open.query(conversation.id)), open.state == .pending, !open.isEdited {
      _ = try DraftRequests.ask(.init(conversation), replacing: open, at: now, db)
    }
    return [entry("conversation.seen")]
  }
}

/// Offers it on the page of its conversation.
struct PassedOnPart {
  let action: Path
  let words: String

  init?(_ thread: ThreadDetails, _ words: Words) {
    guard let mail = PassedOnMail(thread) else { return nil }
    action = Paths.sender(thread.conversation.id)
    let name = mail.sender.name.utf8.isEmpty ? mail.sender.address : "\(mail.sender.name) (\(mail.sender.address))"
    self.words = words("A member passed this mail on. {name} wrote it.", ["name": name])
  }
}

extension Conversations {
  /// POST /conversations/:conversation/customer
  static func takeSender(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).takeSender()
    return Change(to: Paths.conversation(id), says: web.words("They are the customer now."), did: entries, wakes: web.now)
  }
}
