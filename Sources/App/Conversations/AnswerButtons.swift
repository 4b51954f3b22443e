import Domain
import HTML

/// What can be done with an answer by hand that did not leave.
struct AnswerButtons {
  let secret: CSRFField
  /// How far it came.
  let stands: String
  let undo: Path?
  let undoLabel: String
  let retry: Path?
  /// Whom it goes to, to be changed; nil: that is not by mail.
  let to: TextField?
  /// Of one that is kept back: it leaves all the same.
  let confirmation: Path?
  let seen: HiddenField

  /// nil: nothing can be. What became of a draft is decided on the page of that.
  ///
  /// - Parameter retrying: how the form that sends it again stands.
  init?(_ message: DeskMessage, in conversation: Conversation, retrying: FormState = .fresh, _ secret: CSRFField, _ words: Words) {
    guard let sending = message.sending, message.draft == nil, message.kind == .person else { return nil }
    let canUndo = [.waiting, .held, .failed].contains(sending)
    let canRetry = Self.canRetry(message) && conversation.state != .spam
    guard canUndo || canRetry else { return nil }
    self.secret = secret
    stands = SendingText.badge(sending, words).label
    undo = canUndo ? Paths.undo(conversation.id, message.id) : nil
    undoLabel = sending == .failed ? words("Edit it again") : words("Take it back")
    retry = canRetry ? Paths.retry(conversation.id, message.id) : nil
    var make = FieldBuilder(retrying)
    to =
      conversation.channelType == .email
      ? make.text("to", words("To"), message.to.joined(separator: ", "), autocomplete: "off") : nil
    confirmation = sending == .held && !message.isEmptied ? Paths.confirmation(conversation.id, message.id) : nil
    seen = HiddenField(name: "seen", value: conversation.newestInbound?.text ?? "")
  }

  /// Whether an answer by hand stands here with a form that sends it again.
  static func canRetry(_ message: DeskMessage) -> Bool {
    message.draft == nil && message.kind == .person && (message.sending == .failed || message.sending == .unknown)
  }
}
