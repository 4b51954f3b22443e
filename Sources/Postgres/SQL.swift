/// One SQL statement, or a fragment of one: fixed text and bound values.
///
/// Fixed text comes from string literals of the program alone (the compiler refuses a `String`), so a value can reach the server only as
/// a bind. Building a statement writes no text: it notes where each literal lies in the binary. The text is put together once for each
/// connection, when the statement is prepared; afterwards the notes are the key under which it is found again.
///
/// ```swift
/// let mine: SQL = "user_id = \(user)"
/// try db.rows("SELECT \(Reminder.columns) FROM reminders WHERE \(mine) AND next_at <= \(now)") as [Reminder]
/// ```
public struct SQL: ExpressibleByStringInterpolation, Sendable {
  var shape: StatementKey
  var binds: BindWriter
  /// Quoted names, which only set-up code uses. A statement that has some is not kept prepared.
  var names: [String]

  public init(stringLiteral text: StaticString) {
    shape = StatementKey(capacity: 1)
    shape.append(text)
    binds = BindWriter()
    names = []
  }

  public init(stringInterpolation parts: StringInterpolation) {
    self = parts.sql
  }

  init(shape: StatementKey, binds: BindWriter, names: [String]) {
    (self.shape, self.binds, self.names) = (shape, binds, names)
  }

  /// The text as the server gets it, with `$1`, `$2`, … for the binds.
  public var text: String {
    var text: [UInt8] = []
    var number = 0
    for piece in shape.pieces {
      switch piece.content {
      case .text(let literal):
        text.append(contentsOf: literal)
      case .bind:
        number += 1
        text.append(contentsOf: "$\(number)".utf8)
      case .name(let index):
        text.append(contentsOf: "\"".utf8)
        for byte in names[index].utf8 { text.append(contentsOf: byte == 0x22 ? [byte, byte] : [byte]) }
        text.append(contentsOf: "\"".utf8)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension SQL {
  /// What the compiler calls for the parts of a literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    var sql: SQL

    public init(literalCapacity: Int, interpolationCount: Int) {
      sql = SQL(shape: StatementKey(capacity: interpolationCount * 2 + 1), binds: BindWriter(capacity: interpolationCount), names: [])
    }

    public mutating func appendLiteral(_ literal: StaticString) {
      sql.shape.append(literal)
    }

    /// A value: sent beside the text, never in it.
    public mutating func appendInterpolation(_ value: some Bindable) {
      sql.bind(value)
    }

    /// A value or NULL. Declared apart, since the compiler warns of optionals that fall to the general form.
    public mutating func appendInterpolation<Value: Bindable>(_ value: Value?) {
      sql.bind(value)
    }

    /// Fixed names, such as the columns that a type is read from.
    public mutating func appendInterpolation(_ columns: Columns) {
      sql.shape.append(columns.text)
    }

    /// Fixed text.
    public mutating func appendInterpolation(raw text: StaticString) {
      sql.shape.append(text)
    }

    /// Another statement or fragment; its binds are numbered anew.
    public mutating func appendInterpolation(_ fragment: SQL) {
      sql.shape.append(fragment.shape, namesBefore: sql.names.count)
      sql.binds.append(fragment.binds)
      sql.names += fragment.names
    }

    /// The name of a table, role, database or channel that is known only at run time, in double quotes. For set-up code.
    public mutating func appendInterpolation(name: String) {
      if name.utf8.contains(0) { sql.binds.refuse("a name with a NUL byte") }
      sql.shape.append(name: sql.names.count)
      sql.names.append(name)
    }
  }

  mutating func bind<Value: Bindable>(_ value: Value) {
    shape.append(bind: Value.postgresType.oid)
    binds.add(value)
  }
}

/// A list of columns that several statements share: fixed text, written once beside the type that is read from it.
public struct Columns: ExpressibleByStringLiteral, Sendable {
  let text: StaticString

  public init(stringLiteral text: StaticString) {
    self.text = text
  }
}
