/// What kind of mail it is (RULES 6.15, 6.25). Drafts are asked for those of persons alone.
public enum MailKind: String, CaseIterable, Sendable {
  case person, automatic, list, bounce, own
}

/// A desk's own addresses and ids, by which its mail is told from others'.
public struct MailChannel: Sendable {
  /// Address and aliases, as ``MailPerson/key``.
  public let keys: Set<String>
  /// Whether an id is a keyed one of ours.
  public let isOwnID: @Sendable (String) -> Bool

  public init(addresses: [String], isOwnID: @escaping @Sendable (String) -> Bool = { _ in false }) {
    keys = Set(addresses.map { MailPerson(name: "", address: $0).key })
    self.isOwnID = isOwnID
  }

  /// Also with another tag.
  func holds(_ person: MailPerson?) -> Bool { person.map { keys.contains($0.key) } ?? false }
}

/// Tells kinds apart by a mail's head and the form of its parts.
struct MailKindRule {
  let head: MailHead
  let people: MailPeople
  let subject: MailSubject
  let messageID: String?
  /// A report on a delivery stands in the mail.
  let hasReport: Bool
  /// Of the whole mail.
  let type: MailParameters
  let channel: MailChannel

  var kind: MailKind {
    if let messageID, channel.isOwnID(messageID) { return .own }
    if isOwn { return .own }
    let folded = mailFolded(Array(subject.text.utf8)[...])[...]
    if isBounce(folded) { return .bounce }
    if isAutomatic(folded) { return .automatic }
    if isList { return .list }
    return .person
  }

  /// From the channel itself, and nobody else is named as who wrote.
  private var isOwn: Bool {
    channel.holds(people.from.first) && people.originals.allSatisfy(channel.holds) && people.replyTo.allSatisfy(channel.holds)
      && !isOwnList
  }

  private var isMailer: Bool {
    guard let local = people.from.first?.local else { return false }
    return local.isWord("mailer-daemon") || local.isWord("mdaemon") || local.isWord("mailerdaemon") || local.isWord("mail.delivery.system")
  }

  private var isDaemon: Bool {
    guard let local = people.from.first?.local else { return false }
    return isMailer || local.isWord("postmaster") || local.isEmpty
  }

  private var hasNoReturn: Bool { head["return-path"].map { $0.elementsEqual([0x3C, 0x3E]) } ?? false }

  private func isBounce(_ subject: ArraySlice<UInt8>) -> Bool {
    if type.value.utf8.elementsEqual("multipart/report".utf8), let report = type.plain("report-type") {
      if report.isWord("delivery-status") { return true }
      if report.isWord("disposition-notification") || report.isWord("feedback-report") { return false }
    }
    if hasReport || head["x-failed-recipients"] != nil { return true }
    if AutomaticSubjects.answers.contains(where: { subject.begins(with: $0) }) { return false }
    if isMailer || AutomaticSubjects.plainBounces.contains(where: { subject.begins(with: $0) }) { return true }
    return (isDaemon || hasNoReturn) && AutomaticSubjects.bounces.contains { subject.begins(with: $0) }
  }

  private func isAutomatic(_ subject: ArraySlice<UInt8>) -> Bool {
    if let submitted = head["auto-submitted"] {
      let word = submitted.prefix { $0 > 0x20 && $0 != 0x3B && $0 != 0x28 }
      if !word.isWord("no") && !word.isEmpty { return true }
    }
    if hasNoReturn || isDaemon || type.value.utf8.elementsEqual("multipart/report".utf8) { return true }
    if head["x-autoreply"].map({ !$0.isWord("no") }) ?? false || head["x-autorespond"] != nil { return true }
    if let precedence = head["precedence"], precedence.isWord("auto_reply") || precedence.isWord("junk") { return true }
    return AutomaticSubjects.answers.contains { subject.begins(with: $0) }
  }

  private var isList: Bool {
    let isBulk = head["precedence"].map { $0.isWord("list") || $0.isWord("bulk") } ?? false
    return (isBulk || head["list-id"] != nil) && !isOwnList
  }

  /// The channel's own address or an alias is the list, as with groups of Google (RULES 6.15).
  private var isOwnList: Bool {
    let fields: [ArraySlice<UInt8>?] = [head["list-id"], head["list-post"], head["mailing-list"], head["x-original-to"]]
    guard fields[0] != nil || fields[2] != nil || head["precedence"] != nil else { return false }
    return fields.contains { field in
      guard let field else { return false }
      let text = String(decoding: field.lowercase, as: UTF8.self).utf8
      return channel.keys.contains { key in
        // A `List-Id` has a dot where the address has its `@` (RFC 2919).
        let dotted = Array(key.utf8.map { $0 == 0x40 ? 0x2E : $0 })
        return MailKindRule.holds(text, Array(key.utf8)) || MailKindRule.holds(text, dotted)
      }
    }
  }

  /// `word` stands in `text` as a whole.
  private static func holds(_ text: String.UTF8View, _ word: [UInt8]) -> Bool {
    text.split { $0 <= 0x20 || [0x3C, 0x3E, 0x2C, 0x3B, 0x22, 0x28, 0x29].contains($0) }.contains { piece in
      piece.elementsEqual(word) || piece.elementsEqual("mailto:".utf8 + word)
    }
  }
}
