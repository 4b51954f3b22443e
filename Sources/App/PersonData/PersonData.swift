import Domain
import HTML
import Postgres
import Web

/// What a person may do with all that is kept of them: take it along, and have it erased.
enum PersonData {
  /// GET /settings/data
  static func page(_ web: Context) throws -> Response { web.page(try PersonDataPage(web)) }

  /// GET /settings/export
  static func export(_ web: Context) throws -> Response {
    let person = try web.person
    // One of its own: the picture is a transaction.
    let db = try web.db.another()
    let file = try BodyFile()
    let begin: () throws -> ID<User>? = {
      _ = try db.rows(Query<Void>.setting(user: person.id, account: person.account, role: person.role))
      return person.id
    }
    try PersonExport.write(at: web.now, db, for: begin) { try file.append($0) }
    var response = Response(
      status: 200,
      headers: [
        ("Content-Type", "application/json"), ("Content-Disposition", "attachment; filename=\"heed.json\""), ("Cache-Control", "no-store"),
      ])
    response.file = file
    return response
  }

  /// POST /settings/deletion
  static func erase(_ web: Context) throws -> Change {
    let person = try web.person
    // Whoever sits at an open session must not try passwords without end.
    try RateLimit.check(RateLimit.signInHere, person.id.text, web)
    return try web.takeForm(askingAgain: { try PersonDataPage(web, $0) }) {
      var read = FormReader(web.form, web.words)
      try Passwords.own("password", &read, person, web)
      try read.finish()
      // What rings of a hundred thousand reminders ends in one statement, which may take nearly as long as a request.
      try web.db.local("statement_timeout", "18000")
      _ = try TeamOutcome(web.db.value("SELECT door.erase_person(\(web.now))")).changed()
      try PersonErasure.begin(now: web.now, web.db)
      return Change(
        to: Paths.signIn, says: web.words("Your account is erased."), did: [AuditEntry("person.erased", "user", person.id.text).shared],
        wakes: web.now, isFollowed: false, session: .ends)
    }
  }
}

/// The page with both.
struct PersonDataPage {
  let layout: Layout
  let tabs: SettingsTabs
  let export = Paths.personExport
  let password: TextField
  let frame: FormFrame

  init(_ web: Context, _ state: FormState = .fresh) throws {
    // Nothing was read before this: without asking who it is, the language would be the browser's.
    let person = try web.person
    let words = web.services.words(person.language)
    var make = FieldBuilder(state)
    layout = try Layout(words("Your data"), .settings, web)
    tabs = SettingsTabs(.data, person, words)
    password = make.text("password", words("Your password"), type: "password", autocomplete: "current-password", required: true)
    frame = FormFrame(make, layout.secret, to: Paths.personDeletion)
  }
}
