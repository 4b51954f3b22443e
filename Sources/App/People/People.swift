import Domain
import HTML
import Postgres
import Web

/// The people's pages, forms and buttons.
enum People {
  /// GET /people
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try PersonFilter(query, words) }
    return try web.list {
      let person = try web.person
      let isFirst = !filter.isNarrowed && filter.after == nil
      let due = PeopleDue.query(web.clock.day(in: person.zone), until: web.clock.midnight(in: person.zone))
      let somebody = Query<Bool>(column: "SELECT EXISTS (SELECT FROM people WHERE user_id = (SELECT me()) AND deleted_at IS NULL)")
      let (rows, hasAny) = try web.read(filter.rows(of: person), somebody)
      let found: [KnownPerson] = isFirst ? try web.read(due) : []
      return try PersonListPage(PageOf(rows), filter, hasAny: hasAny == [true], due: isFirst ? found : nil, web)
    }
  }

  /// GET /people/new
  static func new(_ web: Context) throws -> Response {
    _ = try web.person
    return web.page(try PersonFormPage(web))
  }

  /// POST /people: by the long form, or by a line (`quick`).
  static func create(_ web: Context) throws -> Change {
    let with = try web.deadlineWriting
    if web.form.first("quick") != nil {
      return try web.takeForm(askingAgain: { try QuickPersonPage($0, web) }) {
        let quick = try QuickPerson(web.form, web.reader)
        return try made(quick.draft, field: "quick", with, web)
      }
    }
    return try web.takeForm(askingAgain: { try PersonFormPage(web, $0) }) {
      try made(PersonDraft(web.form, web.reader), field: nil, with, web)
    }
  }

  private static func made(_ draft: PersonDraft, field: String?, _ with: DeadlineWriting, _ web: Context) throws -> Change {
    let outcome = try complaining(field, web) { try PersonCommands.make(draft, with) }
    if draft.fields.stayInTouch != nil { try checkQuota(web) }
    return Change(
      to: Paths.person(outcome.id), says: web.words("{name} is among your people.", ["name": draft.fields.name]), did: outcome.entries,
      wakes: draft.fields.stayInTouch == nil ? nil : web.now)
  }

  /// GET /people/:person; of somebody who was merged, the page of whom they lie in.
  static func show(_ web: Context, _ id: ID<KnownPerson>) throws -> Response {
    do {
      return web.list(try PersonPage(PersonDetails.read(id, web), web))
    } catch {
      guard (error as? Failure) == .notFound, let survivor = try web.read(KnownPerson.survivor(of: id)).first else { throw error }
      return .seeOther(Paths.person(survivor).text)
    }
  }

  /// GET /people/:person/edit
  static func edit(_ web: Context, _ id: ID<KnownPerson>) throws -> Response {
    guard let person = try web.read(KnownPerson.mine("p.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try PersonFormPage(web, stored: person))
  }

  /// POST /people/:person
  static func save(_ web: Context, _ id: ID<KnownPerson>) throws -> Change {
    let commands = try PersonCommands.find(id, web.deadlineWriting)
    return try web.takeForm(askingAgain: { try PersonFormPage(web, $0, stored: commands.person) }) {
      let draft = try PersonDraft(web.form, stored: commands.person, web.reader)
      let outcome = try complaining(nil, web) { try commands.save(draft) }
      if draft.fields.stayInTouch != nil, commands.person.reminder == nil { try checkQuota(web) }
      return Change(to: Paths.person(id), says: web.words("Saved."), did: outcome.entries, wakes: web.now)
    }
  }

  // MARK: - The trash

  /// POST /people/:person/deletion
  static func delete(_ web: Context, _ id: ID<KnownPerson>) throws -> Change {
    let commands = try PersonCommands.find(id, web.deadlineWriting)
    let outcome = try commands.delete()
    return Change(
      to: Paths.people, says: web.words("“{name}” is deleted.", ["name": commands.person.name]), undo: outcome.undo, did: outcome.entries)
  }

  /// POST /trash/person/:person/restoration: where somebody else has an address by now, it is asked what to do.
  static func restore(_ web: Context, _ id: ID<KnownPerson>) throws -> Change {
    let known: Bool? = try web.db.value("SELECT true FROM people WHERE id = \(id) AND user_id = (SELECT me()) AND merged_into IS NULL")
    guard known != nil else { throw Failure.notFound }

    var read = FormReader(web.form, web.words)
    let isWithout = read.flag("without")
    let isTicked = read.flag("reminders")
    let other = read.ids("merge", web.words("Choose one of your people."), of: KnownPerson.self).first
    if let complaint = read.errors.complaints.first { throw Failure.misread(complaint.text) }
    if let other, try web.db.row(KnownPerson.mine("p.id = \(other)")) == nil {
      throw Failure.misread(web.words("Choose one of your people."))
    }
    do {
      let outcome = try PersonCommands.restore(
        id, without: isWithout || other != nil, reminders: isTicked || web.isToRingAgain, web.deadlineWriting)
      if outcome.isNothing { return Change(to: Paths.person(id), says: web.words("It was so already."), did: []) }
      // Which field is whose is chosen there.
      if let other {
        return Change(
          to: Paths.merge(other).adding("with", id.text), says: web.words("They are back. Choose what stays of both."), did: outcome.entries
        )
      }
      let says = web.words("They are back.")
      let silent = web.words("Nothing rings to stay in touch with them: edit them to have it again.")
      return Change(
        to: Paths.person(id), says: outcome.isSilent ? says + " " + silent : says, did: outcome.entries, wakes: web.now)
    } catch {
      guard let refusal = error as? PersonRefusal, case .takenMeanwhile(let holders) = refusal else { throw error }
      return .refused(web.page(try PersonChoicePage(id, holders, refusal, web), status: 409))
    }
  }

  // MARK: - What they share

  /// Makes a complaint of a form of what cannot be.
  ///
  /// - Parameter field: where the form has one alone.
  private static func complaining<Value>(_ field: String?, _ web: Context, _ make: () throws -> Value) throws -> Value {
    do {
      return try make()
    } catch {
      guard let refusal = error as? PersonRefusal else { throw error }
      throw refusal.errors(field, web.words)
    }
  }

  /// What rings to stay in touch is a reminder like others.
  private static func checkQuota(_ web: Context) throws {
    do {
      try web.services.quota.check(isNew: true, grownBy: 0, web)
    } catch {
      guard let errors = error as? FormErrors, let complaint = errors.complaints.first else { throw error }
      throw FormErrors("stay_in_touch", complaint.text)
    }
  }
}

/// Asks what is to become of somebody in the trash whose address another has by now: one button for each choice, the same post with one more field (409,
/// RULES 9.15).
struct PersonChoicePage {
  let layout: Layout
  let summary: ErrorSummary? = nil
  let back = Paths.trash
  let secret: CSRFField
  let text: String
  let action: Path
  let choices: [Choice]

  struct Choice {
    let field: HiddenField
    let label: String
    let isFirst: Bool
  }

  init(_ id: ID<KnownPerson>, _ holders: [AddressHolder], _ refusal: PersonRefusal, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("The address is taken"), .people, web, takesFlash: false)
    secret = layout.secret
    text = refusal.sentence(words)
    action = web.isToRingAgain ? Paths.personRestoration(id).adding("reminders", "on") : Paths.personRestoration(id)
    var seen: Set<ID<KnownPerson>> = []
    let merges = holders.filter { seen.insert($0.id).inserted }.map { holder in
      Choice(
        field: HiddenField(name: "merge", value: holder.id.text), label: words("Merge into {name}", ["name": holder.name]), isFirst: true)
    }
    choices =
      merges + [
        Choice(field: HiddenField(name: "without", value: "on"), label: words("Restore without the address"), isFirst: false)
      ]
  }
}
