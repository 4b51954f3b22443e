import Domain
import HTML
import Postgres
import Web

/// The list of people: who is due, then all by name.
struct PersonListPage {
  let layout: Layout
  let secret: CSRFField
  let quick: TextField
  let nonce: HiddenField
  let create = Paths.people
  /// nil: it is narrowed, or goes on.
  let due: PeopleDue?
  let chips: Chips
  /// nil: there is nobody to narrow.
  let filters: Filters?
  let rows: [PersonItem]
  let next: Path?
  let empty: EmptyState?
  let new = Paths.newPerson
  let duplicates = Paths.duplicates
  let bringing = Paths.peopleImport
  let cards: Path
  let table: Path

  /// Whether somebody is due.
  var isDue: Bool { due.map { !$0.rows.isEmpty } ?? false }

  struct Filters {
    let action = Paths.people
    let hidden: [HiddenField]
    let search: String
    let tag: TextField
    let sort: Select
    /// Whether any of them is set.
    let isOpen: Bool
  }

  /// - Parameters:
  ///   - hasAny: whether the person knows anybody.
  ///   - due: who is; nil: it is not asked.
  init(_ page: PageOf<KnownPerson>, _ filter: PersonFilter, hasAny: Bool, due: [KnownPerson]?, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("People"), .people, web)
    secret = layout.secret
    quick = PersonListPage.quick(.fresh, words)
    nonce = FormState.fresh.nonce("person", entries: person.entries)
    self.due = due.map {
      PeopleDue($0, today: web.clock.day(in: person.zone), until: web.clock.midnight(in: person.zone), person, words)
    }
    let all = Chip(path: filter.path(nil), label: words("All", context: "people"), count: nil, isCurrent: filter.type == nil)
    chips = Chips(
      [all]
        + PersonType.allCases.map { type in
          Chip(path: filter.path(type), label: PersonText.name(type, words), count: nil, isCurrent: type == filter.type)
        })
    filters = hasAny ? Filters(filter, words) : nil
    rows = page.rows.enumerated().map { PersonItem($1, mark: "r\($0)", person, web.clock, words) }
    next = page.last.map { filter.path.adding("after", $0.id.text) }
    empty = page.rows.isEmpty ? PersonListPage.empty(hasAny, words) : nil
    (cards, table) = (filter.narrowed(Paths.peopleCards), filter.narrowed(Paths.peopleTable))
  }

  /// The line by which somebody is added.
  static func quick(_ state: FormState, _ words: Words) -> TextField {
    var make = FieldBuilder(state)
    return quick(&make, words)
  }

  static func quick(_ make: inout FieldBuilder, _ words: Words) -> TextField {
    make.text(
      "quick", words("Add somebody in one line"), help: words("A name, e-mail addresses and telephone numbers."), required: true,
      maxLength: QuickPerson.longest)
  }

  private static func empty(_ hasAny: Bool, _ words: Words) -> EmptyState {
    if !hasAny {
      return EmptyState(icon: "person", title: words("Your people"), text: words("Nobody here yet. Add one, or bring a vCard."))
    }
    return EmptyState(
      icon: "search", title: words("Nothing matches"), text: words("Nobody whom you know is like that."),
      way: (words("Show all"), Paths.people))
  }
}

extension PersonListPage.Filters {
  init(_ filter: PersonFilter, _ words: Words) {
    var make = FieldBuilder()
    hidden = filter.type.map { [HiddenField(name: "type", value: $0.rawValue)] } ?? []
    search = filter.search
    tag = make.text("tag", words("Tag"), filter.tag, maxLength: TagList.longest)
    sort = make.choice(
      "sort", words("Order"), filter.sort.rawValue,
      [
        ("name", words("By name")), ("importance", words("Most important first")), ("contact", words("Longest not heard of first")),
      ])
    isOpen = !filter.tag.utf8.isEmpty || filter.sort != .name
  }
}

/// One of them in a list.
struct PersonItem {
  let mark: String
  let path: Path
  let name: String
  let type: String
  let label: String
  /// Company, importance, tags.
  let facts: String
  let last: TimeText?

  init(_ person: KnownPerson, mark: String, _ reader: Person, _ clock: PageClock, _ words: Words) {
    self.mark = mark
    (path, name) = (Paths.person(person.id), person.name)
    (type, label) = (person.type.rawValue, PersonText.name(person.type, words))
    let work = [person.title, person.company].filter { !$0.utf8.isEmpty }.joined(separator: ", ")
    facts =
      ([work.utf8.isEmpty ? nil : work, PersonText.importance(person.importance, words)].compactMap(\.self) + person.tags.map { "#" + $0 })
      .joined(separator: " · ")
    last = person.lastContactAt.map { TimeText($0, reader, clock) }
  }
}
