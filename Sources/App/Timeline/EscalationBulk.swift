import Domain
import HTML
import Postgres
import Web

/// What the ticked escalations of the list are to become.
struct EscalationBulkForm {
  private enum Action: String { case acknowledgement, snooze, completion }

  enum Deed {
    case acknowledgement(AgainForm)
    case snooze(SnoozeForm)
    case completion
  }

  let deed: Deed

  /// - Parameter ticked: how many escalations the form names.
  init(_ form: Form, ticked: Int, _ reader: Reader) throws(FormErrors) {
    let words = reader.words
    var read = FormReader(form, words)
    // No field of its own to stand beside: the first leads to the rows, the second to the bar.
    if ticked == 0 { read.complain("alarms", words("Tick at least one.")) }
    if ticked > BulkForm.most { read.complain("alarms", words("Tick at most {n}.", ["n": String(BulkForm.most)])) }
    var deed: Deed?
    switch Action(rawValue: read.raw("action")) {
    case .acknowledgement:
      deed = read.nest { () throws(FormErrors) in .acknowledgement(try AgainForm(form, reader)) }
    case .completion: deed = .completion
    case .snooze:
      deed = read.nest(naming: { $0 == "until" ? BulkBar.field : $0 }) { () throws(FormErrors) in .snooze(try SnoozeForm(form, reader)) }
    case nil: read.complain("bulk", words("Choose what to do with the ticked ones."))
    }
    self.deed = try read.finish(deed)
  }

  /// The ids of the ticked escalations, each once, in order.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id.
  static func ticked(_ form: Form) throws -> [ID<Escalation>] {
    let ids = try form.all("id").map { value in
      guard case .text(let text) = value, let id = ID<Escalation>(text) else { throw Failure.notFound }
      return id
    }
    return Set(ids).sorted { $0.text < $1.text }
  }

  /// The list that the form stood below, with its place; the plain one when it says none of ours.
  static func list(_ form: Form, _ words: Words) throws -> EscalationFilter {
    let query = Form(urlEncoded: Array((form.text("list") ?? "").utf8))
    // A complaint about a hidden field would help nobody.
    if let filter = try? EscalationFilter(query, words) { return filter }
    return try EscalationFilter(Form(), words)
  }
}

/// When to ask again after an acknowledgement, as a form says it.
struct AgainForm {
  /// nil: nothing was said.
  let instant: Instant?
  /// Where a time on the wall was named and not a duration.
  let wall: WallTime?
  /// Whether it was said that nobody asks again.
  let isLast: Bool

  init(_ form: Form, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let typed = read.line("again_in", 0...200)
    isLast = Phrase.saysNever(typed)
    let again = typed.utf8.isEmpty || isLast ? nil : read.phrase("again_in", reader, isDuration: true)
    try read.finish()
    instant = again?.instant
    wall = again.flatMap { WallTime($0, of: reader.person) }
  }
}

/// The bar below the list of escalations that answers all ticked ones.
struct EscalationBulkBar {
  let action = Paths.bulkEscalations
  let list: HiddenField?
  let label: String
  /// What was typed.
  let until: String?
  let error: String?
  let secret: CSRFField

  var isInvalid: Bool { error != nil }

  init(_ filter: EscalationFilter, _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words) {
    label = words("Snooze until")
    let query = filter.path(after: filter.after).text.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
    list = query.isEmpty ? nil : HiddenField(name: "list", value: String(decoding: query, as: UTF8.self))
    until = make.state.typed?.text("until")
    error = make.state.errors[BulkBar.field]
    make.add(BulkBar.field, label)
    self.secret = secret
  }
}

/// The form that snoozes everything that rings, or will before its time.
struct SnoozeEverything {
  let action = Paths.snoozingAll
  let until: TextField
  let reason: TextField
  let frame: FormFrame
  /// Whether what was typed is shown.
  let isOpen: Bool

  init(_ state: FormState, _ person: Person, _ secret: CSRFField, _ words: Words) {
    var make = FieldBuilder(state)
    until = make.text(
      "until", words("Snooze everything until"),
      help: words("All that rings, and all that would ring before then, critical reminders too."))
    reason = make.text("reason", words("Why"), optional: true, maxLength: 200)
    isOpen = state.typed != nil
    frame = FormFrame(make, secret, to: Paths.snoozingAll, carrying: [state.nonce("snooze everything", entries: person.entries)])
  }
}

extension Escalations {
  /// POST /escalations/bulk
  static func bulk(_ web: Context) throws -> Change {
    let ids = try EscalationBulkForm.ticked(web.form)
    let reminders = try reminders(of: Array(ids.prefix(BulkForm.most)), web)
    let list = try EscalationBulkForm.list(web.form, web.words)
    return try web.takeForm(askingAgain: { try EscalationListPage.read(list, web, $0, ticked: Set(ids)) }) {
      let form = try EscalationBulkForm(web.form, ticked: ids.count, web.reader)
      let place = list.path()
      let text = ReminderOutcomeText(try web.reader)
      // What answers one escalation must not touch a newer one.
      let meant = Set(ids)
      func isMeant(_ one: ReminderCommands) -> Bool { one.escalation.map { meant.contains($0.id) } ?? false }
      if case .snooze(let snooze) = form.deed {
        let done = try ReminderCommands.snooze(reminders, snooze, web, isMeant: isMeant)
        let changed = text.changed(done.entries.count, same: 0, refused: done.refused)
        return Change(
          to: place, says: done.entries.isEmpty ? changed : changed + " " + text.snoozed(snooze),
          undo: done.entries.isEmpty ? nil : Paths.restoration(done.press), did: done.entries)
      }
      let found = try ReminderCommands.find(reminders, web)
      let asked = found.filter(isMeant)
      var done = try answer(asked, form.deed, web)
      done.refused += found.count - asked.count
      return Change(
        to: place, says: text.changed(done.changed, same: found.count - done.changed - done.refused, refused: done.refused),
        did: done.entries)
    }
  }

  /// Acknowledges or completes them; a habit's by its own ways.
  private static func answer(
    _ found: [ReminderCommands], _ deed: EscalationBulkForm.Deed, _ web: Context
  ) throws -> (entries: [AuditEntry], changed: Int, refused: Int) {
    guard case .completion = deed else {
      let done = try ReminderCommands.all(found, of: web.person.id, at: web.now, web.db) { commands, batch in
        guard case .acknowledgement(let again) = deed else { return .nothing }
        return try commands.acknowledge(againAt: again.instant, meant: again.wall, isLast: again.isLast, &batch)
      }
      return (done.entries, done.entries.count, done.refused)
    }
    let answers = try found.compactMap { try HabitAnswer($0, web) }
    let others = found.filter { $0.reminder.habit == nil }
    let done = try ReminderCommands.all(others, of: web.person.id, at: web.now, web.db) { commands, batch in try commands.complete(&batch) }
    var result = (entries: done.entries, changed: done.entries.count, refused: done.refused)
    for answer in answers {
      // How much was done, a list does not ask.
      guard !answer.isAmount else {
        result.refused += 1
        continue
      }
      do {
        let entries = try answer.complete().entries
        result.entries += entries
        result.changed += entries.isEmpty ? 0 : 1
      } catch is any Refusal { result.refused += 1 }
    }
    return result
  }

  /// Whose escalations these are, in the order of their ids.
  ///
  /// - Throws: ``Failure/notFound`` when one of them is missing, deleted or somebody else's.
  private static func reminders(of ids: [ID<Escalation>], _ web: Context) throws -> [ID<Reminder>] {
    let user = try web.person.id
    let found = try web.db.rows(
      Query<(ID<Escalation>, ID<Reminder>)>(
        tuple: "SELECT id, reminder_id FROM escalations WHERE id = ANY (\(ids)) AND user_id = \(user)"))
    guard found.count == ids.count else { throw Failure.notFound }
    return Set(found.map { $0.1 }).sorted { $0.text < $1.text }
  }

  /// POST /escalations/snoozes
  static func snoozeEverything(_ web: Context) throws -> Change {
    let list = try EscalationFilter(Form(), web.words)
    return try web.takeForm(askingAgain: { try EscalationListPage.read(list, web, everything: $0) }) {
      let form = try SnoozeForm(web.form, web.reader)
      let text = ReminderOutcomeText(try web.reader)
      // Refused, so that its nonce is free: nothing makes it another before something is changed.
      guard let done = try ReminderCommands.snoozeEverything(form, web) else {
        throw FormErrors("until", web.words("Nothing rings before then."))
      }
      return Change(
        to: Paths.escalations, says: text.everything(done.entries.count, form),
        undo: done.entries.isEmpty ? nil : Paths.restoration(done.press), did: done.entries)
    }
  }

  /// POST /escalations/snoozes/:silence/restoration
  static func takeBack(_ web: Context, _ press: ID<SnoozePress>) throws -> Change {
    let entries = try ReminderCommands.takeBack(press, web)
    return Change(
      to: web.back(or: Paths.escalations), says: try ReminderOutcomeText(web.reader).unsnoozed(entries.count), did: entries,
      wakes: entries.isEmpty ? nil : web.now)
  }
}
