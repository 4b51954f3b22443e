import Domain
import HTML
import Postgres
import Web

/// What of a person's things may be sent to a model: nothing, until they switch it on, kind by kind; and what has been (RULES 9.12, 9.45).
enum PrivacySettings {
  /// GET /settings/privacy
  static func form(_ web: Context) throws -> Response {
    let after: ID<ModelRun>? = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let after: ID<ModelRun>? = read.after()
      try read.finish()
      return after
    }
    return web.page(try PrivacySettingsPage(web, after: after))
  }

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
  let kinds: [ModelKind]
  let version: Int
  /// What is new, for the audit log.
  let changes: [String: String]

  init(_ form: Form, _ person: Person, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    var changes = AuditDifference()
    let sent = form.all("model")
    let isKnown = sent.allSatisfy { value in value == .text("") || ModelKind.allCases.contains { value == .text($0.rawValue) } }
    if !isKnown { read.complain("model", words("Choose one of the values offered.")) }
    kinds = ModelKind.allCases.filter { sent.contains(.text($0.rawValue)) }
    let before = ModelKind.allCases.filter { person.modelKinds.contains($0) }
    changes.note("model_kinds", from: PrivacyChange.text(before), to: PrivacyChange.text(kinds))
    version = read.version()
    try read.finish()
    self.changes = changes.facts
  }

  private static func text(_ kinds: [ModelKind]) -> String { kinds.map(\.rawValue).joined(separator: " ") }
}
