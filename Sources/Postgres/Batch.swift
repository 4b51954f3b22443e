/// A column of many rows that one statement writes: its name beside its values, so that the two lists of an INSERT cannot come apart.
public struct BatchColumn: Sendable {
  let name: Columns
  let value: Value

  enum Value: Sendable {
    /// An array, of that many elements.
    case each(SQL, count: Int)
    /// The same, and an expression of each element.
    case made(SQL, SQL, count: Int)
    /// An array of few values, and one of that many numbers from 1: which of them each row has.
    case few(SQL, SQL, count: Int)
    case all(SQL)
  }

  /// A value for each row, in their order. They are sent as one array.
  public static func each<Value: Bindable>(_ name: Columns, _ values: [Value]) -> BatchColumn {
    BatchColumn(name: name, value: .each("\(values)", count: values.count))
  }

  /// A value for each row, in their order, and what is stored of it: an expression that calls it `t.name`. For what no array holds, such as arrays.
  public static func each<Value: Bindable>(_ name: Columns, _ values: [Value], as expression: SQL) -> BatchColumn {
    BatchColumn(name: name, value: .made("\(values)", expression, count: values.count))
  }

  /// A value for each row, in their order, of which few differ: those are sent, and read by the server, once.
  public static func few<Value: Bindable & Hashable>(_ name: Columns, _ values: [Value]) -> BatchColumn {
    var (distinct, places): ([Value], [Value: Int]) = ([], [:])
    let numbers = values.map { value in
      if let place = places[value] { return place }
      distinct.append(value)
      places[value] = distinct.count
      return distinct.count
    }
    return BatchColumn(name: name, value: .few("\(distinct)", "\(numbers)", count: numbers.count))
  }

  /// The same for all rows: a bound value (`"\(now)"`) or an expression, which may look at the row's other columns as `t.name`.
  public static func all(_ name: Columns, _ expression: SQL) -> BatchColumn {
    BatchColumn(name: name, value: .all(expression))
  }
}

extension SQL {
  /// `INSERT INTO table (…) SELECT … FROM unnest(…) AS t (…)`: any number of rows, none too, as one statement with a bind for each column.
  /// `ON CONFLICT` or `RETURNING` may follow in a literal that this one stands in.
  ///
  /// A statement whose arrays differ in length is refused when it runs: PostgreSQL would fill up with NULL.
  public static func insert(into table: Columns, _ columns: BatchColumn...) -> SQL { insert(into: table, columns: columns) }

  /// The same of columns that an UPDATE writes, too.
  public static func insert(into table: Columns, columns: [BatchColumn]) -> SQL {
    let names = list(columns.map { "\($0.name)" })
    let values = list(
      columns.map {
        switch $0.value {
        case .each: "t.\($0.name)"
        case .made(_, let expression, _): expression
        case .few(let values, _, _): "(\(values))[t.\($0.name)]"
        case .all(let expression): expression
        }
      })
    return "INSERT INTO \(table) (\(names)) SELECT \(values) FROM \(rows(columns))"
  }

  /// `unnest(…) AS t (…)`: rows as a table named `t`, for an UPDATE that gives each row values of its own.
  public static func rows(_ columns: BatchColumn...) -> SQL { rows(columns) }

  /// `UPDATE table d SET … FROM unnest(…) AS t (…) WHERE …`: gives each row values of its own, as one statement. `RETURNING` may follow.
  ///
  /// - Parameters:
  ///   - columns: an expression may look at the row as it was (`d.name`) and at what it gets (`t.name`).
  ///   - keys: what rows are found by.
  ///   - condition: compares both, as in `d.id = t.id`.
  public static func update(_ table: Columns, set columns: [BatchColumn], by keys: [BatchColumn], where condition: SQL) -> SQL {
    let values = list(
      columns.map {
        switch $0.value {
        case .each: "\($0.name) = t.\($0.name)"
        case .made(_, let expression, _): "\($0.name) = \(expression)"
        case .few(let values, _, _): "\($0.name) = (\(values))[t.\($0.name)]"
        case .all(let expression): "\($0.name) = \(expression)"
        }
      })
    return "UPDATE \(table) d SET \(values) FROM \(rows(keys + columns)) WHERE \(condition)"
  }

  private static func rows(_ columns: [BatchColumn]) -> SQL {
    var (names, arrays, lengths): ([SQL], [SQL], Set<Int>) = ([], [], [])
    for column in columns {
      switch column.value {
      case .each(let array, let count), .made(let array, _, let count), .few(_, let array, let count):
        names.append("\(column.name)")
        arrays.append(array)
        lengths.insert(count)
      case .all: continue
      }
    }
    var rows: SQL = "unnest(\(list(arrays))) AS t (\(list(names)))"
    if lengths.count > 1 { rows.binds.refuse("columns of different lengths: \(list(names).text)") }
    return rows
  }

  /// Put together in one go, so that long arrays are not copied once for each that follows.
  static func list(_ parts: [SQL]) -> SQL {
    var list = StringInterpolation(literalCapacity: 0, interpolationCount: parts.count)
    for (index, part) in parts.enumerated() {
      if index > 0 { list.appendLiteral(", ") }
      list.appendInterpolation(part)
    }
    return SQL(stringInterpolation: list)
  }
}
