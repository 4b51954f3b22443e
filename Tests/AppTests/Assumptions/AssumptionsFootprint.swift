import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let assumptions = Footprint(
    parameters: [":assumption": { browser in try AssumptionsFootprint.open(browser) }],
    owned: [":assumption"],
    posts: [
      "/assumptions/:assumption/confirmation": Post(entry: "assumption.confirmed", fields: [version]),
      "/assumptions/:assumption/correction": Post(
        entry: "assumption.corrected", fields: [House.Field(name: "correction", right: "No%2C+at+Acme", rule: .said), version]),
      "/assumptions/:assumption/dismissal": Post(entry: "assumption.dismissed", fields: [version]),
    ],
    queries: [
      "/assumptions": [
        House.Field(name: "state", right: "", rule: .choice), House.Field(name: "kind", right: "", rule: .choice),
        House.Field(name: "about", right: "", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter),
      ]
    ],
    rows: { browser in _ = try AssumptionsFootprint.open(browser) },
    roots: ["assumptions"],
    changed: [
      "assumptions":
        "again_at again_state answered_at answered_by confidence correction faded state superseded_by updated_at version"
    ],
    worked: ["assumptions": "DIS", "assumption_evidence": "IS", "assumption_rounds": "S"], asked: ["assumption_rounds": "S"])

  private static var version: House.Field { House.Field(name: "version", right: "1", rule: .optionalNumber) }
}

enum AssumptionsFootprint {
  /// An open one of somebody's that nobody has answered, made where there is none: nothing but words, from a task of theirs.
  static func open(_ browser: Browser) throws -> String {
    let known = try browser.site.text(
      "SELECT id::text FROM assumptions WHERE user_id = \(browser.user) AND state = 'open' AND version = 1 AND predicate = '' ORDER BY id LIMIT 1"
    )
    if let known { return known }
    // No two say the same, though one is answered.
    let count = try browser.site.count("SELECT count(*) FROM assumptions WHERE user_id = \(browser.user)")
    return try browser.assumption("Works best in the morning of day \(count + 1)")
  }
}

extension Browser {
  /// An open assumption, past the program.
  ///
  /// - Parameters:
  ///   - about: `person:…`; nil: themselves.
  ///   - leadsTo: the same of what it leads to.
  ///   - evidence: a thing on which it rests; nil: a task that is made for it.
  @discardableResult
  func assumption(
    _ words: String, about: String? = nil, _ predicate: String = "", _ leadsTo: String? = nil, confidence: Int = 70,
    on evidence: String? = nil
  ) throws -> String {
    let subject = about.flatMap { ThingRef($0) }.map { AssumedThing($0) }
    let key = AssumptionKey(subject, predicate, leadsTo.flatMap { ThingRef($0) }.map { AssumedThing($0) }, words: words)
    let ground = try evidence ?? "task:" + TasksFootprint.task(self)
    let thing = try ThingRef(ground).unwrapped
    let id = ID<Assumption>.new(at: site.now)
    try site.owner.run(
      """
      INSERT INTO assumptions (id, user_id, key, subject_kind, subject_id, predicate, object_kind, object_id, words, category, confidence, written,
        created_at, updated_at)
      VALUES (\(id), \(user), \(key.text), \(key.subject?.kind), \(key.subject?.id), \(predicate), \(key.thing?.kind), \(key.thing?.id), \(words),
        'context', \(confidence)::numeric / 100, 'model', \(site.now), \(site.now))
      """)
    try site.owner.run(
      """
      INSERT INTO assumption_evidence (id, user_id, assumption_id, kind, thing, quote, weighed_at)
      VALUES (\(ID<AssumptionEvidence>.new(at: site.now)), \(user), \(id), \(thing.kind.rawValue), \(thing.id), \(words), \(site.now))
      """)
    return id.text
  }

  /// "open 0.70 2": state, confidence and version of one.
  func stands(_ assumption: String) throws -> String? {
    try site.text("SELECT concat_ws(' ', state, confidence, version) FROM assumptions WHERE id = \(assumption)::uuid")
  }
}
