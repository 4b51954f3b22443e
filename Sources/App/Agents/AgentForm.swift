import Domain
import HTML
import Net
import Web

/// The form of an agent as it was posted: its switch, and what its channel asks.
struct AgentForm {
  let isOn: Bool
  /// With what is kept beside the fields.
  let settings: ChannelSettings
  /// nil: it was not sent, and is taken over whatever is stored. A switch alone has none.
  let version: Int?
  /// What is new, for the audit log: which fields, never what they hold.
  let changes: [String: String]

  init(
    _ form: Form, _ channel: Channel, stored: ChannelSettings, _ addresses: AddressGuard, _ words: Words
  ) throws(FormErrors) {
    var read = FormReader(form, words)
    var changes = AuditDifference()
    var values: [String: String] = [:]
    isOn = read.flag("enabled")
    for field in channel.fields {
      let isEmpty = read.trimmed(form.text(field.name) ?? "").utf8.isEmpty
      let value = isEmpty && !isOn && form.first(field.name) != .unreadable ? "" : field.read(&read, field.name)
      if let why = field.refusal(value, addresses, words) { read.complain(field.name, why) }
      values[field.name] = changes.noteLong(field.name, from: stored[field], to: value)
    }
    version = form.first("version") == nil ? nil : read.version()
    try read.finish()
    settings = ChannelSettings(values: stored.values.merging(values) { _, new in new })
    self.changes = changes.facts
  }
}
