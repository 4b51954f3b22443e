import HTML
import Web

/// Makes the fields of one form: what was typed wins over what is stored, and each complaint stands beside its field. It remembers what it made,
/// so that a field that is made stands in the summary of complaints and in the table of a stale form, in the order of the form.
struct FieldBuilder {
  let state: FormState
  private var fields: [(name: String, label: String)] = []
  private var compared: [ConflictTable.Row] = []
  /// What the fields made so far would send as they stand, in the order of the form.
  private(set) var sent: [(name: String, value: String)] = []
  /// Whether the fields made from here on stand in the table of a stale form.
  var isCompared = true

  init(_ state: FormState = .fresh) { self.state = state }

  /// The complaints about the fields made so far, and those about none of them; nil when there are none.
  var summary: ErrorSummary? { ErrorSummary(state.errors, fields) }

  /// What is stored of the fields made so far beside what was typed, but for those that are empty on both sides; nil unless the form is stale.
  var conflict: ConflictTable? { state.isStale ? ConflictTable(rows: compared.filter { !$0.isEmpty }) : nil }

  /// What a field shows.
  func value(_ name: String, _ stored: String) -> String {
    guard let typed = state.typed else { return stored }
    return typed.text(name) ?? (typed.first(name) == nil ? stored : "")
  }

  /// Lets the summary name a control that its page makes itself.
  mutating func add(_ name: String, _ label: String) { fields.append((name, label)) }

  /// - Parameter short: what the table of a stale form calls the field where its label is long.
  mutating func text(
    _ name: String, _ label: String, _ stored: String = "", short: String? = nil, help: String? = nil, type: String = "text",
    autocomplete: String? = nil, required: Bool = false, optional: Bool = false, maxLength: Int? = nil, list: String? = nil
  ) -> TextField {
    let isSecret = type == "password"  // Never sent back.
    add(name, label)
    if !isSecret {
      compare(name, short ?? label, stored) { $0 }
      sent.append((name, value(name, stored)))
    }
    return TextField(
      name: name, label: label, value: isSecret ? "" : value(name, stored), help: help, error: state.errors[name], type: type,
      autocomplete: autocomplete, isRequired: required, isOptional: optional, maxLength: maxLength, list: list)
  }

  mutating func area(
    _ name: String, _ label: String, _ stored: String = "", help: String? = nil, rows: Int = 4
  ) -> TextArea {
    add(name, label)
    compare(name, label, stored) { $0 }
    sent.append((name, value(name, stored)))
    return TextArea(name: name, label: label, value: value(name, stored), help: help, error: state.errors[name], rows: rows)
  }

  mutating func choice(
    _ name: String, _ label: String, _ stored: String, _ options: [(value: String, label: String)], help: String? = nil
  ) -> Select {
    add(name, label)
    compare(name, label, stored) { value in options.first { $0.value.utf8.elementsEqual(value.utf8) }?.label ?? value }
    let shown = value(name, stored)
    // Browsers send the first where none is chosen.
    let isOffered = options.contains { $0.value.utf8.elementsEqual(shown.utf8) }
    sent.append((name, isOffered ? shown : options.first?.value ?? ""))
    return Select(
      name: name, label: label,
      options: options.map {
        ChoiceOption(value: $0.value, label: $0.label, isChosen: $0.value.utf8.elementsEqual(shown.utf8), id: "\(name)-\($0.value)")
      },
      help: help, error: state.errors[name])
  }

  /// - Parameter says: how the table of a stale form tells a box that is ticked from one that is not.
  mutating func tick(_ name: String, _ label: String, _ stored: Bool, says: (yes: String, no: String), help: String? = nil) -> Checkbox {
    add(name, label)
    // A box that is not ticked is not sent: when the form was typed, absence means no.
    let ticked = state.typed.map { $0.first(name) != nil } ?? stored
    if ticked { sent.append((name, "on")) }
    if state.isStale { compared.append(ConflictTable.Row(label, stored ? says.yes : says.no, ticked ? says.yes : says.no, of: name)) }
    return Checkbox(name: name, label: label, isTicked: ticked, help: help, error: state.errors[name])
  }

  /// Several boxes of one name, each with its own value.
  ///
  /// - Parameter other: a field that is sent wherever the boxes stand: with it, none sent means none ticked.
  mutating func boxes(
    _ name: String, _ label: String, _ stored: [String], _ options: [(value: String, label: String)], sentWith other: String
  ) -> Select {
    add(name, label)
    let form = state.typed.flatMap { $0.first(other) == nil ? nil : $0 }
    let ticked = form.map { form in options.map(\.value).filter { form.all(name).contains(.text($0)) } } ?? stored
    sent += ticked.map { (name, $0) }
    if state.isStale, isCompared {
      func names(_ values: [String]) -> String { options.filter { values.contains($0.value) }.map(\.label).joined(separator: ", ") }
      compared.append(ConflictTable.Row(label, names(stored), names(ticked), of: name))
    }
    return Select(
      name: name, label: label,
      options: options.map {
        ChoiceOption(value: $0.value, label: $0.label, isChosen: ticked.contains($0.value), id: "\(name)-\($0.value)")
      },
      help: nil, error: state.errors[name])
  }

  /// What was not sent counts as typed as it is stored: so it stands in the field.
  private mutating func compare(_ name: String, _ label: String, _ stored: String, _ words: (String) -> String) {
    if state.isStale, isCompared { compared.append(ConflictTable.Row(label, words(stored), words(value(name, stored)), of: name)) }
  }
}

extension Words {
  /// What a box says that is ticked, and one that is not.
  var answers: (yes: String, no: String) {
    let words = self
    return (words("yes", context: "box"), words("no", context: "box"))
  }
}
