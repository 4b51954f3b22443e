/// A connection to PostgreSQL, for one process with one thread: it is not `Sendable`, and is passed on as an argument.
///
/// Every call sends its statements as one batch and reads all answers: one round trip. Statements are prepared the first time this
/// connection meets them, in the same round trip. When the connection turns out to be broken, a new one is made, and what was under way
/// is sent once more if that can do no harm: reads outside of a transaction, the first statements of a transaction, and whatever the
/// server surely never began. Otherwise the call throws an error that ``PostgresError/isTransient``, and the next call reconnects.
public final class Connection {
  let link: PQConnection
  private let url: String
  private let options: ConnectionOptions
  /// The transactions under way: the first is a real one, those inside it are savepoints.
  var levels: [TransactionLevel] = []
  /// Channels to listen on again after a reconnect.
  var channels: [String] = []
  /// Gets the server's notices and warnings, one line each, after the statement that caused them.
  public var onNotice: (String) -> Void

  /// Connects, to the first host of the string that answers and fits its `target_session_attrs`.
  ///
  /// - Parameter url: `postgresql://…` or `host=… dbname=…`, as libpq reads them, with several hosts if wanted.
  /// - Throws: kind ``PostgresError/Kind/connection`` when no host answers, ``PostgresError/Kind/value`` when `url` can't be read.
  public init(
    url: String, options: ConnectionOptions = ConnectionOptions(), onNotice: @escaping (String) -> Void = { _ in }
  ) throws(PostgresError) {
    link = try PQConnection(url: url, options: options)
    (self.url, self.options, self.onNotice) = (url, options, onNotice)
  }

  /// A second connection, made as this one was: same role, same options, its notices to the same place.
  ///
  /// - Throws: as ``init(url:options:onNotice:)``.
  public func another() throws(PostgresError) -> Connection { try Connection(url: url, options: options, onNotice: onNotice) }

  /// How often the server was asked since this was made: what a request costs is this, more than its statements.
  public var roundTrips: Int { link.roundTrips }

  /// All rows.
  ///
  /// A statement that begins with SELECT counts as a read and may be sent twice when the connection breaks; a function that changes
  /// something belongs into a transaction.
  @inlinable public func rows<Value: FromRow>(_ sql: SQL, as type: Value.Type = Value.self) throws(PostgresError) -> [Value] {
    try rows(Query(sql))
  }

  /// All rows, read by a closure.
  @inlinable public func rows<Value>(_ query: Query<Value>) throws(PostgresError) -> [Value] {
    try query.rows(of: try perform([query.sql], isRepeatable: query.sql.isSelect)[0])
  }

  /// The first row, or nil.
  @inlinable public func row<Value: FromRow>(_ sql: SQL, as type: Value.Type = Value.self) throws(PostgresError) -> Value? {
    try row(Query(sql))
  }

  /// The first row, read by a closure, or nil.
  @inlinable public func row<Value>(_ query: Query<Value>) throws(PostgresError) -> Value? {
    let result = try perform([query.sql], isRepeatable: query.sql.isSelect)[0]
    return result.rowCount == 0 ? nil : try query.decode(Row(result: result, index: 0))
  }

  /// The first column of the first row; nil when there is no row. For a column that may be NULL, ask for an optional value.
  @inlinable public func value<Value: FromColumn>(_ sql: SQL, as type: Value.Type = Value.self) throws(PostgresError) -> Value? {
    try row(Query(column: sql))
  }

  /// Runs a change.
  ///
  /// - Returns: how many rows it wrote: "did exactly one row change?" decides races.
  @discardableResult
  public func run(_ sql: SQL) throws(PostgresError) -> Int {
    try perform([sql], isRepeatable: false)[0].affected
  }

  /// Runs several changes in one round trip. Outside of a transaction they are one: all happen, or none.
  ///
  /// - Returns: how many rows each wrote.
  @discardableResult
  public func runAll(_ batch: [SQL]) throws(PostgresError) -> [Int] {
    batch.isEmpty ? [] : try perform(batch, isRepeatable: false).map(\.affected)
  }
}

@available(*, unavailable)
extension Connection: Sendable {}

extension SQL {
  /// Begins with SELECT.
  @usableFromInline var isSelect: Bool {
    guard case .text(let bytes)? = shape.pieces.first?.content else { return false }
    return bytes.drop { $0 <= 0x20 }.prefix(6).elementsEqual("SELECT".utf8) { $0 & 0xDF == $1 }
  }
}
