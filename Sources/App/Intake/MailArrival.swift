import Domain
import Net
import Web

/// Makes of a mail what is stored of it.
enum MailArrival {
  /// Bytes of text that are stored beside the mail: a page shows them all.
  static let mostText = 1_000_000

  /// - Throws: why it is in quarantine.
  static func read(_ bytes: [UInt8], _ channel: DeskChannel, _ keys: Keys) throws(IncomingMail.Fault) -> ArrivedMessage {
    let ours = MailChannel(addresses: channel.addresses) { DeskAnswer.isOwn($0, keys) }
    let (mail, shown) = try MailReader.open(bytes, channel: ours)
    let from = person(mail.people.from.first ?? MailPerson(name: "", address: ""))
    let key = MailArrival.key(mail, from, MailArrival.text(mail.text(of: [.own, .forwarded])), bytes)
    let excerpt = MailExcerpt(mail.sections, most: mostText)
    var message = ArrivedMessage(
      thread: .mail(ids: ids(mail)), kind: mail.kind, key: key, bodyKey: key, messageID: mail.messageID, inReplyTo: mail.inReplyTo.first,
      references: mail.references, from: from, customer: customer(mail, ours).map(person), addresses: addresses(mail.people),
      subject: MailSubject(text: MailArrival.text(mail.subject.text)), own: MailArrival.text(excerpt.text(of: [.own, .forwarded])),
      sections: excerpt.sections, html: IncomingMail.html(of: shown), language: mail.language, isGuessed: mail.isCharsetGuessed,
      isSigned: mail.isSigned, notice: MailNotice.code(mail.notice, leftOut: excerpt.leftOut),
      files: files(mail.attachments, in: shown), raw: bytes)
    (message.dated, message.datedAt) = (MailArrival.text(mail.date), MailDate.instant(mail.date))
    (message.threadIndex, message.threadTopic) = (mail.threadIndex, Intake.short(MailArrival.text(mail.threadTopic), 500))
    message.isSpam = channel.trustsSpam && mail.isFlaggedSpam
    message.bounce = mail.bounce
    return message
  }

  /// The same id, From, Date and own text are one mail; the same id with other words is another (RULES 6.15). Without an id: the same bytes.
  private static func key(_ mail: IncomingMail, _ from: MailPerson, _ own: String, _ bytes: [UInt8]) -> [UInt8] {
    guard let id = mail.messageID else { return Keys.sha256(bytes) }
    return Keys.sha256(Array([id, from.key, mail.date, own].map { Array($0.utf8) }.joined(separator: [0])))
  }

  /// The ids that it names, newest last: of a report that of the mail it is about, of our own mail its own too.
  private static func ids(_ mail: IncomingMail) -> [String] {
    var ids: [String] = []
    if mail.kind == .own, let id = mail.messageID { ids.append(id) }
    ids += mail.references + mail.inReplyTo.reversed()
    if let id = mail.bounce?.returnedID { ids.append(id) }
    return ids
  }

  /// Of our own mail whom it was written to; of a report nobody.
  private static func customer(_ mail: IncomingMail, _ ours: MailChannel) -> MailPerson? {
    switch mail.kind {
    case .bounce: nil
    case .own: mail.people.to.first { $0.isUsable && !ours.keys.contains($0.key) }
    case .person, .automatic, .list: mail.customer
    }
  }

  private static func addresses(_ people: MailPeople) -> [ArrivedMessage.Address] {
    let named: [(String, [MailPerson])] = [
      ("from", people.from), ("to", people.to), ("cc", people.cc), ("reply-to", people.replyTo),
      ("sender", [people.sender].compactMap(\.self)),
    ]
    // A mail to thousands is stored with whom it names first; all of them stand in the mail itself.
    return Array(named.flatMap { role, people in people.map { ArrivedMessage.Address(role: role, person: person($0)) } }.prefix(500))
  }

  private static func files(_ files: [MailAttachment], in mail: MailTree) -> [ArrivedMessage.File] {
    files.prefix(1_000).map { file in
      let type = file.type.utf8.count <= 200 && file.type.utf8.allSatisfy { $0 > 32 && $0 < 127 } ? file.type : "application/octet-stream"
      return ArrivedMessage.File(
        name: file.name, type: type, size: file.size, sha256: file.sha256, contentID: Intake.short(text(file.contentID), 500),
        isInline: file.isInline, state: file.isKept ? "kept" : "large", bytes: file.isKept ? file.content(in: mail) : nil)
    }
  }

  private static func person(_ person: MailPerson) -> MailPerson {
    MailPerson(name: text(person.name), address: Intake.short(text(person.address), 320))
  }

  /// As PostgreSQL takes it: without NUL.
  private static func text(_ text: String) -> String {
    guard text.utf8.contains(0) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value == 0 ? "\u{FFFD}" : $0 }))
  }
}
