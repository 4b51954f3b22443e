import Domain
import Net
import Postgres
import Web

/// An answer as a form sends it: a draft that is approved, or a reply by hand.
struct AnswerForm {
  let seen: ID<DeskMessage>?
  /// Whether it says what its writer had seen, be it nothing.
  let saysSeen: Bool
  /// The last answer that its page showed.
  let answered: ID<DeskMessage>?
  let saysAnswered: Bool
  /// As typed, its lines ended by LF.
  let text: String
  let to: [String]
  let cc: [String]
  let closes: Bool
  /// nil: a reply by hand has none.
  let version: Int?
  /// When its page was made, as that says; nil: it does not.
  let openedAt: Instant?
  let files: [AnswerFile]
  /// Of what was taken back.
  let kept: [ID<DeskFile>]
  /// When to remind whoever sends it, unless the customer has answered; nil: not at all.
  let followUp: Phrase?

  /// What a form that is shown again still says.
  static let fields = ["version", "seen", "nonce", "opened", "text", "to", "cc", "close", "kept", "follow_up"]

  /// One that nobody typed.
  init(seen: ID<DeskMessage>?, text: String, to: [String], cc: [String], closes: Bool, version: Int?, openedAt: Instant?) {
    (self.seen, self.text, self.to, self.cc) = (seen, text, to, cc)
    (self.closes, self.version, self.openedAt) = (closes, version, openedAt)
    (saysSeen, files, kept, followUp) = (true, [], [], nil)
    (answered, saysAnswered) = (nil, false)
  }

  /// - Parameters:
  ///   - details: say whom it goes to where the form does not.
  ///   - isDraft: it carries the version of a draft.
  init(_ form: Form, _ reader: Reader, of details: AnswerDetails, isDraft: Bool) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    version = isDraft ? read.version() : nil
    let typedSeen = read.raw("seen")
    seen = ID<DeskMessage>(typedSeen)
    saysSeen = form.first("seen") != nil
    let typedAnswered = read.raw("answered")
    answered = ID<DeskMessage>(typedAnswered)
    saysAnswered = form.first("answered") != nil
    if answered == nil, !typedAnswered.utf8.isEmpty {
      read.complain("answered", reader.words("This form is incomplete. Reload the page and try again."))
    }
    // There is one to name, unless nobody but programs has written.
    if seen == nil, isDraft && details.conversation.newestInbound != nil || !typedSeen.utf8.isEmpty {
      read.complain("seen", reader.words("This form is incomplete. Reload the page and try again."))
    }
    text = read.text("text", bytes: Draft.longest)
    if !text.utf8.contains(where: { $0 > 32 }) { read.complain("text", reader.words("Write the answer.")) }
    (to, cc) = AnswerForm.recipients(&read, details.channel, details.recipients)
    closes = read.flag("close")
    openedAt = AnswerForm.opened(&read)
    let known = details.messages.filter { $0.sending == .cancelled }.flatMap { details.files(givenBack: $0) }
    let chosen = known.filter { form.all("kept").contains(.text($0.id.text)) }
    kept = chosen.map(\.id)
    files = AnswerFile.read(&read, before: chosen.reduce(0) { $0 + Int(clamping: $1.size) })
    followUp = read.trimmed(read.filled("follow_up")).utf8.isEmpty ? nil : read.phrase("follow_up", reader)
    try read.finish()
  }

  /// What is recorded of it: from that the reminder is made (``Feature/follows``).
  var facts: [String: String] { followUp.map { ["follow_up": $0.instant.iso, "words": $0.words] } ?? [:] }

  /// Seconds of a page that was made less than a day ago count.
  static func opened(_ read: inout FormReader) -> Instant? { Int64(read.raw("opened")).map { Instant(seconds: $0) } }

  /// Addresses with commas between them (RULES 6.19, "Decided besides" 56).
  private static func recipients(_ read: inout FormReader, _ channel: DeskChannel, _ defaults: AnswerRecipients) -> ([String], [String]) {
    guard channel.type == .email else { return (defaults.to, []) }
    let to = addresses("to", &read) ?? defaults.to
    let cc = addresses("cc", &read) ?? defaults.cc
    if to.isEmpty { read.complain("to", read.words("Say who gets it: an address, or several with commas.")) }
    if to.count + cc.count > AnswerRecipients.most {
      read.complain("cc", read.words("At most {n} addresses get an answer.", ["n": String(AnswerRecipients.most)]))
    }
    return (to, cc)
  }

  /// nil: the form has no such field.
  static func addresses(_ name: String, _ read: inout FormReader) -> [String]? {
    guard read.form.first(name) != nil else { return nil }
    var (found, keys): ([String], Set<String>) = ([], [])
    let typed = read.raw(name)
    // A line break is no blank around an address: what follows it could be anything.
    if typed.utf8.contains(where: { (10...13).contains($0) }) {
      read.complain(name, read.words("Keep this to one line, without control characters."))
      return []
    }
    for part in typed.split(separator: ",") {
      let address = read.trimmed(String(part))
      if address.utf8.isEmpty { continue }
      let isAddress = MailAddress(address) != nil && MailPerson(name: "", address: address).isUsable && !holdsEncodedWord(address)
      guard isAddress else {
        read.complain(name, read.words("“{address}” is no address such as ana@example.org.", ["address": shortened(address)]))
        return found
      }
      if keys.insert(MailPerson(name: "", address: address).key).inserted { found.append(address) }
    }
    return found
  }

  /// Whom an answer goes to that is sent again; none: as before.
  static func others(_ read: inout FormReader) -> [String] {
    let found = addresses("to", &read) ?? []
    if found.count > AnswerRecipients.most {
      read.complain("to", read.words("At most {n} addresses get an answer.", ["n": String(AnswerRecipients.most)]))
    }
    return found
  }

  /// `=?` begins an encoded word (RFC 2047), which stands for something else than it says.
  private static func holdsEncodedWord(_ address: String) -> Bool {
    zip(address.utf8, address.utf8.dropFirst()).contains { $0.0 == UInt8(ascii: "=") && $0.1 == UInt8(ascii: "?") }
  }

  private static func shortened(_ text: String) -> String {
    let line = text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
    return String(String.UnicodeScalarView(line.prefix(80)))
  }
}
