import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let vectors = Footprint(
    // It writes nothing that anybody decided. Where no server of vectors is set up it is not there at all, whatever is sent.
    posts: ["/search/sense": Post(entry: nil, fields: [House.Field(name: "q", right: "mine", rule: .ignored)], status: 404)],
    rows: { browser in try VectorsFootprint.rows(browser) },
    changed: ["query_vectors": "at state words"],
    worked: [
      "embedding_jobs": "DIS", "embedding_rounds": "DIS", "embedding_servers": "ISU", "embedding_sets": "DIS", "embeddings": "DIS",
      "query_vectors": "DIS",
    ],
    asked: ["embedding_jobs": "S", "embedding_rounds": "S", "embedding_servers": "S", "embedding_sets": "S", "embeddings": "S"],
    doors: ["embedded_texts web work", "embedding_use web", "nearest_vectors web work"])
}

enum VectorsFootprint {
  /// A set of one vector, and what waits beside it.
  static func rows(_ browser: Browser) throws {
    let (set, now, site) = (ID<VectorsFootprint>.new(at: browser.site.now), browser.site.now, browser.site)
    let task = try TasksFootprint.task(browser)
    try site.owner.run(
      """
      INSERT INTO embedding_sets (id, user_id, fingerprint, host, model, query_prefix, passage_prefix, state, dimension, created_at)
      VALUES (\(set), \(browser.user), sha256('x'), 'h.test', 'm', '', '', 'live', 1, \(now))
      """)
    try site.owner.run(
      """
      INSERT INTO embeddings (set_id, thing, chunk, user_id, kind, trashed, cut, content, sha256, half, bits)
      VALUES (\(set), \(task)::text::uuid, 1, \(browser.user), 'task', false, false, 'Mine', sha256('Mine'), '\\x003c', B'1')
      """)
    try site.owner.run(
      """
      INSERT INTO embedding_jobs (thing, user_id, kind, due_at) VALUES (\(task)::text::uuid, \(browser.user), 'task', \(now)) ON CONFLICT DO NOTHING
      """)
    try site.owner.run(
      "INSERT INTO embedding_rounds (user_id, due_at) VALUES (\(browser.user), \(now)) ON CONFLICT DO NOTHING")
    try site.owner.run(
      """
      INSERT INTO query_vectors (id, user_id, set_id, sha256, words, state, at)
      VALUES (\(set), \(browser.user), \(set), sha256('mine'), 'mine', 'asked', \(now))
      """)
  }
}
