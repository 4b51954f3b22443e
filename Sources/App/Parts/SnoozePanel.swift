import HTML
import Web

/// The snooze form of a page of its own: a phrase, why, and the quick buttons; with what was typed.
struct SnoozeField {
  let action: Path
  let until: TextField
  let reason: TextField
  let nonce: HiddenField
  /// Of the quick buttons, so that a phrase that is typed after one of them is another snooze.
  let quickNonce: HiddenField
  let secret: CSRFField

  /// - Parameter nonces: of either form; they change with what is snoozed, so that the page stays the same until then.
  init(_ action: Path, nonces: (typed: String, quick: String), _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words) {
    self.action = action
    self.secret = secret
    nonce = HiddenField(name: "nonce", value: nonces.typed)
    quickNonce = HiddenField(name: "nonce", value: nonces.quick)
    until = make.text("until", words("Snooze until"), help: words("“20 min”, “tomorrow at 9”, “next friday”, “amanhã às 9h”."))
    reason = make.text("reason", words("Why"), optional: true, maxLength: 200)
  }
}
