import Domain
import HTML
import Postgres
import Web

/// Which people a list or a file holds, as its address says.
struct PersonFilter {
  enum Sort: String, CaseIterable {
    case name
    /// The most important first.
    case importance
    /// Who was not heard of for the longest first.
    case contact
  }

  let search: String
  /// nil: all.
  let type: PersonType?
  let tag: String
  let sort: Sort
  /// Behind whom the page begins.
  let after: ID<KnownPerson>?

  /// How many that hold some words are looked through.
  private static let mostFound = 1_000

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    search = read.line("q", 0...SearchQuery.longest)
    let text = read.raw("type")
    type = PersonType.allCases.first { $0.rawValue.utf8.elementsEqual(text.utf8) }
    if type == nil, !text.utf8.isEmpty { read.complain("type", words("Choose one of the values offered.")) }
    tag = read.line("tag", 0...TagList.longest)
    sort = read.choice("sort", Sort.name)
    after = read.after()
    try read.finish()
  }

  /// Whether it is not all of them.
  var isNarrowed: Bool { !search.utf8.isEmpty || type != nil || !tag.utf8.isEmpty }

  /// A page of them and what follows.
  func rows(of person: Person) -> Query<KnownPerson> {
    KnownPerson.listed("\(narrowing(of: person)) AND \(behind) \(order) \(PageSize.limit)")
  }

  /// A condition on people `p`, wherever the page begins.
  func narrowing(of person: Person) -> SQL {
    var parts: SQL = "true"
    if let type { parts = "\(parts) AND p.type = \(type)" }
    if !tag.utf8.isEmpty {
      parts = """
        \(parts) AND p.id IN (SELECT g.thing FROM tags g WHERE g.user_id = (SELECT me()) AND g.tag_norm = normal_title(\(tag)))
        """
    }
    if search.utf8.isEmpty { return parts }
    let keys = [AddressKey.email(search), AddressKey.phone(search, in: person.callingCode)].compactMap(\.self)
    return """
      \(parts) AND p.id IN (SELECT f.id FROM door.find_things(\(search), ARRAY['person'], \(PersonFilter.mostFound), '{}', 0) f
        UNION ALL SELECT a.person_id FROM person_addresses a WHERE a.user_id = (SELECT me()) AND a.live AND a.key = ANY (\(keys)))
      """
  }

  private var behind: SQL {
    guard let after else { return "true" }
    let here: SQL = "FROM people a WHERE a.id = \(after) AND a.user_id = (SELECT me())"
    return switch sort {
    case .name: "(p.name_norm, p.id) > (SELECT a.name_norm, a.id \(here))"
    case .importance:
      """
      p.importance <= (SELECT a.importance \(here)) AND (p.importance < (SELECT a.importance \(here))
        OR (p.name_norm, p.id) > (SELECT a.name_norm, a.id \(here)))
      """
    case .contact:
      "(coalesce(p.last_contact_at, '-infinity'), p.id) > (SELECT coalesce(a.last_contact_at, '-infinity'), a.id \(here))"
    }
  }

  /// Each is an index's.
  var order: SQL {
    switch sort {
    case .name: "ORDER BY p.name_norm, p.id"
    case .importance: "ORDER BY p.importance DESC, p.name_norm, p.id"
    case .contact: "ORDER BY coalesce(p.last_contact_at, '-infinity'), p.id"
    }
  }

  /// The address of the same list from its beginning.
  var path: Path { narrowed(Paths.people).adding("sort", sort == .name ? nil : sort.rawValue) }

  /// The same of all types, or of another.
  func path(_ type: PersonType?) -> Path {
    Paths.people.adding("q", search.utf8.isEmpty ? nil : search).adding("type", type?.rawValue).adding("tag", tag.utf8.isEmpty ? nil : tag)
      .adding("sort", sort == .name ? nil : sort.rawValue)
  }

  /// Another page about the same people.
  func narrowed(_ path: Path) -> Path {
    path.adding("q", search.utf8.isEmpty ? nil : search).adding("type", type?.rawValue).adding("tag", tag.utf8.isEmpty ? nil : tag)
  }
}
