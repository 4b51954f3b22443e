import Domain
import HTML
import Net
import Postgres
import Web

/// What of a person's planner may be sent to a model: nothing, until they switch it on, kind by kind (RULES 9.45).
enum PrivacySettings {
  /// GET /settings/privacy
  static func form(_ web: Context) throws -> Response { web.page(try PrivacySettingsPage(web)) }

  /// POST /settings/privacy
  static func save(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try PrivacySettingsPage(web, $0) }) {
      let new = try PrivacyChange(web.form, person, web.words)
      let changed = try web.db.run(
        """
        UPDATE users SET model_kinds = \(new.kinds.map(\.rawValue)), version = version + 1, updated_at = \(web.now)
        WHERE id = \(person.id) AND version = \(new.version)
        """)
      guard changed == 1 else { throw StaleForm() }
      return Change(
        to: Paths.privacySettings, says: web.words("Your settings are saved."),
        did: [AuditEntry("settings.changed", "user", person.id.text, new.changes)])
    }
  }
}

/// The form as it was posted.
struct PrivacyChange {
  let kinds: [ThingKind]
  let version: Int
  /// What is new, for the audit log.
  let changes: [String: String]

  init(_ form: Form, _ person: Person, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    var changes = AuditDifference()
    let sent = form.all("model")
    let isKnown = sent.allSatisfy { value in value == .text("") || ThingKind.allCases.contains { value == .text($0.rawValue) } }
    if !isKnown { read.complain("model", words("Choose one of the values offered.")) }
    kinds = ThingKind.allCases.filter { sent.contains(.text($0.rawValue)) }
    let before = ThingKind.allCases.filter { person.modelKinds.contains($0) }
    changes.note("model_kinds", from: PrivacyChange.text(before), to: PrivacyChange.text(kinds))
    version = read.version()
    try read.finish()
    self.changes = changes.facts
  }

  private static func text(_ kinds: [ThingKind]) -> String { kinds.map(\.rawValue).joined(separator: " ") }
}

/// The page of these settings.
struct PrivacySettingsPage {
  let layout: Layout
  let tabs: SettingsTabs
  /// Where it would go, and what.
  let server: String
  let kinds: Select
  let frame: FormFrame

  init(_ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Privacy"), .settings, web)
    tabs = SettingsTabs(.privacy, person, words)
    server = PrivacySettingsPage.server(web.services.model, words)
    var make = FieldBuilder(state)
    kinds = make.boxes(
      "model", words("A model may be told of"), ThingKind.allCases.filter { person.modelKinds.contains($0) }.map(\.rawValue),
      ThingKind.allCases.map { ($0.rawValue, PrivacySettingsPage.name($0, words)) }, sentWith: "version")
    frame = FormFrame(make, layout.secret, to: Paths.privacySettings, carrying: [state.version(person.version)])
  }

  private static func server(_ server: ModelServer?, _ words: Words) -> String {
    guard let server else { return words("Whoever runs this Heed has set up no model: nothing is sent to one.") }
    let host = server.endpoint.host
    let says = words(
      "{model} at {host} words the summaries of your days and weeks. For that the titles of what you tick go there, with dates and figures.",
      ["model": server.model, "host": host])
    let address = HTTPTarget(server.endpoint.url)?.address
    let isHere = address.map { AddressGuard().refusal(of: $0) == .local } ?? false
    return isHere ? says + " " + words("This address is on the machine that Heed runs on.") : says
  }

  private static func name(_ kind: ThingKind, _ words: Words) -> String {
    switch kind {
    case .task: words("Tasks")
    case .goal: words("Goals")
    case .problem: words("Problems")
    case .deadline: words("Deadlines")
    case .person: words("People")
    case .place: words("Places")
    case .event: words("Calendar")
    }
  }
}
