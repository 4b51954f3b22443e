import Domain
import HTML
import Postgres

/// What an import writes, step by step: first what the file holds, in its order, then what was refused.
final class ContextImportWrites {
  /// Entries in a step.
  static let slice = 250

  let id: ID<ContextImport>
  let noun: ContextImport.Noun
  private let target: any ContextTarget

  /// - Parameter db: what was made before by a worker that died is read there.
  init(_ id: ID<ContextImport>, _ state: ContextImportState, _ target: any ContextTarget, _ db: Connection) throws(PostgresError) {
    (self.id, noun, self.target) = (id, state.noun, target)
    let kind: ThingKind = noun == .people ? .person : .event
    let made: [(Int, ContextImport.Outcome, ID<Thing>?)] = try db.rows(
      Query(
        tuple: """
          SELECT number, outcome, thing FROM context_import_rows
          WHERE import_id = \(id) AND user_id = (SELECT me()) AND outcome <> 'refused'
          """))
    for (number, outcome, thing) in made where target.outcomes.indices.contains(number) {
      target.outcomes[number] = outcome
      target.things[number] = thing.map { ThingRef(kind, $0) }
    }
  }

  private var entries: Int { target.plan.entries.count }
  private var refused: [ContextPlan.Refused] { target.plan.refused }

  var total: Int { entries + refused.count }

  /// Does a part.
  ///
  /// - Returns: how much is done after it.
  func step(from done: Int, _ with: DeadlineWriting) throws -> Int {
    let limit = done < entries ? entries : total
    let end = min(done + ContextImportWrites.slice, limit)
    if done < entries {
      let places = Array(done..<end)
      try target.write(places, with)
      try with.db.queue([noting(places, with)])
    } else {
      try with.db.queue([refusing(Array(done..<end), with)])
    }
    return end
  }

  /// What became of each.
  private func noting(_ places: [Int], _ with: DeadlineWriting) -> SQL {
    let reasons = places.map { place in
      let all = (target.left[place] ?? []) + target.plan.entries[place].remarks
      return StoredTask.cut(StoredTask.plain(all.joined(separator: " ")), 1_000)
    }
    let insert: SQL = .insert(
      into: "context_import_rows", .all("import_id", "\(id)"), .all("user_id", "\(with.person.id)"), .each("number", places),
      .each("line", places.map { target.plan.entries[$0].line }), .each("outcome", places.map { target.outcomes[$0] }),
      .each("thing", places.map { target.things[$0]?.id }), .each("reason", reasons),
      .each("before", places.map { target.before[$0]?.row }, as: "t.before::jsonb"),
      .each("changed_to", places.map { target.before[$0]?.revision }))
    return "\(insert) ON CONFLICT DO NOTHING"
  }

  private func refusing(_ places: [Int], _ with: DeadlineWriting) -> SQL {
    let lines = places.map { refused[$0 - entries] }
    let insert: SQL = .insert(
      into: "context_import_rows", .all("import_id", "\(id)"), .all("user_id", "\(with.person.id)"), .each("number", places),
      .each("line", lines.map(\.line)), .all("outcome", "'refused'"),
      .each("reason", lines.map { StoredTask.cut(StoredTask.plain($0.reason), 1_000) }))
    return "\(insert) ON CONFLICT DO NOTHING"
  }
}
