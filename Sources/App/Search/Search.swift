import Domain
import HTML
import Postgres
import Web

/// Everything the person may see that holds some words. What is found the features say (``Feature/search``); here it is put together
/// (RULES 7.8).
enum Search {
  /// What the address asks for.
  private struct Asked {
    let text: String
    let kinds: [FoundKind]
    let tag: String
    let since: Day?
    let until: Day?

    init(_ form: Form, _ words: Words) throws(FormErrors) {
      var read = FormReader(form, words)
      text = read.line("q", 0...SearchQuery.longest)
      let named = form.all("kind").filter { $0 != .text("") }.map { value -> FoundKind? in
        guard case .text(let text) = value else { return nil }
        return FoundKind.allCases.first { $0.rawValue.utf8.elementsEqual(text.utf8) }
      }
      if named.contains(where: { $0 == nil }) { read.complain("kind", words("Choose one of the values offered.")) }
      kinds = named.compactMap(\.self)
      tag = read.line("tag", 0...TagList.longest)
      (since, until) = (read.day("since"), read.day("until"))
      try read.finish()
    }
  }

  /// GET /search
  static func page(_ web: Context) throws -> Response {
    let asked = try web.query { query, words throws(FormErrors) in try Asked(query, words) }
    let person = try web.person
    let words = web.words
    var query = SearchQuery(asked.text, reader: PhraseReader(try web.reader, person.zone)) { FoundKind.named($0, words)?.rawValue }
    query.narrow(kinds: asked.kinds.map(\.rawValue), tag: asked.tag, since: asked.since, until: asked.until)
    let view = SearchView(text: asked.text, person: person, words: words, now: web.now)
    if asked.text.utf8.isEmpty, query.isPlain { return web.list(try SearchPage(view, best: [], [], web)) }
    let all = FoundKind.allCases.map(\.rawValue)
    // Lists take no more than that, and no marks.
    if !query.isPlain || asked.text.unicodeScalars.count > 200 {
      let kinds = query.kinds.isEmpty ? all : query.kinds
      return web.list(try SearchPage(view, best: web.read(FoundThing.marked(query, kinds, of: person, most: BestMatch.mostAlone)), [], web))
    }
    // Features say first what they show of the register.
    let shown = Reading(all: features.compactMap { $0.search(view) })
    let (found, parts) = try web.read(view.things.best(holding: view.text, all, most: BestMatch.most), shown)
    let sections = parts.flatMap { $0 }
    if found.isEmpty, sections.allSatisfy({ $0.rows.isEmpty }) {
      return web.list(try SearchPage(view, best: web.read(FoundThing.similar(view.text, all)), [], web))
    }
    return web.list(try SearchPage(view, best: found, sections, web))
  }
}

/// What was found, kind by kind.
struct SearchPage {
  let layout: Layout
  let action = Paths.search
  let search: String
  /// Things of whatever kind, those that are called so first.
  let best: [BestMatch]
  var hasBest: Bool { !best.isEmpty }
  let bestTitle: String
  let parts: [SearchPart]
  let empty: EmptyState?

  init(_ view: SearchView, best found: [FoundThing], _ parts: [SearchPart], _ web: Context) throws {
    let words = view.words
    layout = try Layout(words("Search"), nil, web)
    search = view.text
    best = found.compactMap { BestMatch($0, words) }
    let isSimilar = found.contains { $0.match == .similar }
    bestTitle = isSimilar ? words("Nothing holds these words. Names like them:") : words("Best matches")
    self.parts = parts.filter { !$0.rows.isEmpty }
    let isAsked = !view.text.utf8.isEmpty
    empty =
      !(self.parts.isEmpty && best.isEmpty)
      ? nil
      : EmptyState(
        icon: "search", title: isAsked ? words("Nothing found") : words("What are you looking for?"),
        text: isAsked
          ? words("Nothing that you may see holds these words.")
          : words(
            "Words of your reminders, habits, goals, notes, contacts and profiles, and of the desk; accents and capital letters do not matter."
          ))
  }
}
