import Domain
import HTML

/// What an agent says of itself, on its page.
struct AgentAbout {
  let type: String
  let description: String
  let version: String
  let author: String
  let official: String
  let verified: String
  let capabilities: String
  let schema: String
  let plan: String

  init(_ channel: Channel, _ words: Words) {
    let about = channel.about
    let answers = words.answers
    type = channel.type.rawValue
    description = about.description(words)
    (version, author) = (about.version, about.author)
    official = about.isOfficial ? answers.yes : answers.no
    verified = about.isVerified ? answers.yes : answers.no
    let actions = about.actions.isEmpty ? nil : words("takes {actions}", ["actions": about.actions.joined(separator: ", ")])
    capabilities = [about.canPush ? words("sends by itself") : nil, about.canPull ? words("can be fetched from") : nil, actions]
      .compactMap(\.self).joined(separator: "; ")
    schema =
      channel.fields.isEmpty
      ? words("asks nothing")
      : channel.fields.map { $0.name + " (" + $0.kind(words) + ")" }.joined(separator: ", ")
    plan = about.minimumPlan.rawValue
  }
}

extension ChannelField {
  /// As the schema calls it.
  fileprivate func kind(_ words: Words) -> String { options(words).isEmpty ? type : "choice" }
}

/// A control of an agent's form: typed, or chosen.
struct AgentControl {
  let text: TextField?
  let choice: Select?

  init(_ field: ChannelField, _ stored: String, _ make: inout FieldBuilder, _ words: Words) {
    let options = field.options(words)
    let (label, help) = (field.label(words), field.help(words))
    if options.isEmpty {
      text = make.text(field.name, label, stored, help: help, type: field.type)
      choice = nil
    } else {
      text = nil
      choice = make.choice(field.name, label, stored, options, help: help)
    }
  }
}
