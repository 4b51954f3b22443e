/// Everybody a mail's head names (RULES 6.18, 6.19).
public struct MailPeople: Equatable, Sendable {
  public let from: [MailPerson]
  public let sender: MailPerson?
  public let replyTo: [MailPerson]
  public let to: [MailPerson]
  public let cc: [MailPerson]
  /// Who wrote to a list or group that put its own address into From.
  public let originals: [MailPerson]

  init(_ head: MailHead) {
    from = MailPeopleReader.people(head.all("from"))
    sender = MailPeopleReader.people(head.all("sender")).first
    replyTo = MailPeopleReader.people(head.all("reply-to"))
    to = MailPeopleReader.people(head.all("to"))
    cc = MailPeopleReader.people(head.all("cc"))
    originals = MailPeopleReader.people(head.all("x-original-from") + head.all("x-original-sender"))
  }

  /// Whom an answer goes to; nil when nobody can be answered by mail.
  ///
  /// - Parameter channel: whose own addresses are nobody's: a list or a form of ours puts them into From.
  func customer(of channel: MailChannel) -> MailPerson? {
    let replies = replyTo.filter(\.isUsable)
    if replies.count == 1, let reply = replies.first, !channel.holds(reply) {
      // A bare address gets its name from From.
      let isSame = from.first.map { $0.key == reply.key } ?? false
      return reply.name.isEmpty && isSame ? from.first : reply
    }
    let usable = from.filter(\.isUsable)
    guard let first = usable.first else { return nil }
    if channel.holds(first) {
      return originals.first { $0.isUsable && !channel.holds($0) } ?? replies.first { !channel.holds($0) }
    }
    if usable.count > 1, let sender, let named = usable.first(where: { $0.key == sender.key }) { return named }
    return first
  }
}
