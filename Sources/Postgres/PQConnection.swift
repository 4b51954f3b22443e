import CPostgres

/// The one place that talks to libpq: a connection that stays in pipeline mode and answers each batch as a whole.
///
/// It decides nothing: whether a batch may be sent again after a break is the business of ``Connection``.
final class PQConnection {
  private let handle: OpaquePointer
  private let prepares: Bool
  /// Statements that the server knows on this connection.
  private var prepared: [StatementKey: String] = [:]
  private var preparedCount = 0
  /// What each answer of the batch under way belongs to.
  private var steps: [Step] = []
  /// Set when the answers no longer fit the questions; then only a new connection helps.
  private var isConfused = false
  private var notices: [String] = []
  /// How many batches were sent.
  private(set) var roundTrips = 0
  /// Whether a batch was sent whose answers are not read yet.
  private(set) var isAhead = false
  /// All parameters are sent in binary form.
  private var formats: [Int32] = Array(repeating: 1, count: 16)

  private enum Step {
    case prepare(StatementKey)
    case execute
  }

  /// What came back: the results of the statements before the first that failed, and why that one failed.
  struct Answer {
    var results: [ResultSet] = []
    var error: PostgresError?
  }

  /// A program has some hundreds of statements. More shapes than this come from statements glued in loops; those go unprepared.
  private static let limit = 2_000

  init(url: String, options: ConnectionOptions) throws(PostgresError) {
    prepares = options.prepares
    handle = try PQConnection.connect(try PQConnection.parameters(url, options))
    try start()
    let context = Unmanaged.passUnretained(self).toOpaque()
    PQsetNoticeReceiver(handle, { context, notice in PQConnection.receive(notice, context) }, context)
  }

  deinit { PQfinish(handle) }

  var isLost: Bool { isConfused || PQstatus(handle) != CONNECTION_OK }

  /// -1 when there is no connection.
  var descriptor: Int32 { PQsocket(handle) }

  /// A new connection, to the first host of the connection string that answers.
  func reset() throws(PostgresError) {
    prepared.removeAll(keepingCapacity: true)
    (isConfused, isAhead) = (false, false)
    PQreset(handle)
    try start()
  }

  private func start() throws(PostgresError) {
    guard PQstatus(handle) == CONNECTION_OK, PQenterPipelineMode(handle) == 1 else { throw broken }
  }

  /// Gives the connection up: the server rolls back what is open, and the next call reconnects.
  func abandon() {
    isConfused = true
  }

  /// The next batch prepares its statements anew.
  func forgetStatements() {
    prepared.removeAll(keepingCapacity: true)
  }

  /// libpq's own words; there is no SQLSTATE for these.
  private var broken: PostgresError {
    let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
    return .connection(message.isEmpty ? "the connection to the server is broken" : message)
  }

  // MARK: - Notices and notifications

  private static func receive(_ notice: OpaquePointer?, _ context: UnsafeMutableRawPointer?) {
    guard let notice, let context else { return }
    let fields = ResultFields(notice)
    let line = [fields[.severity], fields[.state], fields[.message]].compactMap(\.self).joined(separator: " ")
    Unmanaged<PQConnection>.fromOpaque(context).takeUnretainedValue().notices.append(oneLine(line))
  }

  func takeNotices() -> [String] {
    if notices.isEmpty { return [] }
    defer { notices = [] }
    return notices
  }

  /// Reads what has arrived, without waiting.
  func takeNotifications() throws(PostgresError) -> [Notification] {
    let isAlive = PQconsumeInput(handle) == 1
    var taken: [Notification] = []
    while let notification = PQnotifies(handle) {
      taken.append(
        Notification(channel: String(cString: notification.pointee.relname), payload: String(cString: notification.pointee.extra)))
      PQfreemem(notification)
    }
    if !isAlive, taken.isEmpty { throw broken }
    return taken
  }

  // MARK: - Batches

  /// Sends `batch` and one sync, and reads all answers: one round trip, and outside of BEGIN one transaction.
  func send(_ batch: [SQL]) -> Answer {
    if isAhead, let error = collect().error { return Answer(error: error) }
    if let answer = post(batch) { return answer }
    return collect()
  }

  /// Sends `batch` and one sync, and leaves the answers to ``collect()``.
  ///
  /// - Returns: why it could not be sent; nil: it is on its way.
  func post(_ batch: [SQL]) -> Answer? {
    roundTrips += 1
    steps.removeAll(keepingCapacity: true)
    for sql in batch where !queue(sql) { return abandoned() }
    guard PQpipelineSync(handle) == 1 else { return abandoned() }
    isAhead = true
    return nil
  }

  /// Reads the answers to what was sent last.
  func collect() -> Answer {
    isAhead = false
    var answer = Answer()
    answer.results.reserveCapacity(steps.count)
    for step in steps where !read(step, into: &answer) { break }
    finish(&answer)
    return answer
  }

  /// Nothing after the last sync has any effect once the connection is closed.
  private func abandoned() -> Answer {
    isConfused = true
    return Answer(error: broken)
  }

  private func queue(_ sql: SQL) -> Bool {
    guard prepares, sql.names.isEmpty else { return queueUnprepared(sql) }
    if let name = prepared[sql.shape] { return queue(sql, prepared: name) }
    guard prepared.count < PQConnection.limit else { return queueUnprepared(sql) }
    preparedCount += 1
    let name = "s\(preparedCount)"
    let types = sql.shape.types
    guard PQsendPrepare(handle, name, sql.text, Int32(types.count), types) == 1 else { return false }
    // Noted before the answer, since the same batch may hold the statement twice; taken back when preparing fails.
    prepared[sql.shape] = name
    steps.append(.prepare(sql.shape))
    return queue(sql, prepared: name)
  }

  private func queue(_ sql: SQL, prepared name: String) -> Bool {
    steps.append(.execute)
    return withParameters(sql.binds) { count, values, lengths, formats in
      PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1) == 1
    }
  }

  private func queueUnprepared(_ sql: SQL) -> Bool {
    steps.append(.execute)
    return withParameters(sql.binds) { count, values, lengths, formats in
      PQsendQueryParams(handle, sql.text, count, sql.shape.types, values, lengths, formats, 1) == 1
    }
  }

  private typealias Values = UnsafePointer<UnsafePointer<CChar>?>

  /// Lays the pointers that libpq wants over the one buffer that holds all values. They live as long as the call.
  private func withParameters(_ binds: BindWriter, _ body: (Int32, Values?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Bool) -> Bool {
    let count = binds.count
    if count == 0 { return body(0, nil, nil, nil) }
    while formats.count < count { formats.append(1) }
    return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { lengths in
        // One byte more than needed, so that an empty value has an address: no address means NULL.
        binds.withPaddedBytes { base in
          var start = 0
          for (index, end) in binds.ends.enumerated() {
            let stop = end < 0 ? -1 - end : end
            values.initializeElement(at: index, to: end < 0 ? nil : base + start)
            lengths.initializeElement(at: index, to: Int32(clamping: stop - start))
            start = stop
          }
          return body(Int32(count), UnsafePointer(values.baseAddress), UnsafePointer(lengths.baseAddress), formats)
        }
      }
    }
  }

  /// Reads the answer to one step and the NULL that ends it.
  ///
  /// - Returns: false when no more answers will come.
  private func read(_ step: Step, into answer: inout Answer) -> Bool {
    guard let result = PQgetResult(handle) else {
      answer.error = answer.error ?? broken
      isConfused = true
      return false
    }
    take(result, step, into: &answer)
    if isConfused { return false }
    while let extra = PQgetResult(handle) { PQclear(extra) }
    return PQstatus(handle) == CONNECTION_OK
  }

  private func take(_ result: OpaquePointer, _ step: Step, into answer: inout Answer) {
    switch (PQresultStatus(result), step) {
    case (PGRES_TUPLES_OK, .execute), (PGRES_COMMAND_OK, .execute), (PGRES_EMPTY_QUERY, .execute):
      return answer.results.append(ResultSet(owning: result))
    case (PGRES_COMMAND_OK, .prepare):
      break
    case (PGRES_COPY_IN, _), (PGRES_COPY_OUT, _), (PGRES_COPY_BOTH, _):
      answer.error = answer.error ?? .value("COPY can't be sent as a statement")
      isConfused = true
    case (let status, _):
      if case .prepare(let shape) = step { prepared[shape] = nil }
      if status != PGRES_PIPELINE_ABORTED { answer.error = answer.error ?? ResultFields(result).error }
    }
    PQclear(result)
  }

  /// Reads up to the answer to the sync. The transaction of a batch ends there, so a deferred constraint fails here.
  private func finish(_ answer: inout Answer) {
    var blanks = 0
    while !isConfused, PQstatus(handle) == CONNECTION_OK {
      guard let result = PQgetResult(handle) else {
        // One NULL ends the error of a sync. Two mean that libpq waits for nothing any more: after a server that said goodbye it
        // empties its queue, and still takes the connection for a good one.
        blanks += 1
        isConfused = blanks > 1
        continue
      }
      defer { PQclear(result) }
      if PQresultStatus(result) == PGRES_PIPELINE_SYNC { return }
      if PQresultStatus(result) == PGRES_FATAL_ERROR { answer.error = answer.error ?? ResultFields(result).error }
    }
    answer.error = answer.error ?? broken
  }

  // MARK: - Scripts

  /// Several statements in one text, without binds: migrations only.
  ///
  /// - Returns: whether a transaction is still open afterwards.
  func runScript(_ text: String) throws(PostgresError) -> Bool {
    guard PQexitPipelineMode(handle) == 1 else { throw broken }
    defer { isConfused = PQenterPipelineMode(handle) != 1 || isConfused }
    guard let result = PQexec(handle, text) else { throw broken }
    defer { PQclear(result) }
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return PQtransactionStatus(handle) == PQTRANS_INTRANS
    default: throw ResultFields(result).error
    }
  }
}
