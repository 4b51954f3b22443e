/// What Heed makes of a mail: all that is stored, shown and decided comes from here. The same bytes give the same value.
public struct IncomingMail: Equatable, Sendable {
  /// What a message without text says in words (RULES 6.21).
  public enum Notice: Equatable, Sendable {
    case invitation(MailInvitation)
    case onlyFiles
    case encrypted
    /// Only what Outlook wrapped (`winmail.dat`).
    case wrapped
    case nothing
  }

  /// Why a mail goes into quarantine, with its bytes (RULES 6.22).
  public enum Fault: String, Error, Equatable, CaseIterable, Sendable {
    /// No bytes, or blanks alone.
    case empty
    /// Over ``mostBytes``.
    case tooLarge
    /// Over ``mostParts``, or lines that could begin one.
    case tooManyParts
    /// GMime makes nothing of it.
    case unreadable
  }

  public static let mostBytes = 40 * 1_048_576
  public static let mostParts = 10_000

  public let people: MailPeople
  /// Whom an answer goes to; nil: the conversation cannot be answered by mail.
  public let customer: MailPerson?
  public let kind: MailKind
  /// With brackets; nil when there is none that counts.
  public let messageID: String?
  public let inReplyTo: [String]
  /// Oldest first.
  public let references: [String]
  public let subject: MailSubject
  /// As it was sent; what it means is read where it is shown.
  public let date: String
  /// All text that is shown, before anything is folded.
  public let text: String
  public let sections: [MailSection]
  /// Of the own words; nil: the conversation's.
  public let language: Language?
  public let attachments: [MailAttachment]
  /// Of a bounce alone.
  public let bounce: BounceReport?
  /// nil when there is text.
  public let notice: Notice?
  /// The charset of a text was none, unknown or wrong, and it holds more than ASCII.
  public let isCharsetGuessed: Bool
  /// Signed, not checked.
  public let isSigned: Bool
  /// Encrypted: kept as a file.
  public let isEncrypted: Bool
  /// Outlook's place in a thread, decoded: 22 + 5n bytes, at most 512 (RULES 6.9); nil when there is none that can be answered.
  public let threadIndex: [UInt8]?
  public let threadTopic: String
  /// A filter on its way called it spam: `X-Spam-Flag` or `X-Spam-Status` begins with yes.
  public let isFlaggedSpam: Bool

  /// - Parameters:
  ///   - tree: of the whole mail.
  ///   - inner: of the mail within an opaque signature, whose text and files are shown in its stead.
  ///   - channel: its own addresses and ids.
  ///   - digest: SHA-256.
  public init(_ tree: MailTree, inner: MailTree? = nil, channel: MailChannel, digest: (ArraySlice<UInt8>) -> [UInt8]) {
    let head = tree.head(of: tree.nodes[0])
    let shown = inner ?? tree
    let content = MailContent(shown)
    people = MailPeople(head)
    customer = people.customer(of: channel)
    messageID = MailIDs.first(head["message-id"] ?? head["message-id:"])
    inReplyTo = head["in-reply-to"].map(MailIDs.all) ?? []
    references = head["references"].map(MailIDs.all) ?? []
    let subject = MailSubject(head["subject"])
    self.subject = subject
    date = head["date"].map { String(mailLine(EncodedWords.decode($0)).prefix(200)) } ?? ""
    kind =
      MailKindRule(
        head: head, people: people, subject: subject, messageID: messageID, hasReport: IncomingMail.hasReport(tree),
        type: MailParameters(head["content-type"]), channel: channel
      ).kind
    text = content.text.string
    sections = MailSplit.sections(of: content.text, isForward: subject.isForward)
    language = IncomingMail.language(of: sections)
    attachments = IncomingMail.attachments(content.files, of: shown, digest)
    bounce = kind == .bounce ? BounceReport.read(tree, text: content.text, channel: channel) : nil
    notice = text.isEmpty ? IncomingMail.notice(content, of: shown) : nil
    isCharsetGuessed = content.isGuessed
    isSigned = content.isSigned || inner != nil
    isEncrypted = content.isEncrypted && inner == nil
    threadIndex = IncomingMail.threadIndex(head["thread-index"])
    threadTopic = head["thread-topic"].map { mailLine(EncodedWords.decode($0)) } ?? ""
    let spam: [StaticString] = ["x-spam-flag", "x-spam-status"]
    isFlaggedSpam = spam.contains { head[$0]?.begins(with: "yes") ?? false }
  }

  /// The text of all sections of these kinds, with a blank line between them.
  public func text(of kinds: [MailSection.Kind]) -> String {
    sections.filter { kinds.contains($0.kind) }.map(\.text).joined(separator: "\n\n")
  }

  /// By the own words; where those are too few also by what stands below them.
  private static func language(of sections: [MailSection]) -> Language? {
    for kinds in [[MailSection.Kind.own, .forwarded], [.own, .forwarded, .signature], [.own, .forwarded, .signature, .quoted]] {
      let text = sections.filter { kinds.contains($0.kind) }.map(\.text).joined(separator: "\n")
      if let language = MessageLanguage.told(by: text) { return language }
    }
    return nil
  }

  /// The first HTML that people read as the message, as it came; nil when there is none.
  ///
  /// - Parameter shown: as `MailReader.open` returns it.
  public static func html(of shown: MailTree) -> String? {
    for index in shown.nodes.indices where shown.nodes[index].form == .leaf {
      let part = MailPart(shown, index)
      if part.isShownText, part.isHTML { return String(decoding: part.text(of: shown).utf8, as: UTF8.self) }
    }
    return nil
  }

  /// Bytes of an opaque signature around the whole mail, decoded; nil when there is none.
  public static func opaqueSignature(in tree: MailTree) -> ArraySlice<UInt8>? {
    guard tree.nodes.count == 1, tree.nodes[0].form == .leaf else { return nil }
    let part = MailPart(tree, 0)
    guard part.mediaType == "application/pkcs7-mime" || part.mediaType == "application/x-pkcs7-mime" else { return nil }
    return part.content(of: tree)
  }

  /// Whose mail it probably is, where nobody says: whom the server delivered it to, else an address that is both From and To.
  public static func likelyAddresses(of tree: MailTree) -> [String] {
    let head = tree.head(of: tree.nodes[0])
    let delivered = MailPeopleReader.people(head.all("delivered-to") + head.all("x-original-to")).filter(\.isUsable)
    if !delivered.isEmpty { return delivered.map(\.address) }
    let to = Set(MailPeopleReader.people(head.all("to")).map(\.key))
    return MailPeopleReader.people(head.all("from")).filter { $0.isUsable && to.contains($0.key) }.map(\.address)
  }

  /// A report on a delivery at the first level.
  private static func hasReport(_ tree: MailTree) -> Bool {
    ([0] + tree.children(of: 0)).prefix(20).contains { index in
      guard tree.nodes[index].form == .leaf else { return false }
      let type = MailParameters(tree.head(of: tree.nodes[index])["content-type"]).value
      return type == "message/delivery-status" || type == "message/global-delivery-status"
    }
  }

  private static func attachments(
    _ files: [MailPart], of tree: MailTree, _ digest: (ArraySlice<UInt8>) -> [UInt8]
  ) -> [MailAttachment] {
    var total = 0
    return files.enumerated().map { index, part in
      let content = part.content(of: tree)
      let isKept = index < MailAttachment.mostFiles && total + content.count <= MailAttachment.mostBytes
      if isKept { total += content.count }
      let contentID = part.head["content-id"].map { id in
        mailLine(EncodedWords.decode(id.filter { $0 != 0x3C && $0 != 0x3E }[...]))
      }
      return MailAttachment(
        name: AttachmentName.neutral(part.fileName, type: part.mediaType, number: index + 1), type: part.mediaType, size: content.count,
        sha256: isKept ? digest(content) : [], contentID: contentID ?? "",
        isInline: part.disposition.value == "inline" || part.disposition.value.isEmpty && contentID != nil, isKept: isKept,
        place: part.node.content,
        encoding: part.node.form == .message ? .none : TransferEncoding(part.head["content-transfer-encoding"]))
    }
  }

  private static func notice(_ content: MailContent, of tree: MailTree) -> Notice {
    for part in content.files where part.mediaType == "text/calendar" {
      if let invitation = MailInvitation(part.text(of: tree).utf8) { return .invitation(invitation) }
    }
    if content.isEncrypted { return .encrypted }
    if content.files.contains(where: { $0.mediaType == "application/ms-tnef" || $0.mediaType == "application/vnd.ms-tnef" }) {
      return .wrapped
    }
    return content.files.isEmpty ? .nothing : .onlyFiles
  }

  private static func threadIndex(_ field: ArraySlice<UInt8>?) -> [UInt8]? {
    guard let field, field.count <= 1_000 else { return nil }
    let bytes = Base64.decode(field)
    return bytes.count >= 22 && bytes.count <= 512 && (bytes.count - 22) % 5 == 0 ? bytes : nil
  }
}
