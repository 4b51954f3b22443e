extension Connection {
  /// Runs `body` in a transaction; inside another one, in a savepoint of it. An error that leaves `body` undoes what it did.
  ///
  /// BEGIN or SAVEPOINT travels with the first statement, so a transaction of one statement takes two round trips and an empty one none.
  ///
  /// - Throws: what `body` throws; ``PostgresError`` when committing fails. If the connection breaks during COMMIT, the error
  ///   ``PostgresError/isOutcomeUnknown``.
  @_disfavoredOverload
  @discardableResult
  public func transaction<Value>(_ body: () throws -> Value) throws -> Value {
    let value = try attempt(body)
    try commit()
    return value
  }

  /// The same for bodies that throw nothing but ``PostgresError``: `db.transaction { () throws(PostgresError) in … }`.
  @discardableResult
  public func transaction<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
    let value = try attempt(body)
    try commit()
    return value
  }

  /// Begins a transaction that stays open from call to call, on a connection that serves nothing else: work cut into slices that is seen all at once.
  /// It ends with ``commitOpen()``, or is rolled back by the server when this connection is let go. After an error it can only be let go.
  public func beginOpen() { begin() }

  /// Commits what ``beginOpen()`` began.
  ///
  /// - Throws: as ``transaction(_:)`` where committing fails.
  public func commitOpen() throws(PostgresError) { try commit() }

  public var isInTransaction: Bool { !levels.isEmpty }

  /// Sets a server setting until the end of the transaction or savepoint, such as `heed.user_id`. It travels with the next statement.
  ///
  /// - Throws: outside of a transaction, where it would have no effect.
  public func local(_ setting: StaticString, _ value: String) throws(PostgresError) {
    guard let last = levels.indices.last else { throw .value("\(setting) can be set inside a transaction only") }
    levels[last].queued.append("SELECT set_config(\(setting.description), \(value), true)")
  }

  /// Runs changes of a transaction together with whatever it sends next, at the latest with its end: they cost no round trip of their own, and
  /// their errors are thrown there. Outside of a transaction they run at once.
  public func queue(_ batch: [SQL]) throws(PostgresError) {
    if batch.isEmpty { return }
    guard let last = levels.indices.last else {
      try runAll(batch)
      return
    }
    for sql in batch { try check(sql) }
    levels[last].queued += batch
    levels[last].holdsChanges = true
  }

  /// Begins, and takes back what `body` did when it throws.
  private func attempt<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    begin()
    do {
      return try body()
    } catch {
      rollBack()
      throw error
    }
  }

  private func begin() {
    levels.append(TransactionLevel(queued: [levels.isEmpty ? "BEGIN" : "SAVEPOINT heed"]))
  }

  private func commit() throws(PostgresError) {
    do {
      try finishAhead()
    } catch {
      rollBack()
      throw error
    }
    try beginForChanges()
    guard let level = levels.popLast() else { return }
    if let outer = levels.indices.last {
      guard level.isOpen else {
        levels[outer].queued += level.queued.dropFirst()
        levels[outer].holdsChanges = levels[outer].holdsChanges || level.holdsChanges
        return
      }
      return try release(level)
    }
    guard level.isOpen else { return }
    if link.isLost { throw .connection("the connection broke inside a transaction") }
    let answer = link.send(level.queued + ["COMMIT"])
    for notice in link.takeNotices() { onNotice(notice) }
    if let error = answer.error {
      // One of the changes that went along failed: COMMIT was passed over, and the transaction waits for its end.
      if answer.results.count < level.queued.count, !link.isLost {
        if error.asksToPrepareAgain { link.forgetStatements() }
        if link.send(["ROLLBACK"]).error != nil { link.abandon() }
      }
      // 25P03: the transaction had sat idle too long and was already gone.
      throw link.isLost && error.sqlstate != "25P03" ? error.withUnknownOutcome() : error
    }
    // The server answers so when a statement had failed and its error was caught.
    if answer.results.last?.tag == "ROLLBACK" { throw .value("nothing was committed: an error inside the transaction was ignored") }
  }

  /// A transaction that asked nothing but has changes to make begins now: else they would be lost with it.
  private func beginForChanges() throws(PostgresError) {
    guard levels.count == 1, let level = levels.last, level.holdsChanges, !level.isOpen else { return }
    do {
      _ = try perform([], isRepeatable: false)
    } catch {
      rollBack()
      throw error
    }
  }

  private func release(_ level: TransactionLevel) throws(PostgresError) {
    if link.isLost { throw .connection("the connection broke inside a transaction") }
    guard let error = link.send(level.queued + ["RELEASE SAVEPOINT heed"]).error else { return }
    if error.asksToPrepareAgain { link.forgetStatements() }
    undoSavepoint()
    throw error
  }

  /// Never throws: the error that led here matters more, and a connection that can't even roll back is given up.
  private func rollBack() {
    if link.isAhead { _ = link.collect() }
    guard let level = levels.popLast(), level.isOpen, !link.isLost else { return }
    if !levels.isEmpty { return undoSavepoint() }
    if link.send(["ROLLBACK"]).error != nil { link.abandon() }
  }

  private func undoSavepoint() {
    if link.isLost { return }
    if link.send(["ROLLBACK TO SAVEPOINT heed", "RELEASE SAVEPOINT heed"]).error != nil { link.abandon() }
  }
}
