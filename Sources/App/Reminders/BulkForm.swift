import Domain
import HTML
import Web

/// What the ticked reminders of a list are to become.
struct BulkForm {
  private enum Action: String { case completion, snooze, archival }
  private enum Deed { case completion, archival, snooze(SnoozeForm) }

  /// As many reminders as one form may hold: ten pages.
  static let most = 500

  private let deed: Deed

  /// - Parameter ticked: how many reminders the form names.
  init(_ form: Form, ticked: Int, _ reader: Reader) throws(FormErrors) {
    let words = reader.words
    var read = FormReader(form, words)
    // No field of its own to stand beside: the first leads to the rows, the second to the bar.
    if ticked == 0 { read.complain("rows", words("Tick at least one reminder.")) }
    if ticked > BulkForm.most { read.complain("rows", words("Tick at most {n} reminders.", ["n": String(BulkForm.most)])) }
    let action = Action(rawValue: read.raw("action"))
    if action == nil { read.complain("bulk", words("Choose what to do with the ticked reminders.")) }
    var deed: Deed?
    switch action {
    case .completion: deed = .completion
    case .archival: deed = .archival
    case .snooze:
      deed = read.nest(naming: { $0 == "until" ? BulkBar.field : $0 }) { () throws(FormErrors) in .snooze(try SnoozeForm(form, reader)) }
    case nil: break
    }
    self.deed = try read.finish(deed)
  }

  /// The ids of the ticked reminders, each once, in order.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id.
  static func ticked(_ form: Form) throws -> [ID<Reminder>] {
    let ids = try form.all("id").map { value in
      guard case .text(let text) = value, let id = ID<Reminder>(text) else { throw Failure.notFound }
      return id
    }
    return Set(ids).sorted { $0.text < $1.text }
  }

  var isCompletion: Bool {
    if case .completion = deed { true } else { false }
  }

  /// Whether a press can take it back: what was done for good or put away. A series goes on whatever was done, and a snooze is changed by another.
  func canBeUndone(_ changed: [ReminderCommands]) -> Bool {
    switch deed {
    case .completion: changed.contains { $0.reminder.endsWhenDone }
    case .archival: true
    case .snooze: false
    }
  }

  /// Plans the change of one.
  ///
  /// - Throws: ``ReminderRefusal`` when the reminder no longer allows it.
  func change(_ commands: ReminderCommands, _ batch: inout ReminderBatch) throws -> ReminderCommands.Outcome {
    switch deed {
    case .completion: try commands.complete(&batch)
    case .archival: try commands.archive(&batch)
    case .snooze(let form):
      try commands.snooze(until: form.phrase.instant, words: form.phrase.words, reason: form.reason, meant: form.wall, &batch)
    }
  }

  /// The list that the form stood below; the plain one when it does not say or says what no list of ours does.
  static func list(_ form: Form, _ words: Words) throws -> ReminderFilter {
    let query = Form(urlEncoded: Array((form.text("list") ?? "").utf8))
    // A complaint about a hidden field would help nobody.
    if let filter = try? ReminderFilter(query, words) { return filter }
    return try ReminderFilter(Form(), words)
  }
}

/// The bar below a list that changes all ticked rows.
struct BulkBar {
  let action = Paths.bulkReminders
  let label: String
  /// The filters and the place of the list; nil for the plain list.
  let list: HiddenField?
  /// What was typed.
  let until: String?
  let error: String?
  let secret: CSRFField

  var isInvalid: Bool { error != nil }

  /// The id of the field for a phrase: its name, `until`, is that of every row's.
  static let field = "bulk-until"

  init(_ filter: ReminderFilter, _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words) {
    label = words("Snooze until")
    let query = filter.path(after: filter.after?.text).text.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
    list = query.isEmpty ? nil : HiddenField(name: "list", value: String(decoding: query, as: UTF8.self))
    until = make.state.typed?.text("until")
    error = make.state.errors[BulkBar.field]
    make.add(BulkBar.field, label)
    self.secret = secret
  }
}
