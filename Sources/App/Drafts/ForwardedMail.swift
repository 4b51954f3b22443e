import Domain
import Net
import Postgres

/// The beginning of a mail that came as a file of another.
struct AttachedMail {
  let message: ID<DeskMessage>
  /// As much as a head needs.
  let head: [UInt8]

  static func of(_ conversation: SQL) -> Query<AttachedMail> {
    Query(
      """
      SELECT a.message_id AS message, substring(f.bytes FROM 1 FOR 32768) AS head FROM attachments a JOIN messages m ON m.id = a.message_id
      JOIN files f ON f.account_id = a.account_id AND f.sha256 = a.sha256
      WHERE m.conversation_id = \(conversation) AND a.account_id = (SELECT my_account()) AND a.type = 'message/rfc822' AND a.state = 'kept'
        AND m.direction = 'inbound' AND m.kind = 'person' ORDER BY m.number DESC, a.n LIMIT 5
      """, into: AttachedMail.init)
  }
}

/// What a member passes on to the channel is theirs; who wrote it can be made the customer (RULES 6.18).
extension ThreadDetails {
  /// As many senders as a page offers.
  private static let mostSenders = 5

  /// Messages of members in a conversation that is theirs, or of whom they passed on.
  var passedOn: [DeskMessage] {
    let team = Set(answering.members.filter { $0.role != .viewer }.map { MailPerson(name: "", address: $0.email).key })
    return answering.messages.filter { message in
      message.direction == .inbound && message.kind == .person && message.customer == answering.conversation.customer && !message.isStranger
        && !message.isEmptied && team.contains(MailPerson(name: "", address: message.fromAddress).key) && !senders(in: message).isEmpty
    }
  }

  /// Who wrote what members passed on, each once: nobody of the team, and not the channel.
  var forwardedSenders: [MailPerson] {
    var known = Set((answering.channel.addresses + answering.members.map(\.email)).map { MailPerson(name: "", address: $0).key })
    let found = passedOn.flatMap { senders(in: $0) }.filter { known.insert($0.key).inserted }
    return Array(found.prefix(ThreadDetails.mostSenders))
  }

  private func senders(in message: DeskMessage) -> [MailPerson] {
    let ours = MailChannel(addresses: answering.channel.addresses)
    var found: [MailPerson] = []
    for (kind, text) in zip(message.partKinds, message.partTexts) where kind == MailSection.Kind.forwarded.rawValue {
      if let sender = ForwardedSender.read(text) { found.append(sender) }
    }
    for mail in attached where mail.message == message.id {
      if let sender = ForwardedSender.read(mail: mail.head, channel: ours) { found.append(sender) }
    }
    return found.filter { $0.isUsable && MailAddress($0.address) != nil }
  }
}
