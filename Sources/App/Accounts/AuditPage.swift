import Domain
import HTML
import Postgres
import Web

/// Who did what, newest first.
enum AuditTrail {
  /// GET /settings/audit
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try AuditFilter(query, words) }
    let zone = filter.hasDays ? try web.person.zone : nil
    let rows = try web.read(filter.rows(in: zone))
    return web.list(try AuditPage(rows, filter, web))
  }
}

/// An entry as the page shows it.
struct AuditTrailRow {
  let number: Int64
  let at: Instant
  let actor: String
  /// Whether whoever reads it did it.
  let isMine: Bool
  /// Of another member who did it; nil: of nobody who is in the account now.
  let name: String?
  let action: String
  /// What kind of thing was changed: `reminder`, `user`, …
  let subject: String
  /// Its id; nil: nothing that has one.
  let about: ID<AuditSubject>?
  /// nil: erased with the person's data.
  let payload: String?
  let address: String
  /// What it is about, as it is now; nil: nothing that has a page, or deleted since.
  let thing: ID<AuditSubject>?
  let title: String?
}

/// The audit page.
struct AuditPage {
  let layout: Layout
  let tabs: SettingsTabs
  let filters: Filters
  let events = Paths.events
  let rows: [Row]
  let next: Path?
  let empty: EmptyState?

  /// What the list is narrowed by.
  struct Filters {
    let action = Paths.audit
    let who: Select
    let what: TextField
    let subject: TextField
    let from: TextField
    let until: TextField
  }

  struct Row {
    /// `reminder.made`, for tools.
    let kind: String
    let sentence: String
    let path: Path?
    let changes: AuditChanges?
    let time: TimeText
    let actor: String
    let address: String
    /// All that was done to the same thing.
    let same: Path?
  }

  init(_ entries: [AuditTrailRow], _ filter: AuditFilter, _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Audit"), .settings, web)
    tabs = SettingsTabs(.audit, person, words)
    let page = PageOf(entries)
    rows = page.rows.map { entry in
      let told = AuditWords(entry, words) { TimeText($0, person, web.clock) }
      return Row(
        kind: entry.action, sentence: told.sentence, path: entry.thing.flatMap { AuditSubject.path(entry.subject, $0) },
        changes: AuditChanges(told.details),
        time: TimeText(entry.at, person, web.clock), actor: AuditPage.actor(entry, words), address: entry.isMine ? entry.address : "",
        same: filter.subject.utf8.isEmpty ? entry.about.map { Paths.audit.adding("subject", $0.text) } : nil)
    }
    next = page.last.map { filter.path().adding("after", String($0.number)) }
    filters = AuditPage.filters(filter, words)
    empty =
      !rows.isEmpty
      ? nil
      : filter.isOff
        ? EmptyState(icon: "history", title: words("Nothing yet"), text: words("What is changed from now on stands here."))
        : EmptyState(
          icon: "search", title: words("Nothing matches"), text: words("No entry is like that."),
          way: (words("Clear search and filters"), Paths.audit))
  }

  private static func filters(_ filter: AuditFilter, _ words: Words) -> Filters {
    var make = FieldBuilder()
    return Filters(
      who: make.choice(
        "who", words("Who"), filter.who.rawValue,
        AuditFilter.Who.allCases.map { ($0.rawValue, AuditPage.name($0, words)) }),
      what: make.text("what", words("What"), filter.what, help: words("Such as made, changed or deleted."), maxLength: 200),
      subject: make.text("subject", words("About"), filter.subject, help: words("Such as habit, agent or session."), maxLength: 200),
      from: make.text("from", words("From"), filter.from?.iso ?? "", type: "date"),
      until: make.text("until", words("Until"), filter.until?.iso ?? "", type: "date"))
  }

  private static func name(_ who: AuditFilter.Who, _ words: Words) -> String {
    switch who {
    case .anyone: words("Anybody")
    case .me: words("You")
    case .others: words("Others of the team")
    case .assistant: words("The assistant")
    case .link: words("A signed link")
    case .sms: words("An SMS")
    case .webhook: words("A webhook")
    case .key: words("An API key")
    case .operator: words("The operator")
    case .system: words("Heed")
    }
  }

  private static func actor(_ entry: AuditTrailRow, _ words: Words) -> String {
    switch entry.actor {
    case "user": entry.isMine ? words("You") : entry.name ?? words("Somebody who has left")
    case "assistant":
      words("The assistant, for {name}", ["name": entry.isMine ? words("you") : entry.name ?? words("somebody who has left")])
    case "link": words("A signed link")
    case "sms": words("An SMS")
    case "webhook": words("A webhook")
    case "key": words("An API key")
    case "operator": words("The operator")
    default: words("Heed")
    }
  }
}

/// What unfolds below an entry.
struct AuditChanges {
  let details: [AuditWords.Detail]

  /// nil when the sentence says it all.
  init?(_ details: [AuditWords.Detail]) {
    if details.isEmpty { return nil }
    self.details = details
  }
}
