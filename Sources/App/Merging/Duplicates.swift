import Domain
import HTML
import Postgres
import Web

extension DuplicateReason: Bindable, FromColumn {}

/// People who may be one: suggested, never merged by itself (RULES 9.14, 9.16).
enum Duplicates {
  /// GET /people/duplicates
  static func list(_ web: Context) throws -> Response {
    try web.list {
      let found = try web.read(FoundDuplicate.all)
      let suggestions = DuplicateSuggestion.all(found.map { ($0.first, $0.second, $0.reason) })
      let ids = Array(Set(suggestions.flatMap { [$0.first, $0.second] })).sorted()
      let people: [KnownPerson] = ids.isEmpty ? [] : try web.read(KnownPerson.listed("p.id = ANY (\(ids))"))
      return try DuplicatesPage(suggestions, people, web)
    }
  }
}

/// Two people with something in common.
struct FoundDuplicate {
  let first: ID<KnownPerson>
  let second: ID<KnownPerson>
  let reason: DuplicateReason

  /// Pairs of each reason that are looked for.
  private static let most = 300

  static var all: Query<FoundDuplicate> {
    Query("SELECT d.first, d.second, d.reason FROM door.duplicate_people(\(most)) d", into: FoundDuplicate.init)
  }
}

/// Pairs, the surest first.
struct DuplicatesPage {
  let layout: Layout
  let back = Paths.people
  let summary: ErrorSummary? = nil
  let rows: [DuplicateItem]
  let more: String?
  let empty: EmptyState?

  init(_ suggestions: [DuplicateSuggestion<ID<KnownPerson>>], _ people: [KnownPerson], _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Who may be the same"), .people, web)
    let known = Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
    let pairs = suggestions.compactMap { suggestion -> DuplicatePair? in
      guard let first = known[suggestion.first], let second = known[suggestion.second] else { return nil }
      return DuplicatePair(first: first, second: second, reasons: suggestion.reasons)
    }
    // Of those with nothing but a name in common, the ones of one company first.
    let sure = pairs.filter { $0.reasons != [.name] }
    let named = pairs.filter { $0.reasons == [.name] }
    let sorted = sure + named.filter(\.isOneCompany) + named.filter { !$0.isOneCompany }
    rows = sorted.prefix(PageSize.rows).enumerated().map { DuplicateItem($0.element, mark: "d\($0.offset)", words) }
    let rest = sorted.count - rows.count
    more = rest > 0 ? words("And {n} more, once these are merged.", ["n": String(rest)]) : nil
    empty =
      sorted.isEmpty
      ? EmptyState(
        icon: "done", title: words("Nobody is here twice"),
        text: words("People with one number or one name would stand here, to be merged field by field."),
        way: (words("All people"), Paths.people))
      : nil
  }
}

/// Two of them.
struct DuplicatePair {
  /// Who has been there for longer.
  let first: KnownPerson
  let second: KnownPerson
  let reasons: [DuplicateReason]

  var isOneCompany: Bool { !first.company.utf8.isEmpty && first.company.utf8.elementsEqual(second.company.utf8) }
}

/// One pair in the list.
struct DuplicateItem {
  let mark: String
  let first: Side
  let second: Side
  /// "one number · one name".
  let why: String
  /// The strongest reason, for tools.
  let reason: String
  let merge: Path

  struct Side {
    let path: Path
    let name: String
    let facts: String
  }

  init(_ pair: DuplicatePair, mark: String, _ words: Words) {
    func side(_ person: KnownPerson) -> Side {
      Side(path: Paths.person(person.id), name: person.name, facts: DuplicateItem.facts(person, words))
    }
    (self.mark, first, second) = (mark, side(pair.first), side(pair.second))
    let reasons = pair.reasons.map { DuplicateItem.name($0, words) } + (pair.isOneCompany ? [words("one company")] : [])
    why = reasons.joined(separator: " · ")
    reason = pair.reasons.first?.rawValue ?? ""
    merge = Paths.merge(pair.first.id).adding("with", pair.second.id.text)
  }

  static func name(_ reason: DuplicateReason, _ words: Words) -> String {
    switch reason {
    case .email: words("one e-mail address")
    case .phone: words("one number")
    case .name: words("one name")
    }
  }

  /// What tells people apart.
  static func facts(_ person: KnownPerson, _ words: Words) -> String {
    let parts = [PersonText.name(person.type, words), person.company, person.email, person.phone]
    return parts.filter { !$0.utf8.isEmpty }.joined(separator: " · ")
  }
}
