import Domain
import Postgres

/// A passage that was found for a question.
struct FoundPassage {
  let source: ID<SourceDocument>
  let n: Int
  let title: String
  let url: String?
  let language: Language
  let heading: String
  let text: String
  let indexedAt: Instant
  let isStale: Bool
  let score: Double
  /// How many of the question's words it holds.
  let held: Int
}

/// What the built-in writer finds for a question, and what it makes of it (RULES 6.12).
struct PassageSearch {
  /// As many of the best are looked at.
  private static let most = 12

  let words: [QuestionWord]
  let language: Language
  /// Best first.
  let found: [FoundPassage]
  /// What is quoted, in that order: places in ``found``.
  let chosen: [Int]
  let confidence: DraftConfidence

  var quoted: [FoundPassage] { chosen.map { found[$0] } }

  /// - Parameters:
  ///   - question: subject and messages, together.
  ///   - language: the customer's.
  static func run(
    _ question: String, _ language: Language, of account: ID<Account>, at now: Instant, _ db: Connection
  ) throws(PostgresError) -> PassageSearch {
    let words = QuestionWords.of(question)
    // Nothing is asked of the database where the question says nothing.
    let found = words.isEmpty ? [] : try db.rows(query(words, language, of: account, at: now))
    return PassageSearch(words, language, found)
  }

  private static func query(_ words: [QuestionWord], _ language: Language, of account: ID<Account>, at now: Instant) -> Query<FoundPassage>
  {
    let forms = words.map { $0.forms.joined(separator: " ") }
    let plain = words.map { $0.plainForms.joined(separator: " ") }
    return Query(
      """
      SELECT source_id AS source, n, title, url, language, heading, text, indexed_at, is_stale, score, held
      FROM door.find_passages(\(account), \(language), \(forms), \(plain), \(now), \(most))
      """, into: FoundPassage.init)
  }

  private init(_ words: [QuestionWord], _ language: Language, _ found: [FoundPassage]) {
    (self.words, self.language, self.found) = (words, language, found)
    chosen = PassageChoice.choose(found.map { PassageCandidate(source: $0.source.text, score: $0.score, text: $0.text) })
    confidence = DraftConfidence(held: found.first?.held ?? 0, of: words.count, scores: found.map(\.score))
  }

  /// The draft that is written of it.
  func draft(to firstName: String = "") -> String {
    BuiltInWriter.draft(language, to: firstName, quoting: passages)
  }

  /// What is quoted, as a writer is given it.
  var passages: [QuotedPassage] {
    quoted.map { QuotedPassage(title: $0.title, url: $0.url, heading: $0.heading, text: $0.text) }
  }
}
