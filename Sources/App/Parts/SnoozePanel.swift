import HTML
import Web

/// The snooze form of a page of its own: a phrase, why, and the quick buttons; with what was typed.
struct SnoozeField {
  let action: Path
  let until: TextField
  let reason: TextField
  let nonce: HiddenField
  let secret: CSRFField

  /// - Parameter nonce: changes with what is snoozed, so that the page stays the same until then.
  init(_ action: Path, nonce: String, _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words) {
    self.action = action
    self.secret = secret
    self.nonce = HiddenField(name: "nonce", value: nonce)
    until = make.text("until", words("Snooze until"), help: words("“20 min”, “tomorrow at 9”, “next friday”, “amanhã às 9h”."))
    reason = make.text("reason", words("Why"), optional: true, maxLength: 200)
  }
}
