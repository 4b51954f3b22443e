import Domain
import HTML
import Web

/// What was found, the best first.
struct SearchPage {
  let layout: Layout
  let action = Paths.search
  let text: String
  /// Marks that say nothing, which are left out.
  let complaints: [String]
  /// Whatever narrows the list beside the words.
  let hidden: [HiddenField]
  let tag: String
  let since: String
  let until: String
  /// Whether the fields for that are open.
  let isNarrowed: Bool
  let marks: [SearchText.Mark]
  let chips: [SearchChip]
  var hasChips: Bool { !chips.isEmpty }
  /// Things of whatever kind, those that are called so first.
  let best: [SearchItem]
  var hasBest: Bool { !best.isEmpty }
  let bestTitle: String
  /// What features show of kinds, beyond the list.
  let parts: [SearchPart]
  /// The same of kinds of which all stands in the list.
  let folded: [SearchPart]
  var hasFolded: Bool { !folded.isEmpty }
  /// What to leave out where nothing is found.
  let looser: [SearchWay]
  var hasLooser: Bool { !looser.isEmpty }
  let empty: EmptyState?
  let next: Path?
  let sense: SearchSense
  let secret: CSRFField
  let senseAction = Paths.searchSense
  let senseText: String

  /// Another search.
  struct SearchWay {
    let path: Path
    let label: String
  }

  var isOffered: Bool { if case .offered = sense { true } else { false } }
  var isWaiting: Bool { if case .waiting = sense { true } else { false } }
  var isMissing: Bool { if case .missing = sense { true } else { false } }
  /// Whether what did not answer can be asked again.
  var isAskedAgain: Bool { if case .missing(let canAsk) = sense { canAsk } else { false } }
  /// Whether meaning had its say.
  var isBySense: Bool { if case .found = sense { true } else { false } }
  var hasComplaints: Bool { !complaints.isEmpty }

  init(_ asked: SearchAsked, _ query: SearchQuery, _ found: SearchFound, _ sense: SearchSense, _ web: Context) throws {
    let words = web.words
    var layout = try Layout(words("Search"), nil, web)
    if case .waiting = sense { layout.isAwaited = true }
    (self.layout, secret, self.sense) = (layout, layout.secret, sense)
    text = asked.text
    senseText = asked.text
    complaints = query.stumbles.map { SearchText.complaint($0, words) }
    hidden = asked.kinds.map { HiddenField(name: "kind", value: $0.rawValue) }
    (tag, since, until) = (asked.tag, asked.since?.iso ?? "", asked.until?.iso ?? "")
    isNarrowed = !asked.tag.utf8.isEmpty || asked.since != nil || asked.until != nil
    marks = SearchText.marks(words)
    let isAsked = !query.isPlain || !query.name.utf8.isEmpty
    let all = SearchFinder.hits(found.rows, similar: found.similar, near: found.near)
    let shown = all.dropFirst(asked.after).prefix(SearchFinder.most)
    let notes = Dictionary(found.parts.flatMap(\.rows).map { ($0.path.text, $0.note) }) { first, _ in first }
    let marker = SearchMarks(query.terms)
    let items = shown.compactMap { SearchItem($0, marker, notes: notes, words) }
    best = items
    let isSimilar = !found.similar.isEmpty && found.near.isEmpty
    bestTitle = isSimilar ? words("Nothing holds these words. Names like them:") : words("Best matches")
    let listed = Set(items.map(\.path.text))
    parts = found.parts.filter { part in part.rows.contains { !listed.contains($0.path.text) } }
    folded = found.parts.filter { part in part.rows.allSatisfy { listed.contains($0.path.text) } }
    let end = asked.after + SearchFinder.most
    next = all.count > end && end < SearchFinder.deepest ? asked.path().adding("after", String(end)) : nil
    chips = isAsked && isSimilar == false ? SearchPage.chips(asked, query, found, words) : []
    let isFound = !items.isEmpty || !parts.isEmpty || !folded.isEmpty
    looser = isFound ? [] : SearchPage.looser(asked, query, words)
    empty = isFound ? nil : SearchPage.empty(isAsked: isAsked, words)
  }

  private static func empty(isAsked: Bool, _ words: Words) -> EmptyState {
    EmptyState(
      icon: "search", title: isAsked ? words("Nothing found") : words("What are you looking for?"),
      text: isAsked
        ? words("Nothing that you may see holds these words.")
        : words(
          "Names and words of all that is yours, and of the desk. Accents and capital letters do not matter."))
  }

  /// What might be left out.
  private static func looser(_ asked: SearchAsked, _ query: SearchQuery, _ words: Words) -> [SearchWay] {
    let marks = query.looser.map { way in
      SearchWay(path: asked.path(text: way.rest, keepsSense: false), label: words("Try without {mark}", ["mark": way.mark]))
    }
    return asked.isNarrowed ? [SearchWay(path: asked.wide, label: words("Try without what narrows it"))] + marks : marks
  }

  /// The kinds that hold the words, as links that choose them, or leave them again; none where the words themselves choose kinds.
  private static func chips(_ asked: SearchAsked, _ query: SearchQuery, _ found: SearchFound, _ words: Words) -> [SearchChip] {
    if query.kinds.count > asked.kinds.count { return [] }
    let rows = found.others ?? found.rows
    let counts = SearchFinder.counts(rows, near: found.near)
    let isWhole = rows.allSatisfy(\.isWhole)
    let kinds = FoundKind.allCases.filter { counts[$0.rawValue] != nil || asked.kinds.contains($0) || !isWhole }
    if kinds.count < 2, asked.kinds.isEmpty { return [] }
    func number(_ count: Int?) -> String? { count.map { isWhole ? String($0) : "\($0)+" } ?? (isWhole ? "0" : nil) }
    let sum = number(counts.values.reduce(0, +))
    let all = SearchChip(path: asked.path(kinds: []), label: words("All", context: "kinds"), count: sum, isChosen: asked.kinds.isEmpty)
    return [all]
      + kinds.map { kind in
        let isChosen = asked.kinds.contains(kind)
        let others = isChosen ? asked.kinds.filter { $0 != kind } : asked.kinds + [kind]
        let count = number(counts[kind.rawValue])
        return SearchChip(path: asked.path(kinds: others), label: kind.name(words), count: count, isChosen: isChosen)
      }
  }
}
