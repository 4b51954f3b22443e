import Foundation
import Postgres
import Synchronization
import TestSupport

/// A database whose site is at its end, with its connections: the next site takes it over, emptied. What a connection has to learn of a schema
/// costs a processor 0.3 s, once for each table, statement and trigger; emptying costs 10 ms. Dropped are those that a test changed otherwise than
/// row by row, filled, or gave to somebody else.
final class UsedDatabase: @unchecked Sendable {
  let name: String
  let owner: Connection
  let web: Connection
  private var work: Connection?
  private var superuser: Connection?
  private let settings: String

  /// The catalog of a new one: all are copies of one template.
  private static let catalogOfNew = Mutex<String?>(nil)

  private static let stock = Mutex<[UsedDatabase]>([])
  /// Tests run one after the other in a lane; more are for those that need two sites, or run side by side.
  private static let most = 3
  /// Pages that a table may have, dead rows included: fewer than ten are ten to the planner, so that it plans as in a new database.
  private static let mostPages = 10

  /// One that is there, or a new one.
  static func take() throws -> UsedDatabase {
    try stock.withLock({ $0.popLast() }) ?? UsedDatabase(Cluster.shared.get().createMigratedDatabase(folder: repository + "/migrations"))
  }

  private init(_ name: String) throws {
    let cluster = try Cluster.shared.get()
    self.name = name
    owner = try Connection(url: cluster.url(name, role: "heed_owner"))
    web = try Connection(url: cluster.url(name, role: "heed_web"))
    let isFirst = Self.catalogOfNew.withLock { $0 == nil }
    if isFirst, let catalog = try Self.catalog(Connection(url: cluster.url(name))) { Self.catalogOfNew.withLock { $0 = catalog } }
    settings = try Self.settings(owner) + Self.settings(web)
  }

  /// The connection of the worker that a site keeps.
  func working() throws -> Connection {
    let db = try work ?? Connection(url: Cluster.shared.get().url(name, role: "heed_work"))
    work = db
    return db
  }

  /// Takes it back when it can be used again; drops it otherwise.
  func give() {
    let isKept = (try? isAsNew(cleaner()) && empty()) == true
    if isKept, Self.stock.withLock({ $0.count < Self.most }) {
      for connection in [owner, web, work].compactMap({ $0 }) { connection.onNotice = { _ in } }
      Self.stock.withLock { $0.append(self) }
    } else {
      try? Cluster.shared.get().dropDatabase(name)
    }
  }

  /// Its rows, when there are few and nothing else was changed.
  func keepRows() throws -> KeptRows? { try isAsNew(cleaner()) ? KeptRows(of: cleaner()) : nil }

  func write(_ rows: KeptRows) throws { try rows.write(to: cleaner()) }

  /// A superuser's, once somebody has to know.
  private func cleaner() throws -> Connection {
    let db = try superuser ?? Connection(url: Cluster.shared.get().url(name))
    superuser = db
    return db
  }

  private func isAsNew(_ cleaner: Connection) throws -> Bool {
    let connections = [owner, web, work].compactMap { $0 }
    if connections.contains(where: \.isInTransaction) { return false }
    let pids: [Int] = try (connections + [cleaner]).map { try $0.value("SELECT pg_backend_pid()") ?? 0 }
    _ = try cleaner.value(
      "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> ALL (\(pids))",
      as: Int.self)
    let catalog = Self.catalogOfNew.withLock { $0 }
    return try Self.catalog(cleaner) == catalog && Self.settings(owner) + Self.settings(web) == settings
      && cleaner.value(
        """
        SELECT coalesce(max(pg_relation_size(oid)), 0) <= \(Self.mostPages * 8_192) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        """) == true
  }

  /// Whatever is no row: tables, functions, triggers, rights, statistics, and whether somebody may connect.
  private static func catalog(_ db: Connection) throws -> String? {
    try db.value(
      """
      SELECT concat_ws(' ', (SELECT md5(string_agg(concat_ws(' ', oid, relname, relacl, relowner, relrowsecurity, relforcerowsecurity,
          reloptions, reltuples, relpages), ',' ORDER BY oid)) FROM pg_class WHERE relnamespace >= 2200),
        (SELECT count(*) || ' ' || sum(xmin::text::bigint) FROM pg_proc), (SELECT count(*) || ' ' || sum(xmin::text::bigint) FROM pg_attribute),
        (SELECT count(*) || ' ' || sum(xmin::text::bigint) FROM pg_trigger), (SELECT count(*) || ' ' || sum(xmin::text::bigint) FROM pg_policy),
        (SELECT count(*) || ' ' || sum(xmin::text::bigint) FROM pg_constraint), (SELECT count(*) FROM pg_statistic),
        (SELECT count(*) FROM pg_index), (SELECT concat_ws(' ', datallowconn, datacl) FROM pg_database WHERE datname = current_database()),
        (SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database()),
        (SELECT md5(string_agg(t::text, ',' ORDER BY number)) FROM schema_migrations t))
      """)
  }

  /// What a test may have set for the rest of a connection. How a transaction reads stays noted as set, and ends with it.
  private static func settings(_ db: Connection) throws -> String {
    try db.value(
      """
      SELECT concat_ws(' ', (SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings
          WHERE source = 'session' AND name NOT IN ('transaction_isolation', 'transaction_read_only', 'transaction_deferrable')),
        (SELECT string_agg(c, ',') FROM pg_listening_channels() c),
        (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()))
      """) ?? ""
  }

  private func empty() throws -> Bool {
    try cleaner().run(
      """
      DO $$
      DECLARE t text; s record;
      BEGIN
        SET LOCAL session_replication_role = replica;
        FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
          AND relname <> 'schema_migrations' LOOP
          EXECUTE format('DELETE FROM public.%I', t);
        END LOOP;
        FOR s IN SELECT schemaname, sequencename, start_value FROM pg_sequences WHERE last_value IS NOT NULL LOOP
          PERFORM setval(format('%I.%I', s.schemaname, s.sequencename)::regclass, s.start_value, false);
        END LOOP;
      END $$
      """)
    return true
  }
}
