/// Columns of one row, each beside its value, so that a column is named once for the INSERT that makes a row and the UPDATE that edits it.
///
/// ```swift
/// let fields: RowValues = ["title": "\(title)", "days": "\(days)"]
/// try db.run("INSERT INTO habits (id, \(fields.columns)) VALUES (\(id), \(fields.values))")
/// try db.run("UPDATE habits SET \(fields.assignments) WHERE id = \(id)")
/// ```
public struct RowValues: ExpressibleByDictionaryLiteral, Sendable {
  private let pairs: [(column: Columns, value: SQL)]

  /// - Parameter elements: a value is a bind or an expression.
  public init(dictionaryLiteral elements: (Columns, SQL)...) { pairs = elements.map { ($0, $1) } }

  /// `title, days`
  public var columns: SQL { SQL.list(pairs.map { "\($0.column)" }) }

  /// `$1, $2`: in the order of ``columns``.
  public var values: SQL { SQL.list(pairs.map(\.value)) }

  /// `title = $1, days = $2`
  public var assignments: SQL { SQL.list(pairs.map { "\($0.column) = \($0.value)" }) }
}
