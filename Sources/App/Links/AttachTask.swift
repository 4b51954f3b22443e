import Domain
import HTML
import Postgres

/// The form on the page of a goal or a problem that makes one of the person's tasks serve it.
struct AttachTask {
  let action = Paths.links
  let secret: CSRFField
  let to: HiddenField
  let type: HiddenField
  let from: Select

  /// - Returns: nil: there is no task to choose.
  init?(_ tasks: [PlannedChoice], to thing: ThingRef, _ word: LinkWord, _ secret: CSRFField, _ words: Words) {
    if tasks.isEmpty { return nil }
    self.secret = secret
    to = HiddenField(name: "to", value: thing.text)
    type = HiddenField(name: "type", value: word.rawValue)
    var make = FieldBuilder()
    let label = word == .addressesProblem ? words("A task that addresses it") : words("A task that supports it")
    from = make.choice(
      "from", label, "", TaskText.options(words("Choose one"), tasks.map { ("task:" + $0.id.text, $0.title) }))
  }
}
