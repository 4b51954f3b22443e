import Foundation
import Testing
import Web

@testable import App
@testable import Domain

/// RULES 7.3: the audit log keeps a year; what is older stands in files first, and the chain stays whole.
@Suite struct AuditArchiveTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("heed-archive-\(UUID().uuidString)").path

  /// Two people with four entries each, of which two are older than a year; then a worker of the next night.
  private func filled() throws -> (Site, Browser, Browser) {
    let site = try Site()
    let people = try ["ana@x.test", "eve@x.test"].map { try site.person($0) }
    for titles in [["One", "Two"], ["Three", "Four"]] {
      for person in people {
        try person.openSession()
        for title in titles { _ = try person.remind(["title": title]) }
      }
      site.now = site.now.advanced(days: 200)
    }
    return (site, people[0], people[1])
  }

  private func archive(_ site: Site, to folder: String?) throws {
    var services = site.services
    services.auditArchive = folder
    let mailer = Mailer(.maildir(.init(path: "/nonexistent")), from: try Mailer.sender("heed@heed.test"))
    let bench = try WorkBench(services, site.connection("heed_work"), mailer) { _, _ in }
    _ = try Worker(bench, [.records, .jobs]).runOnce { site.now }
  }

  private func files() throws -> [String] {
    FileManager.default.fileExists(atPath: folder) ? try FileManager.default.contentsOfDirectory(atPath: folder).sorted() : []
  }

  private func numbers(_ site: Site, _ person: Browser) throws -> String? {
    try site.text("SELECT string_agg(number::text, ' ' ORDER BY number) FROM audit_log WHERE account_id = \(person.account)")
  }

  @Test func `what is older than a year goes into a file a chain, and the walk goes on behind it`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (site, ana, eve) = try filled()
    try archive(site, to: folder)
    #expect(try numbers(site, ana) == "3 4" && numbers(site, eve) == "3 4")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 4, accounts: 2))
    let names = try files()
    #expect(Set(names) == Set([ana, eve].map { "\($0.account.text)-000000000001-000000000002.jsonl" }))
    let text = try String(contentsOfFile: folder + "/\(ana.account.text)-000000000001-000000000002.jsonl", encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { (try? JSONSerialization.jsonObject(with: Data($0.utf8))) != nil })
    #expect(text.contains("\"number\":1") && text.contains("reminder.made") && !text.contains(eve.account.text))
    // The next night there is nothing to do, and the log goes on where it was.
    try ana.openSession()
    _ = try ana.remind(["title": "Five"])
    site.now = site.now.advanced(days: 1)
    try archive(site, to: folder)
    #expect(try files() == names)
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 5, accounts: 2))
  }

  @Test func `the newest entry stays, however old it is`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (site, ana, _) = try filled()
    site.now = site.now.advanced(days: 1_000)
    try archive(site, to: folder)
    #expect(try numbers(site, ana) == "4")
    // Which secret the log was written with is still known.
    let other = Keys(secret: [UInt8](repeating: 9, count: 32))
    #expect(try AuditVerification.isKey(site.services.keys, site.owner) == true)
    #expect(try AuditVerification.isKey(other, site.owner) == false)
    #expect(try AuditVerification.isKey(other, previous: site.services.keys, site.owner) == true)
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 2, accounts: 2))
  }

  @Test(arguments: [nil, "/nowhere/at/all"] as [String?])
  func `without a folder, or one that cannot be written, all stays`(place: String?) throws {
    let (site, ana, _) = try filled()
    try archive(site, to: place)
    #expect(try numbers(site, ana) == "1 2 3 4")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 8, accounts: 2))
  }

  @Test(arguments: [
    "UPDATE audit_archives SET number = 3", "UPDATE audit_archives SET mac = ''", "UPDATE audit_archives SET seal = ''",
    "DELETE FROM audit_archives", "DELETE FROM audit_log WHERE number = 3",
    "UPDATE audit_archives a SET number = 3, mac = (SELECT mac FROM audit_log l WHERE l.account_id = a.account_id AND l.number = 3)",
  ])
  func `a chain that was cut at its beginning is noticed`(statement: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (site, _, _) = try filled()
    try archive(site, to: folder)
    try site.owner.run("CREATE OR REPLACE FUNCTION pg_temp.run(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE $1; END $$")
    try site.owner.run("SELECT pg_temp.run(\(statement))")
    guard case .broken = try AuditVerification.verify(site.services.keys, site.owner) else {
      Issue.record("not noticed")
      return
    }
  }
}
