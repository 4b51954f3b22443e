import HTML
import Web

/// What a summary of complaints calls a field by.
protocol LabelledField {
  var name: String { get }
  var label: String { get }
}

/// A line of text with its label, help and complaint.
struct TextField: LabelledField {
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
struct TextArea: LabelledField {
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
struct Select: LabelledField {
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
struct Checkbox: LabelledField {
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

/// Makes the fields of one form: what was typed wins over what is stored, and each complaint stands beside its field.
struct FieldBuilder {
  /// What was typed; nil when the form is fresh.
  let typed: Form?
  let errors: FormErrors

  init(typed: Form? = nil, errors: FormErrors = FormErrors()) { (self.typed, self.errors) = (typed, errors) }

  /// What a field shows.
  func value(_ name: String, _ stored: String) -> String {
    guard let typed else { return stored }
    return typed.text(name) ?? (typed.first(name) == nil ? stored : "")
  }

  func text(
    _ name: String, _ label: String, _ stored: String = "", help: String? = nil, type: String = "text", autocomplete: String? = nil,
    required: Bool = false, optional: Bool = false, maxLength: Int? = nil, list: String? = nil
  ) -> TextField {
    // A password is never sent back.
    let shown = type == "password" ? "" : value(name, stored)
    return TextField(
      name: name, label: label, value: shown, help: help, error: errors[name], type: type, autocomplete: autocomplete, isRequired: required,
      isOptional: optional,
      maxLength: maxLength, list: list)
  }

  func area(_ name: String, _ label: String, _ stored: String = "", help: String? = nil, rows: Int = 4) -> TextArea {
    TextArea(name: name, label: label, value: value(name, stored), help: help, error: errors[name], rows: rows)
  }

  func choice(_ name: String, _ label: String, _ stored: String, _ options: [(value: String, label: String)], help: String? = nil)
    -> Select
  {
    let shown = value(name, stored)
    return Select(
      name: name, label: label,
      options: options.map {
        ChoiceOption(value: $0.value, label: $0.label, isChosen: $0.value.utf8.elementsEqual(shown.utf8), id: "\(name)-\($0.value)")
      },
      help: help, error: errors[name])
  }

  func tick(_ name: String, _ label: String, _ stored: Bool, help: String? = nil) -> Checkbox {
    // A box that is not ticked is not sent: when the form was typed, absence means no.
    let ticked = typed.map { $0.first(name) != nil } ?? stored
    return Checkbox(name: name, label: label, isTicked: ticked, help: help, error: errors[name])
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
  init?(_ errors: FormErrors, _ fields: [any LabelledField]) {
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
