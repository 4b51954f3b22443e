import Domain
import HTML
import Postgres
import Web

/// A form of one line for a new reminder.
struct QuickReminder {
  let create = Paths.reminders
  let check = Paths.reminderPreview
  let hearing = Paths.quickHearing
  let secret: CSRFField
  let nonce: HiddenField
  let text: String
  /// What it is understood as; an example where nothing is typed.
  let understood: String
  let error: String?

  /// An empty one, on a page of rows.
  ///
  /// Its nonce is the same until something changes (``Person/entries``), so that the page can be answered 304; never again what it was, or a reminder
  /// would be taken for one that was made before.
  init(_ secret: CSRFField, _ person: Person, _ words: Words) {
    let nonce = Idempotency.nonce("quick", String(person.entries))
    self.init(secret, HiddenField(name: "nonce", value: nonce), words)
  }

  /// With what was typed, as it was understood, or with what is wrong with it.
  init(_ state: FormState, understood: String? = nil, _ web: Context) {
    self.init(
      web.csrfField(), state.nonce, text: state.typed?.text("quick") ?? "", understood: understood,
      error: state.errors.complaints.first?.text, web.words)
  }

  private init(
    _ secret: CSRFField, _ nonce: HiddenField, text: String = "", understood: String? = nil, error: String? = nil, _ words: Words
  ) {
    (self.secret, self.nonce, self.text, self.error) = (secret, nonce, text, error)
    self.understood = understood ?? words("For example: call mom tomorrow at 9, or pay rent every month on the 1st.")
  }

  var isInvalid: Bool { error != nil }
}

// MARK: - A reminder from one line

extension Reminders {
  /// POST /reminders with `quick`
  static func createQuick(_ web: Context) throws -> Change {
    let person = try web.person
    try EscalationProfile.keep(web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    return try web.takeForm(askingAgain: { try ReminderFormPage(web, profiles, quick: QuickReminder($0, web)) }) {
      let quick = try QuickForm(web.form, profiles: profiles, web.reader)
      let id = ID<Reminder>.new(at: web.now)
      try quick.draft.insert(id, for: person.id, zoneVersion: web.services.zones.version, at: web.now, web.db)
      try web.services.quota.check(isNew: true, grownBy: quick.draft.weight, web)
      return Change(
        to: Paths.reminder(id), says: QuickText(try web.reader).saved(quick), undo: Paths.deletion(id),
        keeping: quick.words.map { Flash.Wording(path: Paths.wording(id), words: $0) },
        did: [AuditEntry("reminder.made", "reminder", id.text, ["title": quick.draft.title, "words": quick.entry.text])],
        wakes: quick.draft.nextAt)
    }
  }

  /// GET /reminders/new with `quick`, POST /reminders/preview with it: the long form filled in, and nothing is done.
  static func filled(by form: Form, _ profiles: [EscalationProfile], _ web: Context) throws -> Response {
    do {
      let quick = try QuickForm(form, profiles: profiles, web.reader)
      let line = QuickReminder(.shown(form), understood: QuickText(try web.reader).understood(quick), web)
      let preview = PreviewCard(quick.draft, nil, try web.person, now: web.now)
      return web.page(try ReminderFormPage(web, profiles, .shown(quick.filled), preview: preview, quick: line))
    } catch let errors as FormErrors {
      let state = FormState.refused(form, errors)
      return web.page(try ReminderFormPage(web, profiles, quick: QuickReminder(state, web)), status: state.status)
    }
  }

  /// POST /reminders/quick: what a line would be understood as, while it is typed.
  static func hear(_ web: Context) throws -> Response {
    let profiles = try web.db.rows(EscalationProfile.mine)
    do {
      return .text(QuickText(try web.reader).understood(try QuickForm(web.form, profiles: profiles, web.reader)))
    } catch let errors as FormErrors {
      return .text(errors.complaints.first?.text ?? "", status: 422)
    }
  }

  /// POST /reminders/:reminder/wording: a reminder from one line keeps the whole of it as its title, and rings as one without a time.
  static func keepWording(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let stored = try Reminder.find(id, locked: true, web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    return try web.takeForm(askingAgain: { try ReminderPage(ReminderDetails.read(id, web), web, $0) }) {
      let reader = try web.reader
      var read = FormReader(web.form, reader.words)
      let words = read.line("words", 1...QuickForm.longestTitle)
      let version = read.version()
      try read.finish()
      // Pressed twice.
      let isKept = stored.title.utf8.elementsEqual(words.utf8) && stored.version == version + 1
      if isKept { return Change(to: Paths.reminder(id), says: nil, did: []) }
      let zone = stored.schedule.zone
      let at = zone.local(ScheduleFields.fullHour(after: web.now, zone)).text
      let form = Form([
        ("title", words), ("description", stored.description), ("importance", "medium"), ("schedule", "once"), ("at", at),
      ])
      return try save(try ReminderDraft(form, stored: stored, profiles: profiles, reader), over: stored, version: version, web)
    }
  }
}
