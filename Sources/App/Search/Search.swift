import HTML
import Postgres
import Web

/// Everything the person may see that holds some words. What is found the features say (``Feature/search``); here it is put together
/// (RULES 7.8).
enum Search {
  /// GET /search
  static func page(_ web: Context) throws -> Response {
    let text = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let text = read.line("q", 0...200)
      try read.finish()
      return text
    }
    let view = SearchView(text: text, person: try web.person, words: web.words, now: web.now)
    if text.utf8.isEmpty { return web.list(try SearchPage(view, best: [], [], web)) }
    let best = Reading(rows: FoundThing.holding(text, FoundKind.allCases.map(\.rawValue), most: BestMatch.most))
    let (found, parts) = try web.read(best, Reading(all: features.compactMap { $0.search(view) }))
    return web.list(try SearchPage(view, best: found, parts.flatMap { $0 }, web))
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
  let parts: [SearchPart]
  let empty: EmptyState?

  init(_ view: SearchView, best found: [FoundThing], _ parts: [SearchPart], _ web: Context) throws {
    let words = view.words
    layout = try Layout(words("Search"), nil, web)
    search = view.text
    best = found.compactMap { BestMatch($0, words) }
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
