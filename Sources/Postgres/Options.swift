/// How to connect, beyond what the connection string says; the string wins where both speak.
public struct ConnectionOptions: Sendable {
  /// Shown in `pg_stat_activity`.
  public var applicationName = "heed"
  /// Prepare each statement once. Off behind PgBouncer before 1.21 in transaction mode. The time limits then belong on the role
  /// (`ALTER ROLE … SET`), since settings at the start of a connection don't reach a pooled one.
  public var prepares = true
  /// Milliseconds a statement may take; 0 for no limit, as in the next two. Below nginx's read timeout.
  public var statementTimeout = 10_000
  /// Milliseconds a statement may wait for a lock. Below the statement timeout.
  public var lockTimeout = 5_000
  /// Milliseconds a transaction may sit between two statements: one forgotten transaction ruins a queue table.
  public var idleInTransactionTimeout = 15_000
  /// Whether tables may be read from end to end where an index serves. Off for what always looks rows up by keys: the plans that check foreign keys
  /// are made once, and one made while a table was empty reads all of it for each row that is written later.
  public var scansTables = true
  /// Whether rows may be joined through a hash table. Off for pages: they join fifty rows to a few by their keys, and a hash join costs more to set
  /// up than that takes, and the sort after it, since it does not keep the order (a list of reminders: 350 µs against 270).
  public var joinsByHash = true
  /// Seconds for each host of the connection string; libpq rounds 1 up to 2.
  public var connectTimeout = 5
  /// Milliseconds after which sent bytes that nobody acknowledged mean that the host is gone (TCP only).
  public var tcpUserTimeout = 15_000
  /// Seconds without a word after which the other side is asked whether it lives (TCP only).
  public var keepalivesIdle = 30

  public init() {}

  /// For `heed migrate`: statements may take long, but none waits so long for a lock that the site stands still.
  public static var migrating: ConnectionOptions {
    var options = ConnectionOptions()
    options.applicationName = "heed migrate"
    options.statementTimeout = 0
    options.idleInTransactionTimeout = 0
    return options
  }

  /// libpq parameters that the connection string may overrule.
  var parameters: [(String, String)] {
    [
      ("fallback_application_name", applicationName),
      ("connect_timeout", "\(connectTimeout)"),
      ("keepalives_idle", "\(keepalivesIdle)"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "\(tcpUserTimeout)"),
    ]
  }

  /// The server settings, sent with the first packet. Pages read few rows by index from memory or SSD: at the default of 4 for a random page
  /// the planner sorts what an index would hand it in order.
  var settings: String {
    guard prepares else { return "" }
    return "-c TimeZone=UTC -c DateStyle=ISO -c statement_timeout=\(statementTimeout) -c lock_timeout=\(lockTimeout)"
      + " -c idle_in_transaction_session_timeout=\(idleInTransactionTimeout) -c random_page_cost=1.1 -c jit=off"
      + (scansTables ? "" : " -c enable_seqscan=off") + (joinsByHash ? "" : " -c enable_hashjoin=off")
  }
}
