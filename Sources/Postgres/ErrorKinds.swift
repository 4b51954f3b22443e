extension PostgresError {
  /// The same request may succeed a moment later: the server is away, starting, full, or somebody else held what was needed. The web
  /// layer answers 503 with `Retry-After`. See also ``isOutcomeUnknown``.
  public var isTransient: Bool {
    if kind == .connection { return true }
    guard let sqlstate else { return false }
    switch sqlstate {
    case "57P01", "57P02", "57P03", "57P05": return true  // shut down, crashed, starting, idle too long
    case "57014", "55P03": return true  // statement_timeout, lock_timeout
    case "25P03", "25P04": return true  // transaction idle too long, transaction too long
    case "40001", "40P01": return true  // serialization failure, deadlock
    case "25006": return true  // the server became a standby
    default: return sqlstate.hasPrefix("08") || sqlstate.hasPrefix("53")  // connection; disk, memory, connections used up
    }
  }

  /// Whether a unique, foreign key, check, exclusion or not-null constraint of this name was violated.
  public func violates(_ name: String) -> Bool {
    sqlstate?.hasPrefix("23") == true && constraint == name
  }

  /// The server ended the connection between two statements, so nothing of the next one can have run: it says so with these codes only
  /// at points where it may be interrupted, and never between a change and the answer about it, except at COMMIT.
  var saysNothingRan: Bool { sqlstate == "57P01" || sqlstate == "57P05" }

  /// A prepared statement is gone (DISCARD ALL, a pooler) or no longer fits its tables. Found before it runs.
  var asksToPrepareAgain: Bool {
    sqlstate == "26000" || sqlstate == "0A000" && message.hasPrefix("cached plan")
  }
}
