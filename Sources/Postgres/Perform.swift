extension Connection {
  /// A transaction or savepoint under way.
  struct TransactionLevel {
    /// Whether the server has begun it. Until then its beginning waits in `queued` for the first statement and goes with it.
    var isOpen = false
    var queued: [SQL]
    /// Whether something waits that must be done even if nothing else is sent.
    var holdsChanges = false
  }

  /// Sends a batch, after the beginnings of transactions that still wait, and reconnects when needed.
  ///
  /// - Parameter isRepeatable: whether doing it twice is the same as doing it once.
  /// - Returns: a result for each statement of the batch.
  @usableFromInline func perform(_ batch: [SQL], isRepeatable: Bool) throws(PostgresError) -> [ResultSet] {
    for sql in batch { try check(sql) }
    try finishAhead()
    defer { passOnNotices() }
    let isInside = levels.first?.isOpen ?? false
    if link.isLost {
      if isInside { throw .connection("the connection broke inside a transaction") }
      try reconnect()
    }
    let queued = levels.flatMap(\.queued)
    let whole = queued.isEmpty ? batch : queued + batch
    var answer = link.send(whole)
    if let error = answer.error, !isInside {
      if link.isLost {
        if isRepeatable || !levels.isEmpty || (error.saysNothingRan && answer.results.isEmpty) {
          try reconnect()
          answer = link.send(whole)
        }
      } else if error.asksToPrepareAgain, levels.isEmpty {
        link.forgetStatements()
        answer = link.send(whole)
      }
    }
    settle(answer.results.count)
    guard let error = answer.error else { return queued.isEmpty ? answer.results : Array(answer.results.dropFirst(queued.count)) }
    if error.asksToPrepareAgain { link.forgetStatements() }
    let isCertain = isRepeatable || !levels.isEmpty || (error.saysNothingRan && answer.results.isEmpty)
    throw link.isLost && !isCertain ? error.withUnknownOutcome() : error
  }

  /// Runs a change of a transaction without waiting for it: the server is at work meanwhile. What goes wrong is thrown by whatever this connection is
  /// asked next, or by ``finishAhead()``.
  public func runAhead(_ sql: SQL) throws(PostgresError) {
    try finishAhead()
    guard levels.count == 1, levels[0].isOpen, levels[0].queued.isEmpty, !link.isLost else {
      try run(sql)
      return
    }
    try check(sql)
    guard let error = link.post([sql])?.error else { return }
    throw error
  }

  /// Waits for the end of what ``runAhead(_:)`` began.
  public func finishAhead() throws(PostgresError) {
    guard link.isAhead else { return }
    defer { passOnNotices() }
    guard let error = link.collect().error else { return }
    if error.asksToPrepareAgain { link.forgetStatements() }
    throw error
  }

  /// What no server needs to be asked about: found before anything is sent, so that it doesn't spoil the transaction.
  func check(_ sql: SQL) throws(PostgresError) {
    if let refusal = sql.binds.refusal { throw .value("can't send \(refusal)") }
    if sql.binds.count > 65_535 { throw .value("can't send \(sql.binds.count) values; the protocol allows 65535") }
    if sql.binds.bytes.count > Int32.max { throw .value("can't send 2 GB of values") }
  }

  /// Notes which of the waiting beginnings the server has carried out.
  private func settle(_ answered: Int) {
    var answered = answered
    for index in levels.indices where answered > 0 && !levels[index].queued.isEmpty {
      let done = min(answered, levels[index].queued.count)
      levels[index].isOpen = true
      levels[index].queued.removeFirst(done)
      answered -= done
    }
  }

  private func passOnNotices() {
    for notice in link.takeNotices() { onNotice(notice) }
  }

  func reconnect() throws(PostgresError) {
    try link.reset()
    onNotice("connected to the database server again")
    if channels.isEmpty { return }
    if let error = link.send(channels.map { "LISTEN \(name: $0)" }).error { throw error }
  }
}
