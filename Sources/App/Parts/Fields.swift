import HTML
import Web

/// A line of text with its label, help and complaint.
struct TextField {
  let name: String
  let label: String
  let value: String
  let help: String?
  let error: String?
  let type: String
  let autocomplete: String?
  let isRequired: Bool
  /// Says beside the label that it may stay empty.
  let isOptional: Bool
  let maxLength: Int?
  let list: String?

  /// Ids that assistive tools follow from the control to its help and complaint.
  var helpID: String { name + "-help" }
  var errorID: String { name + "-complaint" }
  var describedBy: String? { ARIADescription.by(name, help: help, error: error) }
  var isInvalid: Bool { error != nil }
}

/// Text of several lines.
struct TextArea {
  let name: String
  let label: String
  let value: String
  let help: String?
  let error: String?
  let rows: Int

  var helpID: String { name + "-help" }
  var errorID: String { name + "-complaint" }
  var describedBy: String? { ARIADescription.by(name, help: help, error: error) }
  var isInvalid: Bool { error != nil }
}

/// One of a list, as a drop-down or as radio buttons.
struct Select {
  let name: String
  let label: String
  let options: [ChoiceOption]
  let help: String?
  let error: String?

  var helpID: String { name + "-help" }
  var errorID: String { name + "-complaint" }
  var describedBy: String? { ARIADescription.by(name, help: help, error: error) }
  var isInvalid: Bool { error != nil }
}

/// A box to tick.
struct Checkbox {
  let name: String
  let label: String
  let isTicked: Bool
  let help: String?
  let error: String?

  var helpID: String { name + "-help" }
  var errorID: String { name + "-complaint" }
  var describedBy: String? { ARIADescription.by(name, help: help, error: error) }
  var isInvalid: Bool { error != nil }
}

/// One choice of a ``Select``.
struct ChoiceOption {
  let value: String
  let label: String
  let isChosen: Bool
  let id: String
  /// A line below the label, where there is room for one.
  var help: String?
}

/// The value of `aria-describedby`.
enum ARIADescription {
  static func by(_ name: String, help: String?, error: String?) -> String? {
    let ids = [help.map { _ in name + "-help" }, error.map { _ in name + "-complaint" }].compactMap { $0 }
    return ids.isEmpty ? nil : ids.joined(separator: " ")
  }
}

/// The complaints above a rejected form, each with a link to its field.
struct ErrorSummary {
  let rows: [Row]

  struct Row {
    let target: String
    /// What the page calls the field; nil for what has no control of its own.
    let label: String?
    let text: String
  }

  /// nil when there is nothing to complain about.
  ///
  /// - Parameter fields: those of the form, as they stand in it: so are the complaints ordered. What belongs to none of them comes first.
  init?(_ errors: FormErrors, _ fields: [(name: String, label: String)]) {
    guard !errors.isEmpty else { return nil }
    let names = fields.map(\.name)
    let rest = errors.complaints.filter { !names.contains($0.field) }.map { Row(target: $0.field, label: nil, text: $0.text) }
    rows = rest + fields.compactMap { field in errors[field.name].map { Row(target: field.name, label: field.label, text: $0) } }
  }
}

/// The hidden field that only our own pages can hold.
struct CSRFField {
  let token: String
}

/// Any other hidden field.
struct HiddenField {
  let name: String
  let value: String
}

/// A ``Select`` shown as a row of radio buttons.
struct RadioGroup {
  let field: Select
}
