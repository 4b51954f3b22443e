import Domain
import HTML
import Postgres
import Web

/// A question tried on the sources: which passages would be quoted, and what draft would be written.
enum SourceTrial {
  /// GET /sources/trial
  static func page(_ web: Context) throws -> Response {
    let (question, tongue) = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let asked = (read.line("q", 0...2_000), read.choice("language", SourceDraft.Tongue.auto))
      try read.finish()
      return asked
    }
    let person = try web.person
    guard !question.utf8.isEmpty else { return web.page(try SourceTrialPage("", tongue, nil, web)) }
    let language: Language =
      switch tongue {
      case .english: .english
      case .portuguese: .portuguese
      case .auto: MessageLanguage.told(by: question) ?? person.language
      }
    // In a transaction of the person's own: the door gives the passages of an account to nobody else.
    let search = try web.db.transaction {
      try web.act(for: person.id, of: person.account)
      return try PassageSearch.run(question, language, of: person.account, at: web.now, web.db)
    }
    return web.page(try SourceTrialPage(question, tongue, search, web))
  }
}

/// The page of a trial.
struct SourceTrialPage {
  let layout: Layout
  let tabs: SourceTabs
  let action = Paths.sourceTrial
  let question: TextField
  let language: Select
  /// nil: nothing was asked yet.
  let result: SourceTrialResult?

  init(_ asked: String, _ tongue: SourceDraft.Tongue, _ search: PassageSearch?, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Try a question"), .sources, web)
    tabs = SourceTabs(.trial, words)
    var make = FieldBuilder()
    question = make.text(
      "q", words("A question, as a customer would ask it"), asked, help: words("For example: “How long does delivery take?”"),
      maxLength: 2_000)
    language = make.choice(
      "language", words("Language"), tongue.rawValue,
      [(SourceDraft.Tongue.auto.rawValue, words("As the question tells"))]
        + Language.allCases.map { ($0.rawValue, SourceText.name($0, words)) })
    result = try search.map { try SourceTrialResult($0, web) }
  }
}

/// What came of a question.
struct SourceTrialResult {
  let confidence: String
  let level: StatusBadge
  let looked: String
  var hasWords: Bool { !looked.utf8.isEmpty }
  let passages: [TrialPassage]
  /// Why nothing was found; nil: something was.
  let nothing: String?
  let draft: SafeHTML

  init(_ search: PassageSearch, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    confidence = search.confidence.text
    switch search.confidence.level {
    case .high: level = StatusBadge(tone: "done", icon: "done", label: words("High", context: "confidence"))
    case .medium: level = StatusBadge(tone: "due", icon: "info", label: words("Medium", context: "confidence"))
    case .low: level = StatusBadge(tone: "calm", icon: "info", label: words("Low", context: "confidence"))
    }
    looked = search.words.map(\.word.text).joined(separator: ", ")
    passages = search.quoted.enumerated().map { TrialPassage($1, rank: $0 + 1, person, web.clock, words) }
    nothing =
      !passages.isEmpty
      ? nil
      : search.words.isEmpty
        ? words("The question has no word that could be looked for.") : words("No source holds any of its words.")
    draft = Markdown.rendered(search.draft()).html
  }
}

/// A passage that would be quoted.
struct TrialPassage {
  /// `SOURCE#N`
  let key: String
  let rank: Int
  let title: String
  let path: Path
  let score: String
  let language: String
  let indexed: TimeText
  let isStale: Bool
  let passage: PassageItem

  init(_ found: FoundPassage, rank: Int, _ person: Person, _ clock: PageClock, _ words: Words) {
    key = "\(found.source.text)#\(found.n)"
    self.rank = rank
    title = found.title
    path = Paths.source(found.source).fragment("p\(found.n)")
    score = DraftConfidence(hundredths: Int((found.score * 100).rounded())).text
    language = SourceText.name(found.language, words)
    indexed = TimeText(found.indexedAt, person, clock)
    isStale = found.isStale
    passage = PassageItem(found.heading, found.text, anchor: "r\(rank)")
  }
}
