import HTML
import Postgres
import Web

/// Everything the person may see that holds some words. What is found the features say (``Feature/search``); here it is put together.
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
    let parts = text.utf8.isEmpty ? [] : try web.read(Reading(all: features.compactMap { $0.search(view) })).flatMap { $0 }
    return web.list(try SearchPage(view, parts, web))
  }
}

/// What was found, kind by kind.
struct SearchPage {
  let layout: Layout
  let action = Paths.search
  let search: String
  let parts: [SearchPart]
  let empty: EmptyState?

  init(_ view: SearchView, _ parts: [SearchPart], _ web: Context) throws {
    let words = view.words
    layout = try Layout(words("Search"), nil, web)
    search = view.text
    self.parts = parts.filter { !$0.rows.isEmpty }
    let isAsked = !view.text.utf8.isEmpty
    empty =
      !self.parts.isEmpty
      ? nil
      : EmptyState(
        icon: "search", title: isAsked ? words("Nothing found") : words("What are you looking for?"),
        text: isAsked
          ? words("None of your reminders, habits, goals and notes holds these words.")
          : words("Words of your reminders, habits, goals and notes; accents and capital letters do not matter."))
  }
}
