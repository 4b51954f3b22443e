import Domain
import HTML
import Postgres
import Web

/// What the list of places shows, as its address says.
struct PlaceFilter {
  /// nil: all.
  let type: PlaceType?
  /// What their names or addresses hold; empty: anything.
  let search: String
  /// The place behind which the page begins.
  let after: ID<Place>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    let text = read.raw("type")
    type = PlaceType.allCases.first { $0.rawValue.utf8.elementsEqual(text.utf8) }
    if type == nil, !text.utf8.isEmpty { read.complain("type", words("Choose one of the values offered.")) }
    search = read.line("q", 0...200)
    after = read.after()
    try read.finish()
  }

  /// A page of them and what follows, by name.
  var rows: Query<Place> {
    let behind: SQL = """
      (\(after == nil) OR (p.name_norm, p.id)
        > (SELECT a.name_norm, a.id FROM places a WHERE a.id = \(after)::uuid AND a.user_id = (SELECT me())))
      """
    return Place.mine("\(which) AND \(behind) ORDER BY p.name_norm, p.id \(PageSize.limit)")
  }

  /// A condition on `p`.
  var which: SQL {
    """
    (\(type == nil) OR p.type = \(type)) AND (\(search) = ''
      OR strpos(plain(concat_ws(' ', p.name, p.address, p.city, p.state, p.country)), plain(\(search))) > 0)
    """
  }

  /// Whether it leaves any out.
  var isNarrowed: Bool { type != nil || !search.utf8.isEmpty }

  /// The address of the same list from its beginning.
  var path: Path { path(type) }

  /// The same of another type, or of all.
  func path(_ type: PlaceType?) -> Path { adding(to: Paths.places, type) }

  /// Where the same places are a table.
  var table: Path { adding(to: Paths.placesTable, type) }

  private func adding(to path: Path, _ type: PlaceType?) -> Path {
    path.adding("type", type?.rawValue).adding("q", search.utf8.isEmpty ? nil : search)
  }
}

/// The list of places.
struct PlaceListPage {
  let layout: Layout
  let chips: Chips
  let action = Paths.places
  let hidden: [HiddenField]
  let search: String
  let rows: [PlaceItem]
  let next: Path?
  let empty: EmptyState?
  let new = Paths.newPlace
  /// nil: there is nothing to take along.
  let table: Path?

  init(_ page: PageOf<Place>, _ filter: PlaceFilter, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Places"), .places, web)
    let all = Chip(path: filter.path(nil), label: words("All", context: "places"), count: nil, isCurrent: filter.type == nil)
    chips = Chips(
      [all]
        + PlaceType.allCases.map {
          Chip(path: filter.path($0), label: PlaceText.name($0, words), count: nil, isCurrent: $0 == filter.type)
        })
    hidden = filter.type.map { [HiddenField(name: "type", value: $0.rawValue)] } ?? []
    search = filter.search
    rows = page.rows.map { PlaceItem($0, words) }
    next = page.last.map { filter.path.adding("after", $0.id.text) }
    table = page.rows.isEmpty ? nil : filter.table
    empty = page.rows.isEmpty ? PlaceListPage.empty(filter, words) : nil
  }

  private static func empty(_ filter: PlaceFilter, _ words: Words) -> EmptyState {
    if filter.isNarrowed {
      return EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No place is like that."),
        way: (words("Clear search and filters"), Paths.places))
    }
    return EmptyState(
      icon: "place", title: words("No places yet"),
      text: words("A place is somewhere you go: where people work and live, and where events take place."))
  }
}

/// One place in a list.
struct PlaceItem {
  let path: Path
  let name: String
  let facts: String

  init(_ place: Place, _ words: Words) {
    (path, name) = (Paths.place(place.id), place.name)
    let line = place.fields.addressLine
    facts = ([PlaceText.name(place.type, words)] + (line.utf8.isEmpty ? [] : [line]) + place.tags.map { "#" + $0 }).joined(separator: " · ")
  }
}

/// What people are told about a place.
enum PlaceText {
  static func name(_ type: PlaceType, _ words: Words) -> String {
    switch type {
    case .location: words("Place", context: "kind of place")
    case .home: words("Home", context: "kind of place")
    case .office: words("Office", context: "kind of place")
    case .restaurant: words("Restaurant", context: "kind of place")
    case .venue: words("Venue", context: "kind of place")
    }
  }
}
