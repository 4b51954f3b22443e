import Postgres
import Testing

@testable import App
@testable import Domain

/// Tables that grow without end can be cut into months without changing a key of theirs.
@Suite struct PartitionTests {
  @Test(arguments: [
    ("outbox", "subject_id"), ("outbox_attempts", "subject_id"), ("escalation_events", "escalation_id"),
    ("occurrences", "due_at"), ("audit_log", "id"), ("event_log", "id"),
  ])
  func `every unique key holds what the table is cut by`(table: String, column: String) throws {
    let site = try Site()
    // PostgreSQL refuses a key that does not.
    try site.owner.run("CREATE TABLE cut (LIKE \(name: table) INCLUDING ALL) PARTITION BY RANGE (\(name: column))")
    let keys: SQL = "SELECT count(*) FROM pg_index WHERE indisunique AND indrelid = 'cut'::regclass"
    #expect(try site.count(keys) >= 1)
  }

  @Test func `an id that the database makes begins with its time, as those of the program`() throws {
    let site = try Site()
    let made: [String] = try site.owner.rows(
      Query(column: "SELECT new_id(\(site.now)::timestamptz + n * interval '1 millisecond')::text FROM generate_series(0, 99) n"))
    let ids = try made.map { try ID<Audit>($0).unwrapped }
    #expect(ids == ids.sorted() && Set(ids).count == 100)
    #expect(ids.allSatisfy { $0.high >> 12 & 0xF == 7 && $0.low >> 62 == 0b10 })
    #expect(ids[0].high >> 16 == ID<Audit>.new(at: site.now).high >> 16)
  }
}
