import Domain
import HTML
import Web

/// What the address of the page of search asks for.
struct SearchAsked {
  let text: String
  let kinds: [FoundKind]
  let tag: String
  let since: Day?
  /// The last day.
  let until: Day?
  /// Where the answer of the search by sense stands; nil: it was not asked for.
  let sense: ID<SenseQuestion>?
  /// How many rows stand on the pages before.
  let after: Int

  init(_ form: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    text = read.line("q", 0...SearchQuery.longest)
    let named = form.all("kind").filter { $0 != .text("") }.map { value -> FoundKind? in
      guard case .text(let text) = value else { return nil }
      return FoundKind.allCases.first { $0.rawValue.utf8.elementsEqual(text.utf8) }
    }
    if named.contains(where: { $0 == nil }) { read.complain("kind", words("Choose one of the values offered.")) }
    let all = Set(named.compactMap(\.self))
    kinds = FoundKind.allCases.filter { all.contains($0) }
    tag = read.line("tag", 0...TagList.longest)
    (since, until) = (read.day("since"), read.day("until"))
    let question = read.raw("sense")
    sense = ID<SenseQuestion>(question)
    if sense == nil, !question.utf8.isEmpty { read.complain("sense", words("This page cannot be found any more. Begin at the first.")) }
    after = read.integer("after", 0...SearchFinder.deepest, 0)
    try read.finish()
  }

  /// Whether anything but the words narrows it.
  var isNarrowed: Bool { !kinds.isEmpty || !tag.utf8.isEmpty || since != nil || until != nil }

  /// The same page from its beginning.
  ///
  /// - Parameters:
  ///   - text: instead of what is looked for.
  ///   - kinds: instead of those chosen.
  ///   - keepsSense: whether the answer of the search by sense is still that of the words.
  func path(text: String? = nil, kinds: [FoundKind]? = nil, keepsSense: Bool = true) -> Path {
    let text = text ?? self.text
    var path = Paths.search.adding("q", text.utf8.isEmpty ? nil : text)
    for kind in kinds ?? self.kinds { path = path.adding("kind", kind.rawValue) }
    path = path.adding("tag", tag.utf8.isEmpty ? nil : tag).adding("since", since?.iso).adding("until", until?.iso)
    return keepsSense ? path.adding("sense", sense?.text) : path
  }

  /// The same without what narrows it beside the words.
  var wide: Path { Paths.search.adding("q", text.utf8.isEmpty ? nil : text) }
}
