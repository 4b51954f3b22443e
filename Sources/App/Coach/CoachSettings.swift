import Domain
import HTML
import Postgres
import Web

/// What the coach may do.
enum CoachSettings {
  /// GET /settings/coach
  static func form(_ web: Context) throws -> Response { web.page(try CoachSettingsPage(web)) }

  /// POST /settings/coach
  static func save(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try CoachSettingsPage(web, $0) }) {
      let new = try CoachSettingsForm(web.form, person.coach, web.words)
      let changed = try web.db.run(
        """
        UPDATE users SET coach_speak = \(new.speak), coach_model = \(new.model), coach_notes = \(new.notes), weekly_mail = \(new.weeklyMail),
          keeps_events = \(new.events), coach_version = coach_version + 1, updated_at = \(web.now)
        WHERE id = \(person.id) AND coach_version = \(new.version)
        """)
      guard changed == 1 else { throw StaleForm() }
      return Change(
        to: Paths.coachSettings, says: web.words("Saved. It counts from the next message on."),
        did: [AuditEntry("coach.changed", "user", person.id.text, new.changes)])
    }
  }
}

/// The form as it was posted.
struct CoachSettingsForm {
  let speak: CoachSpeak
  let model: Bool
  let notes: Bool
  let weeklyMail: Bool
  let events: Bool
  let version: Int
  /// What is new, for the audit log.
  let changes: [String: String]

  init(_ form: Form, _ stored: CoachWishes, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    var changes = AuditDifference()
    speak = read.choice("speak", stored.speak)
    changes.note("speak", from: stored.speak, to: speak, \.rawValue)
    model = read.flag("model")
    changes.note("model", from: stored.model, to: model) { $0 ? "on" : "off" }
    notes = read.flag("notes")
    changes.note("notes", from: stored.notes, to: notes) { $0 ? "on" : "off" }
    weeklyMail = read.flag("weekly_mail")
    changes.note("weekly_mail", from: stored.weeklyMail, to: weeklyMail) { $0 ? "on" : "off" }
    events = read.flag("events")
    changes.note("events", from: stored.events, to: events) { $0 ? "on" : "off" }
    version = read.version()
    try read.finish()
    self.changes = changes.facts
  }
}

/// The page of these settings.
struct CoachSettingsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let speak: RadioGroup
  let model: Checkbox
  let notes: Checkbox
  let weeklyMail: Checkbox
  let events: Checkbox
  let profile = Paths.profileSettings
  let frame: FormFrame

  init(_ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    let (stored, answers) = (person.coach, words.answers)
    var make = FieldBuilder(state)
    layout = try Layout(words("Coach settings"), .settings, web)
    tabs = SettingsTabs(.coach, person, words)
    speak = RadioGroup(
      field: make.choice(
        "speak", words("When the coach speaks"), stored.speak.rawValue,
        [
          ("all", words("After what you do, and once when something was missed")),
          ("milestones", words("At milestones, goals and weeks")), ("never", words("Never by itself")),
        ], help: words("It answers in a conversation in any case.")))
    model = make.tick(
      "model", words("A model may write the words"), stored.model, says: answers,
      help: web.services.model.map { server in
        words(
          "{model} at {host}: your first name, the names and figures of your habits and what you say in a conversation go there. Off: all words are fixed texts.",
          ["model": server.model, "host": server.endpoint.host])
      } ?? words("Whoever runs this Heed has set none up, so all words are fixed texts."))
    notes = make.tick(
      "notes", words("The model may read your notes"), stored.notes, says: answers,
      help: words("Off: what you note never leaves this Heed."))
    weeklyMail = make.tick(
      "weekly_mail", words("Weekly mail"), stored.weeklyMail, says: answers,
      help: words("On the first day of your week, about the week before."))
    events = make.tick(
      "events", words("Keep a log of what I do here"), stored.events, says: answers,
      help: words(
        "For you, to find out what happened when something looks wrong: habits made and done, goals, tasks and what belongs to them, messages of the coach, with time and date and no texts. Kept 30 days, read by nobody else; the summaries of your days are made of it. Off: nothing more is written."
      ))
    frame = FormFrame(make, layout.secret, to: Paths.coachSettings, carrying: [state.version(stored.version)])
  }
}
