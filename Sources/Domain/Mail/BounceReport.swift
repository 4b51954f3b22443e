/// What a report on a delivery says (RFC 3464). Anybody can write one: it marks a message of ours only by a keyed id of ours.
public struct BounceReport: Equatable, Sendable {
  public enum Action: String, CaseIterable, Sendable {
    case failed, delayed, delivered, relayed, expanded, unknown
  }

  public let action: Action
  /// `5.1.1`; empty when the report does not say.
  public let status: String
  /// Whom it could not reach, as the report writes the address: where it names no recipient, by `X-Failed-Recipients`, else by whom that went to which
  /// came back. Empty when nothing says.
  public let recipient: String
  /// The server's own words, at most 500 bytes, in one line.
  public let diagnostic: String
  /// The Message-ID of what came back, with brackets; a keyed one of ours where one is among them.
  public let returnedID: String?
  /// Whether that is a keyed id of ours.
  public let isOurs: Bool

  /// Whether the message that came back counts as not delivered: failed for good, and ours (RULES 6.15).
  public var marksMessage: Bool { action == .failed && isOurs && status.utf8.first != 0x34 }

  static func read(_ tree: MailTree, text: MailText, channel: MailChannel) -> BounceReport {
    var status: [UInt8] = []
    var ids: [String] = []
    var people: [String: String] = [:]
    for index in tree.nodes.indices.prefix(50) where tree.nodes[index].form != .multipart {
      let part = MailPart(tree, index)
      switch part.mediaType {
      case "message/delivery-status", "message/global-delivery-status": if status.isEmpty { status = Array(part.content(of: tree)) }
      case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global":
        let returned = Array(part.content(of: tree).prefix(200_000))
        let head = MailHead(returned, from: returned.firstIndex { !isMailBlank($0) } ?? 0, to: returned.count)
        guard let id = MailIDs.first(head["message-id"]) else { continue }
        ids.append(id)
        people[id] = address(head.all("to"))
      default: break
      }
    }
    if ids.isEmpty, let id = idInText(text) { ids.append(id) }
    let ours = ids.first(where: channel.isOwnID)
    let fields = StatusFields(status)
    let returned = ours ?? ids.first
    let named = fields.recipient.isEmpty ? address(tree.head(of: tree.nodes[0]).all("x-failed-recipients")) : fields.recipient
    return BounceReport(
      action: fields.action, status: fields.status.isEmpty ? statusInText(text) : fields.status,
      recipient: named ?? returned.flatMap { people[$0] } ?? "", diagnostic: fields.diagnostic, returnedID: returned, isOurs: ours != nil)
  }

  /// The first that mail could be sent to.
  private static func address(_ fields: [ArraySlice<UInt8>]) -> String? {
    MailPeopleReader.people(fields).first(where: \.isUsable)?.address
  }

  /// Reports without parts bring the head of the mail along in their text.
  private static func idInText(_ text: MailText) -> String? {
    for line in text.lines.indices.prefix(2_000) {
      let words = text.words(of: line).trimmed
      if words.begins(with: "message-id:") { return MailIDs.first(words) }
    }
    return nil
  }

  /// The first `5.x.y` or `4.x.y` of a text.
  private static func statusInText(_ text: MailText) -> String {
    let bytes = text.bytes.prefix(20_000)
    for place in bytes.indices.dropFirst() where bytes[place] == 0x2E && (bytes[place - 1] == 0x35 || bytes[place - 1] == 0x34) {
      if place >= 2, (0x30...0x39).contains(bytes[place - 2]) || bytes[place - 2] == 0x2E { continue }
      let pieces = bytes[(place + 1)...].prefix(8).prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
      let parts = pieces.split(separator: 0x2E, omittingEmptySubsequences: false)
      guard parts.count >= 2, (1...3).contains(parts[0].count), (1...3).contains(parts[1].count), parts.count == 2 || parts[2].isEmpty
      else {
        continue
      }
      return "\(Character(UnicodeScalar(bytes[place - 1]))).\(parts[0].text).\(parts[1].text)"
    }
    return ""
  }
}

/// The fields of a `message/delivery-status`: those of the first recipient that failed, else of the first.
private struct StatusFields {
  var action = BounceReport.Action.unknown
  var status = ""
  var recipient = ""
  var diagnostic = ""

  init(_ content: [UInt8]) {
    var start = 0
    for _ in 0..<200 where start < content.count {
      let group = MailHead(content, from: start, to: content.count)
      start = group.end
      guard group["action"] != nil || group["final-recipient"] != nil || group["status"] != nil else { continue }
      let action = group["action"].flatMap { word in
        BounceReport.Action.allCases.first { word.prefix { $0 > 0x20 && $0 != 0x28 }.lowercase.elementsEqual($0.rawValue.utf8) }
      }
      guard recipient.isEmpty && status.isEmpty || action == .failed && self.action != .failed else { continue }
      self.action = action ?? .unknown
      status = group["status"].map { $0.prefix { $0 == 0x2E || (0x30...0x39).contains($0) }.text } ?? ""
      recipient = StatusFields.value(group["final-recipient"] ?? group["original-recipient"])
      diagnostic = String(decoding: Array(mailLine(EncodedWords.decode(group["diagnostic-code"] ?? [])).utf8.prefix(500)), as: UTF8.self)
    }
  }

  /// Behind `rfc822;`.
  private static func value(_ field: ArraySlice<UInt8>?) -> String {
    guard let field else { return "" }
    let value = field[(field.firstIndex(of: 0x3B).map { $0 + 1 } ?? field.startIndex)...].trimmed
    return mailLine(EncodedWords.decode(value.filter { $0 != 0x3C && $0 != 0x3E }[...]))
  }
}
