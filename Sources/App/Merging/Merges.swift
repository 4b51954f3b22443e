import Domain
import HTML
import Postgres
import Web

/// The page on which two people are made one, and its button.
enum Merges {
  /// Whom somebody who was merged lies in now, through chains; nil: nobody that lives (RULES 9.16).
  static func survivor(of id: ID<KnownPerson>) -> Query<ID<KnownPerson>> { KnownPerson.survivor(of: id) }

  /// GET /people/:person/merge: with `with` field by field, else who the other one is.
  static func choose(_ web: Context, _ id: ID<KnownPerson>) throws -> Response {
    _ = try web.person
    let (survivors, people) = try web.read(KnownPerson.survivor(of: id), KnownPerson.mine("p.id = \(id)"))
    if let survivor = survivors.first { return .seeOther(Paths.person(survivor).text) }
    if people.isEmpty { throw Failure.notFound }
    let (text, search) = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let found = (read.raw("with"), read.line("q", 0...200))
      try read.finish()
      return found
    }
    if text.utf8.isEmpty { return web.page(try PersonMergePage(id, with: nil, search: search, web)) }
    let other = ID<KnownPerson>(text)
    let page = try PersonMergePage(id, with: other, search: search, web)
    if page.choice != nil { return web.page(page) }
    let errors = FormErrors("other", complaint(other == id, web.words))
    return web.page(try PersonMergePage(id, with: nil, search: search, web, .refused(Form(), errors)), status: 422)
  }

  /// POST /people/:person/merge
  static func merge(_ web: Context, _ id: ID<KnownPerson>) throws -> Change {
    let with = try web.deadlineWriting
    let other = web.form.text("other").flatMap { ID<KnownPerson>($0) }
    return try web.takeForm(askingAgain: { try PersonMergePage(id, with: other, web, $0) }) {
      let commands = try MergeCommands.find(id, other, with)
      var read = FormReader(web.form, web.words)
      var keep: [PersonMergePlan.Field: PersonMergePlan.Choice] = [:]
      for field in PersonMergePlan.Field.allCases {
        keep[field] = read.choice("keep_" + field.rawValue, PersonMergePlan.standard(field, commands.this.fields))
      }
      try read.finish()
      let outcome = try commands.merge(keep)
      return Change(
        to: Paths.person(id),
        says: web.words("“{gone}” is merged into “{name}”.", ["gone": commands.other.name, "name": outcome.name]),
        undo: Paths.undo(ID<PlannerUndo>(high: outcome.id.high, low: outcome.id.low)), did: outcome.entries, wakes: web.now)
    }
  }

  private static func complaint(_ isItself: Bool, _ words: Words) -> String {
    isItself ? words("Nobody can be merged into themselves. Choose somebody else.") : words("Choose one of your people.")
  }
}
