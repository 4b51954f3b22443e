import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Mailboxes on servers that misbehave, and what of that is stored (RULES 6.22).
@Suite("Looks into faulty IMAP mailboxes")
struct IMAPFaultTests {
  let site: Site
  let desk: Desk
  let sink: Sink
  let worker: Worker

  init() throws {
    let pair = try #require(Certificate.shared)
    sink = try Sink("imap_sink.py", "--starttls", "--cert", pair.file, "--key", pair.key)
    site = try Site(addresses: AddressGuard(opening: ["127.0.0.0/8", "::1/128"].compactMap { AddressRange($0) }))
    desk = try Desk(site)
    worker = try site.worker()
    worker.bench.mailboxAuthorities = pair.file
  }

  /// The server does with this user what is said in `imap_sink.py`.
  private func name(_ user: String) throws {
    let vault = Vault(masters: site.services.masters, db: site.owner)
    let sealed = try vault.seal(
      Array("secret".utf8), of: desk.owner.account, at: DeskChannel.imapPasswordColumn.place(desk.channel), now: site.now)
    try site.owner.run(
      """
      UPDATE channels SET inbound = 'imap', imap_host = 'localhost', imap_port = \(sink.port), imap_security = 'starttls',
        imap_user = \(user), imap_password = \(sealed), address = 'support@desk.example'
      """)
  }

  private func look() throws { _ = try worker.runOnce { site.now } }

  private func mails() throws -> String {
    try site.text("SELECT coalesce(string_agg(subject, ' ' ORDER BY number), '') FROM messages").unwrapped
  }

  private func quarantined() throws -> String {
    try site.text("SELECT coalesce(string_agg(concat_ws(' ', name, reason, raw IS NOT NULL), ', ' ORDER BY id), '') FROM quarantine")
      .unwrapped
  }

  private func place() throws -> String {
    try site.text("SELECT concat_ws(' ', uid_validity, last_uid, split_part(error, ' ', 1)) FROM channel_states").unwrapped
  }

  @Test(arguments: ["garbled6", "baduid6"])
  func `A mail whose answer cannot be taken apart is in quarantine with its bytes, and those behind it come in`(user: String) throws {
    try name(user)
    try look()
    #expect(try mails() == "5 9")
    #expect(try quarantined() == "UID 6 (77) garbled t")
    #expect(try place() == "77 9 ")
    let id = try site.text("SELECT id::text FROM quarantine").unwrapped
    #expect(desk.owner.get("/quarantine/\(id)").text.contains("could not be understood"))
    #expect(desk.owner.post("/quarantine/\(id)/retry").status == 303)
    #expect(try mails() == "5 9 6")
  }

  @Test(arguments: ["words6", "nul6"])
  func `Where no answer comes at all in place of a mail the next look goes on behind it`(user: String) throws {
    try name(user)
    try look()
    #expect(try quarantined() == "UID 6 (77) garbled f")
    #expect(try place() == "77 6 broken")
    try look()
    #expect(try mails() == "5 9")
    #expect(try place() == "77 9 ")
    #expect(try quarantined() == "UID 6 (77) garbled f")
  }

  @Test func `A mail at which the connection breaks again and again ends no intake`() throws {
    try name("drop6")
    for _ in 1..<IMAPLook.mostTries { try look() }
    #expect(try mails() == "5")
    #expect(try quarantined() == "")
    #expect(try place() == "77 5 broken")
    try look()
    #expect(try quarantined() == "UID 6 (77) withheld f")
    try look()
    #expect(try mails() == "5 9")
    #expect(try place() == "77 9 ")
  }

  @Test func `What a look has reached is not stored of a mailbox that the channel has no longer`() throws {
    try name("drip")
    _ = try worker.cycle(site.now)
    // Meanwhile it is another folder, with the same UIDVALIDITY and mails of the same UIDs.
    let edit: KeyValuePairs = [
      "name": "Support", "address": "support@desk.example", "inbound": "imap", "imap_host": "localhost", "imap_port": "\(sink.port)",
      "imap_security": "starttls", "imap_user": "drip", "imap_folder": "Other", "enabled": "on", "version": "1",
    ]
    let page = desk.owner.post("/channels/\(desk.channel.text)", edit)
    #expect(page.status == 303, "\(page.complaints)")
    try look()
    #expect(try mails() == "5 6 9")
    #expect(try place() == "77 9 ")
    let said = try sink.log("command").compactMap { $0["line"] as? String }
    #expect(said.filter { $0.hasPrefix("EXAMINE") } == ["EXAMINE \"INBOX\"", "EXAMINE \"Other\""])
    // The new folder is read from its first mail.
    #expect(said.filter { $0.hasPrefix("UID SEARCH") } == ["UID SEARCH UID 1:9", "UID SEARCH UID 1:9"])
  }

  @Test func `A folder that is made anew during a look keeps its new mails for the next`() throws {
    try name("renumbered6")
    try look()
    #expect(try mails() == "5")
    #expect(try place() == "77 5 broken")
    #expect(try quarantined() == "")
  }
}
