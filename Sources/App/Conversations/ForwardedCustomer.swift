import Domain
import HTML
import Postgres
import Web

/// Whoever wrote what a member passed on, offered as the customer: in one press, and never by itself (RULES 6.18).
struct CustomerOffer {
  let action: Path
  let address: HiddenField
  let words: String
  let label: String

  /// Of those who are not its customer yet.
  static func all(_ thread: ThreadDetails, _ words: Words) -> [CustomerOffer] {
    let v = thread.conversation
    let current = v.customerAddress.map { MailPerson(name: "", address: $0).key }
    guard v.state != .spam else { return [] }
    return thread.forwardedSenders.filter { $0.key != current }.map { sender in
      let title = sender.name.utf8.isEmpty ? sender.address : "\(sender.name) (\(sender.address))"
      return CustomerOffer(
        action: Paths.customer(of: v.id), address: HiddenField(name: "address", value: sender.address),
        words: words("The forwarded mail is from {sender}.", ["sender": title]),
        label: words("Make {address} the customer", ["address": sender.address]))
    }
  }
}

extension ConversationCommands {
  /// Makes one of those who are offered its customer: what was passed on is theirs from then on, and answers go to them.
  func choose(_ sender: MailPerson) throws -> [AuditEntry] { try give(to: sender, "conversation.customer_chosen") }

  /// Gives it back to the member who passed it on.
  ///
  /// - Returns: who that is; nil: nobody passed anything on. And what was done.
  func giveBack() throws -> (MailPerson?, [AuditEntry]) {
    guard let message = details.passedOn.first else { return (nil, []) }
    let replies: [String] = try db.rows(
      Query(
        column: """
          SELECT address FROM message_addresses
          WHERE message_id = \(message.id) AND account_id = (SELECT my_account()) AND role = 'reply-to' ORDER BY n
          """))
    // As whoever took it in found them.
    let ours = Set(details.channel.addresses.map { MailPerson(name: "", address: $0).key })
    let usable = replies.map { MailPerson(name: "", address: $0) }.filter(\.isUsable)
    var member = MailPerson(name: message.fromName, address: message.fromAddress)
    if usable.count == 1, let reply = usable.first, !ours.contains(reply.key) { member = reply }
    return (member, try give(to: member, "conversation.customer_returned"))
  }

  private func give(to person: MailPerson, _ action: String) throws -> [AuditEntry] {
    try mustStand()
    try mustBeWanted()
    let customer = try CustomerFinding.customer(person, of: conversation.account, at: now, db)
    if customer == conversation.customer { return [] }
    if hasWaiting { throw ConversationRefusal.answerWaits }
    let (id, messages) = (conversation.id, details.passedOn.map(\.id))
    try db.queue([
      "UPDATE customers SET name = \(person.name), updated_at = \(now) WHERE id = \(customer) AND name = '' AND \(!person.name.utf8.isEmpty)",
      "UPDATE conversations SET customer_id = \(customer), is_answerable = true, version = version + 1 WHERE id = \(id)",
      """
      UPDATE messages SET customer_id = \(customer), recipients = \([person.address]) WHERE id = ANY (\(messages)) AND conversation_id = \(id)
      """,
      """
      INSERT INTO participants (conversation_id, account_id, address_key, address, name, is_taken)
      VALUES (\(id), \(conversation.account), \(person.key), \(person.address), \(person.name), true) ON CONFLICT DO NOTHING
      """,
      "UPDATE participants SET is_taken = true WHERE conversation_id = \(id) AND address_key = \(person.key) AND NOT is_taken",
      event(.customer, person.address),
    ])
    // The one that waits greets whoever it was.
    if details.channel.autoDraft, conversation.waitingSince != nil, !NoReply.isMute(person.address) {
      try DraftRequests.follow(.init(conversation), at: now, db)
    }
    return [entry(action)]
  }
}

extension Conversations {
  /// POST /conversations/:conversation/customer: `address`, one of those who wrote what a member passed on.
  static func chooseCustomer(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let commands = try ConversationCommands.find(id, web)
    var read = FormReader(web.form, web.words)
    let typed = MailPerson(name: "", address: read.trimmed(read.raw("address")))
    guard let sender = commands.details.forwardedSenders.first(where: { $0.key == typed.key }) else {
      throw Failure.misread(web.words("Choose one of the values offered."))
    }
    let entries = try commands.choose(sender)
    return Change(
      to: Paths.conversation(id), says: web.words("The customer is {name} now. Answers go there.", ["name": sender.address]),
      undo: entries.isEmpty ? nil : Paths.customerReturn(id), did: entries, wakes: web.now)
  }

  /// POST /conversations/:conversation/customer/deletion: back to whoever passed it on.
  static func returnCustomer(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let (member, entries) = try ConversationCommands.find(id, web).giveBack()
    let says = member.map { web.words("The customer is {name} again, who passed it on.", ["name": $0.address]) }
    return Change(
      to: Paths.conversation(id), says: says ?? web.words("Nobody passed anything on here."), did: entries, wakes: web.now)
  }
}
