import Foundation
import Testing

@testable import App
@testable import Domain

/// The command, as an operator runs it.
@Suite struct VaultCommandTests {
  private func heed(_ command: String, _ more: String, on site: Site, secret: [UInt8] = Site.secret, previous: [UInt8]? = nil) throws
    -> HeedCommand
  {
    var changes = ["HEED_SECRET_KEY": Data(secret).base64EncodedString()]
    changes["HEED_SECRET_KEY_PREVIOUS"] = previous.map { Data($0).base64EncodedString() }
    return try more.isEmpty ? HeedCommand(command, on: site, changes) : HeedCommand(command, more, on: site, changes)
  }

  @Test func `it prints one line of JSON, and leaves one key an account`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let vault = Vault(masters: site.services.masters, db: site.owner)
    _ = try vault.seal([1], of: ana.account, at: VaultPlace(table: "t", column: "c", row: "r"), now: site.now)
    let count = features.flatMap(\.secrets).count
    let answer = try heed("vault", "rotate", on: site)
    #expect(answer.status == 0 && answer.output == "{\"columns\":\(count),\"accounts\":1,\"secrets\":0,\"unreadable\":0}\n", "\(answer)")
    #expect(try site.text("SELECT string_agg(version::text, ' ') FROM account_keys") == "2")
    try site.owner.run("SELECT pg_advisory_lock(\(0x6865_6564_31))")
    let refused = try heed("vault", "rotate", on: site)
    #expect(refused.status == 1 && refused.output.contains("another heed vault rotate"), "\(refused)")
  }

  @Test func `the check says which keys do not open, and what to do`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    func line(_ secret: [UInt8], previous: [UInt8]? = nil) throws -> String {
      let all = try heed("check", "", on: site, secret: secret, previous: previous).output.split(separator: "\n")
      return all.filter { $0.contains("HEED_SECRET_KEY_PREVIOUS: ") || $0.contains("vault") }.joined()
    }
    _ = try ana.remind(["title": "Written down with the old key", "at": "2026-12-01T09:00"])
    #expect(try line(Site.secret) == "")
    _ = try Vault(masters: site.services.masters, db: site.owner).seal(
      [1], of: ana.account, at: VaultPlace(table: "t", column: "c", row: "r"), now: site.now)
    #expect(try line(Site.secret) == "")
    let new = Array("another secret, as long as the one before".utf8)
    #expect(try line(new).contains("WRONG  HEED_SECRET_KEY: does not open 1 of 1 keys of the vault"))
    #expect(try line(new, previous: Site.secret).contains("still opens 1 of 1 keys of the vault. Run heed vault rotate"))
    #expect(try heed("vault", "rotate", on: site, secret: new, previous: Site.secret).status == 0)
    // A reminder was written down with the old one, the rotation with the new.
    #expect(
      try line(new, previous: Site.secret).contains("HEED_SECRET_KEY_PREVIOUS: opens nothing in the vault any more. The audit log's first"))
    #expect(try line(new) == "")
    #expect(try heed("audit", "verify", on: site, secret: new, previous: Site.secret).status == 0)
    for one in [new, Site.secret] { #expect(try heed("audit", "verify", on: site, secret: one).status == 1) }
    #expect(try line(Site.secret, previous: new).contains("still opens 1 of 1"))
  }
}
