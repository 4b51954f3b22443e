import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// `heed vault rotate`, on tables that only these tests have.
@Suite struct VaultRotationTests {
  private static let tokens = SecretColumn(table: "tokens", column: "secret", owner: .account)
  private static let settings = SecretColumn(table: "settings", column: "sealed", row: "user_id || ' ' || kind", owner: .user)
  private static let columns = [tokens, settings]
  private let site: Site
  private let people: [Browser]

  init() throws {
    site = try Site()
    let ana = try site.person("ana@x.test")
    people = [ana, try site.person("bob@x.test", sharing: ana), try site.person("eve@x.test")]
    for sql: SQL in [
      "CREATE TABLE tokens (id uuid PRIMARY KEY, account_id uuid NOT NULL, secret bytea)",
      "CREATE TABLE settings (user_id uuid NOT NULL, kind text NOT NULL, sealed bytea, PRIMARY KEY (user_id, kind))",
    ] { try site.owner.run(sql) }
  }

  private func vault(_ services: Services? = nil) -> Vault { Vault(masters: (services ?? site.services).masters, db: site.owner) }

  /// So many tokens of each account, settings of each person, and a row that holds none.
  private func fill(_ count: Int = 3) throws {
    for person in people {
      for number in 0..<count {
        let id = ID<Int>.new(at: site.now)
        let place = Self.tokens.place(id)
        let secret = try vault().seal(Array("\(place.row)".utf8), of: person.account, at: place, now: site.now)
        try site.owner.run("INSERT INTO tokens VALUES (\(id), \(person.account), \(secret))")
        let kind = "kind \(number)"
        let setting = Self.settings.place("\(person.user.text) \(kind)")
        let sealed = try vault().seal(Array(setting.row.utf8), of: person.account, at: setting, now: site.now)
        try site.owner.run("INSERT INTO settings VALUES (\(person.user), \(kind), \(sealed))")
      }
      try site.owner.run("INSERT INTO tokens VALUES (\(ID<Int>.new(at: site.now)), \(person.account), NULL)")
    }
  }

  /// How many secrets open, each of which is the name of its row.
  private func opened(_ services: Services? = nil) throws -> Int {
    let rows = try site.owner.rows(
      Query<(account: ID<Account>, place: String, secret: [UInt8], isToken: Bool)>(
        """
        SELECT account_id AS account, id::text AS place, secret, true AS is_token FROM tokens WHERE secret IS NOT NULL
        UNION ALL SELECT u.account_id, user_id || ' ' || kind, sealed, false FROM settings JOIN users u ON u.id = user_id
        """
      ) { row throws(PostgresError) in (try row("account"), try row("place"), try row("secret"), try row("is_token")) })
    return try rows.count { account, place, secret, isToken in
      let column = isToken ? Self.tokens : Self.settings
      return try vault(services).open(secret, of: account, at: column.place(place)) == Array(place.utf8)
    }
  }

  private func rotation(_ db: Connection, _ services: Services? = nil, failed: @escaping ([String: String]) -> Void = { _ in })
    -> VaultRotation
  {
    VaultRotation(services ?? site.services, db, at: site.now, Self.columns, failed: failed)
  }

  private func rotate(_ services: Services? = nil) throws -> VaultRotation.Outcome {
    var rotation = rotation(try site.connection("heed_owner"), services)
    return try rotation.run()
  }

  /// Of the first two people's account, then of the other's.
  private func versions() throws -> String? {
    try site.text(
      """
      SELECT string_agg(version || CASE WHEN retired_at IS NULL THEN '' ELSE ' retired' END, ',' ORDER BY account_id = \(people[2].account), version)
      FROM account_keys
      """)
  }

  @Test func `every secret is sealed with a new key, and the old keys are gone`() throws {
    try fill(VaultRotation.slice / 2 + 1)
    let all = try opened()
    let before: [[UInt8]] = try site.owner.rows(
      Query(column: "SELECT secret FROM tokens WHERE secret IS NOT NULL UNION ALL SELECT sealed FROM settings"))
    #expect(all == 606)
    let outcome = try rotate()
    #expect(outcome.json == "{\"columns\":2,\"accounts\":2,\"secrets\":606,\"unreadable\":0}")
    #expect(try opened() == all)
    #expect(try site.count("SELECT count(*) FROM tokens WHERE secret = ANY (\(before)) OR get_byte(secret, 0) <> 2") == 0)
    #expect(try site.count("SELECT count(*) FROM settings WHERE sealed = ANY (\(before)) OR get_byte(sealed, 0) <> 2") == 0)
    #expect(try site.text("SELECT string_agg(version::text || coalesce(retired_at::text, ''), ' ') FROM account_keys") == "2 2")
    let entries = try site.text(
      """
      SELECT string_agg(actor || ' ' || (payload::jsonb->>'secrets') || coalesce(user_id::text, ''), ', ' ORDER BY account_id = \(people[2].account)) FROM audit_log
      WHERE action = 'vault.rotated'
      """)
    #expect(entries == "operator 404, operator 202")
    #expect(try AuditVerification.verify(site.services.keys, site.connection("heed_owner")) == .whole(rows: 2, accounts: 2))
  }

  @Test func `nothing stored is fine, and it says how many columns it looked at`() throws {
    #expect(try rotate() == VaultRotation.Outcome(columns: 2))
    var product = VaultRotation(site.services, try site.connection("heed_owner"), at: site.now) { _ in }
    #expect(try product.run().columns == features.flatMap(\.secrets).count)
  }

  @Test func `an account whose key nothing uses gets a new one, too`() throws {
    _ = try vault().seal([1], of: people[2].account, at: Self.tokens.place("x"), now: site.now)
    #expect(try rotate().json == "{\"columns\":2,\"accounts\":1,\"secrets\":0,\"unreadable\":0}")
    #expect(try versions() == "2")
  }

  @Test func `versions begin anew after 255`() throws {
    try fill(1)
    for _ in 0..<3 { _ = try rotate() }
    #expect(try versions() == "4,4")
    // A key's version is part of its wrapping, so one of 255 is made by hand.
    let account = people[2].account
    try site.owner.run("DELETE FROM tokens WHERE account_id = \(account)")
    try site.owner.run("DELETE FROM settings WHERE user_id = \(people[2].user)")
    try site.owner.run("UPDATE account_keys SET version = 255 WHERE account_id = \(account)")
    _ = try rotate()
    #expect(try versions() == "5,1")
    #expect(try opened() == 4)
  }

  /// Ends the backend at the so-and-so-manieth change of a row, in the middle of its transaction, as a kill -9 of the program would.
  private func arm() throws {
    for sql: SQL in [
      "CREATE SEQUENCE changes", "CREATE TABLE fate (at int NOT NULL)", "INSERT INTO fate VALUES (0)",
      """
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
        IF nextval('changes') = (SELECT at FROM fate) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
      END $$
      """,
      "CREATE TRIGGER die AFTER INSERT OR UPDATE OR DELETE ON tokens FOR EACH ROW EXECUTE FUNCTION die()",
      "CREATE TRIGGER die AFTER INSERT OR UPDATE OR DELETE ON settings FOR EACH ROW EXECUTE FUNCTION die()",
      "CREATE TRIGGER die AFTER INSERT OR UPDATE OR DELETE ON account_keys FOR EACH ROW EXECUTE FUNCTION die()",
      "CREATE TRIGGER die AFTER INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION die()",
    ] { try site.owner.run(sql) }
  }

  @Test func `killed at any change, nothing is lost and the next one ends it`() throws {
    try fill(2)
    try arm()
    // Two accounts: a key retired, one made; 4 and 8 secrets; an entry, and all keys gone that the ones before left.
    for change in 1...40 {
      try site.owner.run("UPDATE fate SET at = \(change)")
      try site.owner.run("ALTER SEQUENCE changes RESTART")
      let error = #expect(throws: PostgresError.self) { try rotate() }
      #expect(error?.sqlstate == "57P01")
      #expect(try opened() == 12)
    }
    #expect(try site.count("SELECT count(*) FROM account_keys WHERE retired_at IS NOT NULL") > 10)
    try site.owner.run("UPDATE fate SET at = 0")
    #expect(try rotate().unreadable == 0)
    #expect(try opened() == 12)
    #expect(try site.text("SELECT string_agg(coalesce(retired_at::text, 'seals'), ' ') FROM account_keys") == "seals seals")
  }

  @Test func `what is sealed while it runs stays readable`() throws {
    try fill(1)
    let eve = people[2]
    let place = Self.tokens.place(ID<Int>.new(at: site.now))
    let writer = try site.connection("heed_work")
    try site.owner.run("GRANT INSERT ON tokens TO heed_work")
    let owner = try site.connection("heed_owner")
    try owner.run("SET lock_timeout = '100ms'")
    try writer.transaction {
      let sealed = try Vault(masters: site.services.masters, db: writer).seal(
        Array(place.row.utf8), of: eve.account, at: place, now: site.now)
      try writer.run("INSERT INTO tokens VALUES (\(place.row)::text::uuid, \(eve.account), \(sealed))")
      // The rotation gets to the end and waits there for whoever took the old key.
      var stuck = rotation(owner)
      #expect(throws: PostgresError.self) { try stuck.run() }
      #expect(try site.count("SELECT count(*) FROM account_keys WHERE account_id = \(eve.account)") == 2)
    }
    #expect(try opened() == 7)
    #expect(throws: VaultRotation.Busy.self) { _ = try rotate() }
    try owner.run("SELECT pg_advisory_unlock_all()")
    #expect(try rotate().unreadable == 0)
    #expect(try opened() == 7)
    #expect(try site.count("SELECT count(*) FROM account_keys") == 2)
  }

  @Test func `what does not open is named, stays, and keeps its key`() throws {
    try fill(1)
    let broken = try site.text("SELECT id::text FROM tokens WHERE secret IS NOT NULL AND account_id = \(people[2].account)").unwrapped
    try site.owner.run("UPDATE tokens SET secret = secret || '\\x00' WHERE id::text = \(broken)")
    var lines: [String] = []
    var rotation = rotation(try site.connection("heed_owner")) { lines.append("\($0["row"] ?? "") \($0["error"] ?? "")") }
    #expect(try rotation.run().json == "{\"columns\":2,\"accounts\":2,\"secrets\":5,\"unreadable\":1}")
    #expect(lines == ["\(broken) doesNotOpen"])
    #expect(try versions() == "2,1 retired,2")
    try site.owner.run("UPDATE tokens SET secret = substr(secret, 1, length(secret) - 1) WHERE id::text = \(broken)")
    #expect(try opened() == 6)
    #expect(try rotate().unreadable == 0)
    #expect(try site.count("SELECT count(*) FROM account_keys") == 2)
  }

  @Test func `a new secret key takes over with the old one beside it`() throws {
    try fill(1)
    func services(previous: [UInt8]?) -> Services {
      Services(
        origin: site.services.origin, secret: Array("another secret, as long as the one before".utf8), previous: previous,
        zones: site.services.zones, assets: Assets(folder: nil))
    }
    let outcome = try rotate(services(previous: nil))
    #expect(outcome.secrets == 0 && outcome.unreadable == 6)
    #expect(try opened(services(previous: Site.secret)) == 6)
    #expect(try rotate(services(previous: Site.secret)).secrets == 6)
    #expect(try opened(services(previous: nil)) == 6)
  }
}
