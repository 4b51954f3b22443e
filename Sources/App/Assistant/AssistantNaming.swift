import Domain
import Postgres

/// Things of the person's that texts name by their titles, or by a first name.
struct AssistantNaming {
  /// A thing that is named, and which of the texts names it.
  struct Named {
    let text: Int
    let thing: ToolThing
  }

  let named: [Named]

  /// Of a text, told or not.
  func of(_ text: Int) -> [ToolThing] { named.filter { $0.text == text }.map(\.thing) }

  /// Whether a text names something that a model is not told of: then it stays here too (RULES 9.45).
  func namesUntold(_ text: Int, _ person: Person) -> Bool { of(text).contains { !$0.isTold(to: person) } }

  private struct Place {
    let text: Int
    let kind: String
    let id: ID<FoundThing>
  }

  /// Behind the wall. Each run is one look into an index: 5,000 of them took 21 ms among 100,000 things.
  static func read(_ texts: [String], _ db: Connection) throws(PostgresError) -> AssistantNaming {
    var (runs, runTexts, words, wordTexts) = ([String](), [Int](), [String](), [Int]())
    for (place, text) in texts.enumerated() {
      for run in AssistantMentions.runs(in: text) {
        runs.append(run)
        runTexts.append(place)
      }
      for word in AssistantMentions.words(in: text) {
        words.append(word)
        wordTexts.append(place)
      }
    }
    if runs.isEmpty { return AssistantNaming(named: []) }
    let places = try db.rows(
      """
      WITH runs AS MATERIALIZED (SELECT plain(r.run) AS run, r.text FROM unnest(\(runs), \(runTexts)) r (run, text)),
        words AS MATERIALIZED (SELECT plain(w.word) AS word, w.text FROM unnest(\(words), \(wordTexts)) w (word, text))
      SELECT f.text, d.kind, d.id FROM (
        SELECT r.text, x.id FROM runs r CROSS JOIN LATERAL (
          SELECT t.id FROM search_documents t WHERE t.user_id = (SELECT me()) AND t.title_norm = r.run LIMIT 50) x
        UNION
        SELECT w.text, x.id FROM words w CROSS JOIN LATERAL (
          SELECT t.id FROM search_documents t WHERE t.user_id = (SELECT me())
            AND t.title_norm ~>=~ (w.word || ' ') AND t.title_norm ~<~ (w.word || '!') AND t.kind IN ('person', 'place') LIMIT 50) x
      ) f JOIN search_documents d ON d.id = f.id AND d.user_id = (SELECT me()) AND NOT d.trashed AND d.kind = ANY (\(ToolThing.kinds))
      ORDER BY f.text, d.kind, d.id LIMIT 1000
      """, into: Place.init)
    if places.isEmpty { return AssistantNaming(named: []) }
    let things = try db.rows(ToolThing.some(places.map { (kind: $0.kind, id: $0.id) }))
    let known = Dictionary(things.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return AssistantNaming(named: places.compactMap { place in known[place.id].map { Named(text: place.text, thing: $0) } })
  }
}
