import Foundation
import Testing

@testable import App
@testable import Domain

/// What waited for quiet hours to end leaves as one mail of titles and links, and of notes where they are few.
@Suite struct DigestTests {
  /// Reminders that come due in the quiet hours from 12:05 to 12:40, at 12:10, and the mails that the end of the quiet lets go.
  private func mails(_ notes: [String], stored: Bool = true) throws -> [[String]] {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET quiet_from = 43500, quiet_until = 45600")
    site.now = try #require(Instant(iso: "2026-11-21T12:00:00Z"))
    let due = site.now.advanced(minutes: 10)
    for (number, notes) in notes.enumerated() {
      let id = try ana.remind(.once(at: due), .low, title: String(format: "Item %02d.", number))
      try site.owner.run("UPDATE reminders SET description = \(notes) WHERE id = \(id)")
      if stored { try site.owner.runAll(ReminderText.saving(notes, of: id, ana.user)) }
    }
    site.pass(minutes: 10)
    #expect(try site.work().sent == 0)
    site.pass(minutes: 30)
    #expect(try site.work().sent == 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == notes.count)
    return try site.mails().map(parts)
  }

  /// The parts of a mail, decoded: the text, then the HTML.
  private func parts(_ mail: String) -> [String] {
    let mail = mail.replacingOccurrences(of: "\r\n", with: "\n")
    let boundary = mail.components(separatedBy: "boundary=\"").dropFirst().first?.components(separatedBy: "\"").first ?? "?"
    return mail.components(separatedBy: "\n--" + boundary).dropFirst().dropLast().map { part in
      decoded(part.components(separatedBy: "\n\n").dropFirst().joined(separator: "\n\n"))
    }
  }

  /// Quoted-printable.
  private func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.replacingOccurrences(of: "=\n", with: "").utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "="), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        bytes.append(byte)
        continue
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func count(_ piece: String, in text: String) -> Int { text.components(separatedBy: piece).count - 1 }

  @Test(arguments: [true, false]) func sixtyRemindersWithHostileNotesAreOneMailOfTitlesAndLinks(stored: Bool) throws {
    let hostile = String(repeating: "- ", count: 4_096) + "x\n" + String(repeating: "\n", count: 8_190)
    let mails = try mails(Array(repeating: hostile, count: 60), stored: stored)
    #expect(mails.count == 1)
    let parts = try #require(mails.first)
    #expect(parts.count == 2)
    for part in parts {
      for number in 0..<60 { #expect(count(String(format: "Item %02d.", number), in: part) == 1) }
      let links = part.components(separatedBy: "https://heed.test/a/").dropFirst().map {
        $0.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
      }
      #expect(links.count == 60 && Set(links).count == 60)
      #expect(!part.contains("- - -") && part.utf8.count < 60_000)
      #expect(count("The notes are on the page of each reminder.", in: part) == 1)
    }
  }

  @Test(arguments: [(2, true), (3, true), (3, false), (4, true), (4, false)]) func notesAreInADigestOfThreeAndNotOfFour(
    count number: Int, stored: Bool
  ) throws {
    let parts = try #require(try mails((0..<number).map { "Transfer **\($0)** of them" }, stored: stored).first)
    for (part, notes) in zip(
      parts, [{ "Transfer \($0) of them" }, { "<p>Transfer <strong>\($0)</strong> of them</p>" }] as [(Int) -> String])
    {
      for index in 0..<number { #expect(count(notes(index), in: part) == (number <= 3 ? 1 : 0)) }
      #expect(part.contains("The notes are on the page of each reminder.") == (number > 3))
    }
  }

  @Test func longNotesAreLeftOutOfADigest() throws {
    let parts = try #require(try mails(Array(repeating: String(repeating: "\"words\" ", count: 2_000), count: 3)).first)
    for part in parts { #expect(!part.contains("words") && part.contains("Item 02.") && part.contains("The notes are on the page")) }
  }

  @Test func withoutNotesNothingIsSaidOfThem() throws {
    let parts = try #require(try mails(Array(repeating: "", count: 5)).first)
    for part in parts { #expect(!part.contains("The notes")) }
  }

  @Test func oneMailHoldsItsNotesHoweverLong() throws {
    let parts = try #require(try mails([String(repeating: "\"words\" ", count: 2_000)]).first)
    for part in parts { #expect(count("words", in: part) == 2_000) }
  }
}
