import Domain
import HTML
import Postgres
import Web

/// Everything the person may see that holds some words, in one list (RULES 7.8, 9.44). Below it stands what features show of their kinds
/// (``Feature/search``).
enum Search {
  /// Lists of features take no more characters than that, and no marks.
  private static let longestPlain = 200

  /// GET /search
  static func page(_ web: Context) throws -> Response {
    let asked = try web.query { query, words throws(FormErrors) in try SearchAsked(query, words) }
    let person = try web.person
    let words = web.words
    var query = SearchQuery(asked.text, reader: PhraseReader(try web.reader, person.zone)) { FoundKind.named($0, words)?.rawValue }
    query.narrow(kinds: asked.kinds.map(\.rawValue), tag: asked.tag, since: asked.since, until: asked.until)
    let view = SearchView(text: asked.text, person: person, words: words, now: web.now)
    let sense = try SearchSense.read(asked, query, web)
    if query.isPlain, query.name.utf8.isEmpty { return web.list(try SearchPage(asked, query, SearchFound(), sense, web)) }
    // Features say first what they show of the register.
    let isFirst = asked.after == 0 && query.isPlain && query.stumbles.isEmpty && asked.text.unicodeScalars.count <= longestPlain
    let shown = Reading(all: isFirst ? features.compactMap { $0.search(view) } : [])
    return web.list(try SearchPage(asked, query, try find(query, asked, shown, view, sense, web), sense, web))
  }

  /// All that the page shows.
  private static func find(
    _ query: SearchQuery, _ asked: SearchAsked, _ shown: Reading<[[SearchPart]]>, _ view: SearchView, _ sense: SearchSense, _ web: Context
  ) throws -> SearchFound {
    let kinds = SearchFinder.kinds(query)
    let (told, most) = (max(0, asked.after - SearchFinder.most), asked.after + SearchFinder.most + 1)
    func rows(_ near: [ID<FoundThing>], parts: [String]) -> Query<FoundRow> {
      FoundRow.query(query, kinds, of: view.person, near: near, told: told, most: most, parts: parts)
    }
    // Of kinds that were not chosen it is only said how many there are.
    func counted(_ near: [ID<FoundThing>]) -> Reading<[FoundRow]> {
      let all = query.with(kinds: [])
      let asking = FoundRow.query(all, SearchFinder.kinds(all), of: view.person, near: near, most: 0)
      return asked.kinds.isEmpty ? Reading(all: [Reading<FoundRow>]()) : Reading(rows: asking)
    }
    let reading = Reading(rows: rows([], parts: view.things.kinds)).map { rows in
      view.things.take(rows)
      return rows
    }
    let (words, parts) = try web.read(reading.beside(counted([])), shown)
    var (found, others) = words
    var near: [ID<FoundThing>] = []
    if case .found(let vector) = sense {
      near = try VectorSearch.nearest(to: vector, kinds: kinds, also: SearchFinder.ids(found), web).map(\.thing)
      (found, others) = try web.read(Reading(rows: rows(near, parts: [])), counted(near))
    }
    let similar = SearchFinder.asksForSimilar(query, found) && parts.allSatisfy { $0.allSatisfy(\.rows.isEmpty) }
    return SearchFound(
      rows: found, others: asked.kinds.isEmpty ? nil : others,
      similar: similar ? try web.read(FoundThing.similar(query.text, kinds, most: SearchFinder.most)) : [], near: near,
      parts: parts.flatMap { $0 }.filter { !$0.rows.isEmpty })
  }
}

/// What was read for the page.
struct SearchFound {
  var rows: [FoundRow] = []
  /// How many there are of all kinds; nil: ``rows`` say it.
  var others: [FoundRow]?
  var similar: [FoundThing] = []
  /// By sense, the nearest first.
  var near: [ID<FoundThing>] = []
  var parts: [SearchPart] = []
}
