import Foundation
import Postgres
import TestSupport

/// The rows of a small database, written down by its server: what many tests begin with is put into an emptied database, whose connections know
/// the schema already. A copy of the files takes as long as ten tests.
struct KeptRows: Sendable {
  /// Where the files begin, one a table.
  private let files: String
  private let tables: [String]
  /// Where the sequences stand, as JSON.
  private let sequences: String

  /// - Parameter db: a superuser's.
  init(of db: Connection) throws {
    // Not by the name of the database: that is emptied and kept from again.
    files = try db.value("SELECT current_setting('data_directory') || \("/kept-\(UUID().uuidString)-")::text").unwrapped
    tables = try db.rows(
      Query(
        column: """
          SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
            AND relname <> 'schema_migrations'
          """))
    sequences = try db.value(
      """
      SELECT coalesce(jsonb_object_agg(format('%I.%I', schemaname, sequencename), last_value), '{}')::text FROM pg_sequences
      WHERE last_value IS NOT NULL
      """
    ).unwrapped
    try tell(db)
    try db.run(
      """
      DO $$
      DECLARE t text;
      BEGIN
        FOREACH t IN ARRAY current_setting('kept.tables')::text[] LOOP
          EXECUTE format('COPY public.%I TO %L (FORMAT binary)', t, current_setting('kept.files') || t);
        END LOOP;
      END $$
      """)
  }

  /// Into an empty one of the same schema.
  func write(to db: Connection) throws {
    try tell(db)
    try db.run(
      """
      DO $$
      DECLARE t text;
      BEGIN
        SET LOCAL session_replication_role = replica;
        FOREACH t IN ARRAY current_setting('kept.tables')::text[] LOOP
          EXECUTE format('COPY public.%I FROM %L (FORMAT binary)', t, current_setting('kept.files') || t);
        END LOOP;
        PERFORM setval(key::regclass, value::bigint) FROM jsonb_each_text(current_setting('kept.sequences')::jsonb);
      END $$
      """)
  }

  /// A block of PL/pgSQL takes no parameters.
  private func tell(_ db: Connection) throws {
    try db.run(
      """
      SELECT set_config('kept.files', \(files), false), set_config('kept.tables', \(tables)::text[]::text, false),
        set_config('kept.sequences', \(sequences), false)
      """)
  }
}
