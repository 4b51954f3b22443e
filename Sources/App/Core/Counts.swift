import Postgres

/// What a number counts. Each name stands once among those of all features.
struct Count: Hashable, Sendable {
  let name: String

  init(_ name: String) { self.name = name }
}

/// What a feature counts of a person's. It is read together with the person, so it costs no query of its own and must cost next to nothing.
struct Numbers: Sendable {
  let names: [Count]
  /// One array of as many integers as there are names, of the person that the transaction is for (`me()`); no row: nothing was counted yet.
  let sql: SQL

  init(_ names: [Count], _ sql: SQL) { (self.names, self.sql) = (names, sql) }
}

/// The numbers of a person, of all features.
struct Counts: Sendable {
  private var found: [Count: Int] = [:]

  /// What has not been counted is 0.
  subscript(_ count: Count) -> Int { found[count] ?? 0 }

  private static let all = features.compactMap(\.numbers)

  /// A column for each feature that counts, each with a comma behind it.
  static let columns = all.reduce("" as SQL) { columns, numbers in "\(columns)(\(numbers.sql)), " }

  /// All of them in the order of the features.
  var text: String { Counts.all.flatMap(\.names).map { String(self[$0]) }.joined(separator: ",") }

  /// Reads ``columns``, the first ones of a row.
  init(_ row: Row) throws(PostgresError) {
    for (position, numbers) in Counts.all.enumerated() {
      guard let values: [Int] = try row(at: position) as [Int]? else { continue }
      guard values.count == numbers.names.count else { throw .value("\(values.count) numbers for \(numbers.names.map(\.name))") }
      for (name, value) in zip(numbers.names, values) { found[name] = value }
    }
  }
}
