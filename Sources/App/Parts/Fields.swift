import HTML
import Web

/// A control with its help and its complaint.
protocol ExplainedField {
  var name: String { get }
  var help: String? { get }
  var error: String? { get }
}

extension ExplainedField {
  // Ids that assistive tools follow from the control to its help and complaint.
  var helpID: String { name + "-help" }
  var errorID: String { name + "-complaint" }
  /// The value of `aria-describedby`.
  var describedBy: String? {
    let ids = [help.map { _ in helpID }, error.map { _ in errorID }].compactMap { $0 }
    return ids.isEmpty ? nil : ids.joined(separator: " ")
  }
  var isInvalid: Bool { error != nil }
}

/// A line of text with its label, help and complaint.
struct TextField: ExplainedField {
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
}

/// Text of several lines.
struct TextArea: ExplainedField {
  let name: String
  let label: String
  let value: String
  let help: String?
  let error: String?
  let rows: Int
}

/// One of a list, as a drop-down or as radio buttons.
struct Select: ExplainedField {
  let name: String
  let label: String
  let options: [ChoiceOption]
  let help: String?
  let error: String?
}

/// A box to tick.
struct Checkbox: ExplainedField {
  let name: String
  let label: String
  let isTicked: Bool
  let help: String?
  let error: String?
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

  /// - Parameter web: masks the token when its page goes out; there is no other way to put one on a page.
  init(_ token: String, on web: Context) { self.token = web.show(token: token) }
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
