import Domain
import HTML

/// Puts a conversation off.
struct SnoozePart {
  let secret: CSRFField
  let action: Path
  let until: TextField

  init(_ it: Conversation, _ state: FormState, _ secret: CSRFField, _ words: Words) {
    self.secret = secret
    action = Paths.snoozes(it.id)
    var make = FieldBuilder(state)
    until = make.text(
      "until", words("Until"), help: words("“tomorrow at 9”, “monday”. It reminds you, and nothing is sent."), autocomplete: "off")
  }
}
