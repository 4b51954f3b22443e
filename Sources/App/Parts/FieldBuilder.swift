import HTML
import Web

/// Makes the fields of one form: what was typed wins over what is stored, and each complaint stands beside its field. It remembers what it made,
/// so that a field that is made stands in the summary of complaints and in the table of a stale form, in the order of the form.
struct FieldBuilder {
  let state: FormState
  private var fields: [(name: String, label: String)] = []
  private var compared: [ConflictTable.Row] = []

  init(_ state: FormState = .fresh) { self.state = state }

  /// The complaints about the fields made so far, and those about none of them; nil when there are none.
  var summary: ErrorSummary? { ErrorSummary(state.errors, fields) }

  /// What is stored of the fields made so far beside what was typed; nil unless the form is stale.
  ///
  /// - Parameter keepsEmpty: shows those too that are empty on both sides.
  func conflict(keepsEmpty: Bool = false) -> ConflictTable? {
    state.isStale ? ConflictTable(rows: compared.filter { keepsEmpty || !$0.isEmpty }) : nil
  }

  /// What a field shows.
  func value(_ name: String, _ stored: String) -> String {
    guard let typed = state.typed else { return stored }
    return typed.text(name) ?? (typed.first(name) == nil ? stored : "")
  }

  /// Lets the summary name a control that its page makes itself.
  mutating func add(_ name: String, _ label: String) { fields.append((name, label)) }

  mutating func text(
    _ name: String, _ label: String, _ stored: String = "", compared: Comparison = .shown, help: String? = nil, type: String = "text",
    autocomplete: String? = nil, required: Bool = false, optional: Bool = false, maxLength: Int? = nil, list: String? = nil
  ) -> TextField {
    let isSecret = type == "password"  // Never sent back.
    add(name, label, isSecret ? .never : compared, stored) { $0 }
    return TextField(
      name: name, label: label, value: isSecret ? "" : value(name, stored), help: help, error: state.errors[name], type: type,
      autocomplete: autocomplete, isRequired: required, isOptional: optional, maxLength: maxLength, list: list)
  }

  mutating func area(
    _ name: String, _ label: String, _ stored: String = "", compared: Comparison = .shown, help: String? = nil, rows: Int = 4
  ) -> TextArea {
    add(name, label, compared, stored) { $0 }
    return TextArea(name: name, label: label, value: value(name, stored), help: help, error: state.errors[name], rows: rows)
  }

  mutating func choice(
    _ name: String, _ label: String, _ stored: String, _ options: [(value: String, label: String)], compared: Comparison = .shown,
    help: String? = nil
  ) -> Select {
    add(name, label, compared, stored) { value in options.first { $0.value.utf8.elementsEqual(value.utf8) }?.label ?? "" }
    let shown = value(name, stored)
    return Select(
      name: name, label: label,
      options: options.map {
        ChoiceOption(value: $0.value, label: $0.label, isChosen: $0.value.utf8.elementsEqual(shown.utf8), id: "\(name)-\($0.value)")
      },
      help: help, error: state.errors[name])
  }

  /// A box stands in no table of a stale form.
  mutating func tick(_ name: String, _ label: String, _ stored: Bool, help: String? = nil) -> Checkbox {
    add(name, label)
    // A box that is not ticked is not sent: when the form was typed, absence means no.
    let ticked = state.typed.map { $0.first(name) != nil } ?? stored
    return Checkbox(name: name, label: label, isTicked: ticked, help: help, error: state.errors[name])
  }

  private mutating func add(_ name: String, _ label: String, _ comparison: Comparison, _ stored: String, _ words: (String) -> String) {
    add(name, label)
    guard case .stale(let form) = state else { return }
    let typed = form.text(name)
    switch comparison {
    case .shown: compared.append(ConflictTable.Row(label, words(stored), typed.map(words)))
    case .named(let short): compared.append(ConflictTable.Row(short, words(stored), typed.map(words)))
    case .sent: compared.append(ConflictTable.Row(label, stored, typed))
    case .never: break
    }
  }
}

/// How a field stands in the table of a stale form.
enum Comparison {
  /// Under its label; a choice with the words of its options.
  case shown
  /// Under a shorter name.
  case named(String)
  /// Under its label; a choice with its values as they are sent.
  case sent
  /// Not at all.
  case never
}
