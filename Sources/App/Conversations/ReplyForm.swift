import Domain
import HTML
import Web

/// An answer by hand.
struct ReplyForm {
  let secret: CSRFField
  let summary: ErrorSummary?
  let action: Path
  let seen: String
  let answered: String
  let nonce: HiddenField
  let text: TextArea
  let to: TextField?
  let cc: TextField?
  let close: Checkbox
  let extras: AnswerExtras
  let preview: Path
  /// Who must know what they do: the customer answers nobody there.
  let warning: String?
  /// What is added below the answer; nil: nothing.
  let signature: SafeHTML?

  init(_ thread: ThreadDetails, _ state: FormState, _ conflict: DraftConflict?, _ secret: CSRFField, _ words: Words) {
    var make = FieldBuilder(state)
    // What was taken back stands in its box again.
    let back = thread.givenBack
    text = make.area(
      "text", words("Answer by hand"), back?.source ?? "", help: words("Markdown. A draft that waits is retired by it."), rows: 6)
    let isMail = thread.channel.type == .email
    let people = back?.to ?? thread.recipients.to
    to = isMail ? make.text("to", words("To"), people.joined(separator: ", "), autocomplete: "off") : nil
    cc =
      isMail
      ? make.text("cc", words("Copy to"), (back?.cc ?? thread.recipients.cc).joined(separator: ", "), autocomplete: "off", optional: true)
      : nil
    close = make.tick("close", words("Close the conversation when it is sent"), back?.closes ?? false, says: words.answers)
    extras = AnswerExtras(thread, givenBack: back, &make, words)
    summary = make.summary
    warning = NoReply.warning(people, words)
    signature = thread.channel.signature.utf8.isEmpty ? nil : Markdown.rendered(thread.channel.signature).html
    self.secret = secret
    (action, preview) = (Paths.reply(thread.conversation.id), Paths.preview(thread.conversation.id))
    seen = thread.conversation.newestInbound?.text ?? ""
    answered = thread.newestAnswer?.id.text ?? ""
    // The same until something happens, so that the page is the same too.
    let made = HiddenField(
      name: "nonce", value: Idempotency.nonce("reply", thread.conversation.id.text, String(thread.conversation.revision)))
    nonce = conflict != nil ? HiddenField(name: "nonce", value: Idempotency.nonce()) : state.typed == nil ? made : state.nonce
  }
}
