import Postgres

/// What a number counts. Each name stands once among those of all features.
struct Count: Hashable, Sendable {
  let name: String

  init(_ name: String) { self.name = name }
}

/// What a feature counts of a person's. It is read together with the person, so it costs no query of its own and must cost next to nothing.
struct Numbers: Sendable {
  let names: [Count]
  /// One array of as many integers as there are names, of the person that the transaction is for (`me()`, in `users u`); no row: nothing was counted yet.
  let sql: SQL
  /// Where an account has no desk they are 0, and nothing is asked: ``sql`` calls a function in plpgsql then, for whatever else a statement may read is
  /// opened and locked before it runs.
  let isOfDesk: Bool

  init(_ names: [Count], _ sql: SQL) { (self.names, self.sql, isOfDesk) = (names, sql, false) }

  init(ofDesk names: [Count], _ sql: SQL) { (self.names, self.sql, isOfDesk) = (names, sql, true) }
}

/// The numbers of a person, of all features.
struct Counts: Sendable {
  private var found: [Count: Int] = [:]

  /// What has not been counted is 0.
  subscript(_ count: Count) -> Int { found[count] ?? 0 }

  private static let all = features.compactMap(\.numbers)
  private static let own = all.filter { !$0.isOfDesk }
  private static let ofDesk = all.filter(\.isOfDesk)

  /// A column for each feature that counts, and then one for all that count of the desk, each with a comma behind it.
  static let columns: SQL = {
    let first = own.reduce("" as SQL) { columns, numbers in "\(columns)(\(numbers.sql)), " }
    let desk = ofDesk.reduce("'{}'::integer[]" as SQL) { parts, numbers in "\(parts) || \(numbers.sql)" }
    return "\(first)CASE WHEN has_desk() THEN \(desk) END, "
  }()

  /// All of them in the order of the features.
  var text: String { Counts.all.flatMap(\.names).map { String(self[$0]) }.joined(separator: ",") }

  /// Reads ``columns``, the first ones of a row.
  init(_ row: Row) throws(PostgresError) {
    for (position, numbers) in Counts.own.enumerated() { try take(numbers.names, row, at: position) }
    try take(Counts.ofDesk.flatMap(\.names), row, at: Counts.own.count)
  }

  private mutating func take(_ names: [Count], _ row: Row, at position: Int) throws(PostgresError) {
    guard let values: [Int] = try row(at: position) as [Int]? else { return }
    guard values.count == names.count else { throw .value("\(values.count) numbers for \(names.map(\.name))") }
    for (name, value) in zip(names, values) { found[name] = value }
  }
}
