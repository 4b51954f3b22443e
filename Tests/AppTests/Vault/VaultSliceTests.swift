import Postgres
import Testing

@testable import App
@testable import Domain

/// A rotation of more than a slice holds: of secrets of one account, and of accounts.
@Suite struct VaultSliceTests {
  private static let tokens = SecretColumn(table: "tokens", column: "secret", owner: .account)
  private let site: Site
  private var vault: Vault { Vault(masters: site.services.masters, db: site.owner) }

  init() throws {
    site = try Site()
    try site.owner.run("CREATE TABLE tokens (id uuid PRIMARY KEY, account_id uuid NOT NULL, secret bytea)")
  }

  /// Seals a secret of each account's, which is its place.
  private func fill(_ accounts: [ID<Account>]) throws {
    var rows: [(id: ID<Int>, secret: [UInt8])] = []
    for account in accounts {
      let id = ID<Int>.new(at: site.now)
      rows.append((id, try vault.seal(Array(id.text.utf8), of: account, at: Self.tokens.place(id), now: site.now)))
    }
    try site.owner.run(
      .insert(into: "tokens", .each("id", rows.map(\.id)), .each("account_id", accounts), .each("secret", rows.map(\.secret))))
  }

  /// One rotation, and whether every secret opens with what it left.
  private func rotate() throws -> (secrets: Int, accounts: Int, opened: Int) {
    var rotation = VaultRotation(site.services, try site.connection("heed_owner"), at: site.now, [Self.tokens]) { _ in }
    let outcome = try rotation.run()
    let rows = try site.owner.rows(
      Query<(ID<Account>, ID<Int>, [UInt8])>("SELECT account_id, id, secret FROM tokens") { row throws(PostgresError) in
        (try row("account_id"), try row("id"), try row("secret"))
      })
    let opened = try rows.count { try vault.open($2, of: $0, at: Self.tokens.place($1)) == Array($1.text.utf8) }
    return (outcome.secrets, outcome.accounts, opened)
  }

  @Test func `all secrets of an account are sealed anew before its old key goes`() throws {
    let ana = try site.person("ana@x.test")
    let count = 2 * VaultRotation.slice + 1
    try fill(Array(repeating: ana.account, count: count))
    #expect(try rotate() == (count, 1, count))
    #expect(try site.text("SELECT string_agg(version::text, ' ') FROM account_keys") == "2")
    // A second one finds the newest key only.
    #expect(try rotate() == (count, 1, count))
    #expect(try site.text("SELECT string_agg(version::text, ' ') FROM account_keys") == "3")
  }

  @Test func `every account gets a new key, however many there are`() throws {
    let accounts = (0...(2 * VaultRotation.slice)).map { _ in ID<Account>.new(at: site.now) }
    try site.owner.run(.insert(into: "accounts", .each("id", accounts), .all("name", "''"), .all("created_at", "\(site.now)")))
    try fill(accounts)
    #expect(try rotate() == (accounts.count, accounts.count, accounts.count))
    #expect(try site.count("SELECT count(*) FROM account_keys WHERE version = 2 AND retired_at IS NULL") == accounts.count)
    #expect(try site.count("SELECT count(*) FROM account_keys") == accounts.count)
    #expect(
      try site.count("SELECT count(*) FROM audit_log WHERE action = 'vault.rotated' AND payload::jsonb->>'secrets' = '1'") == accounts.count
    )
  }
}
