import HTML
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// What people type into the fields that forms of ours ask for: addresses, passwords, zones, times and phrases; and what is said of bad input.
@Suite struct FormReadingTests {
  private func complaint(_ typed: String?, _ read: (inout FormReader) throws -> Void) rethrows -> String? {
    var reader = FormReader(Form(typed.map { [("field", $0)] } ?? []), Words(language: "en"))
    try read(&reader)
    return reader.errors["field"]
  }

  private static let address = "Write an address such as ana@example.org."

  @Test(
    arguments: [
      (nil, "Fill this in."), ("", "Fill this in."), (" \t\r\n", "Fill this in."), ("ana", address), ("ana@", address),
      ("@x.test", address),
      ("a@b@x.test", address), ("a b@x.test", address), ("ana@x..test", address), (".ana@x.test", address), ("ana@-x.test", address),
      ("anã@x.test", address), ("ana@x.test\nBcc: b@x.test", address), ("Ana <ana@x.test>", address),
      (String(repeating: "a", count: 65) + "@x.test", address), ("ana@x.test", nil), (" Ana+heed@X.test ", nil),
    ] as [(String?, String?)])
  func `an address is one that mail can be sent to`(typed: String?, told: String?) {
    #expect(complaint(typed) { _ = $0.email("field") } == told)
  }

  private static let short = "Use at least 10 characters. Several words together are good."
  private static let common = "This password is among the first that others would try. Choose another."

  @Test(
    arguments: [
      (nil, short), ("", short), ("123456789", short), (String(repeating: "é", count: 4), short), ("1234567890", common),
      ("ana@x.test", common), (String(repeating: "a", count: 1_025), "Use at most 1,024 bytes."), ("correct horse battery", nil),
      ("          x", nil),
    ] as [(String?, String?)])
  func `a password is long and not the first that others would try`(typed: String?, told: String?) {
    #expect(complaint(typed) { _ = $0.newPassword("field", email: "ana@x.test") } == told)
  }

  private static let unknown = "This time zone is not known. Choose one of the list, such as Europe/Berlin."

  @Test(
    arguments: [
      (nil, "UTC", nil), ("", "UTC", nil), (" europe/BERLIN ", "Europe/Berlin", nil), ("Mars/Olympus", "UTC", unknown),
      ("../UTC", "UTC", unknown),
      ("Europe/Berlin\u{0}", "UTC", unknown), ("Europe", "UTC", unknown), ("+02:00", "UTC", unknown), ("/etc/passwd", "UTC", unknown),
    ] as [(String?, String, String?)])
  func `a zone is one of the machine's list`(typed: String?, name: String, told: String?) throws {
    let zones = try Zones(folder: "/usr/share/zoneinfo")
    var zone = Zone.utc
    #expect(complaint(typed) { zone = $0.zone("field", zones, fallback: .utc) } == told)
    #expect(zone.name == name)
  }

  private static let clock = "Write a time such as 09:00."

  @Test(
    arguments: [
      (nil, nil, nil), (" ", nil, nil), (" 09:30 ", "09:30", nil), ("00:00", "00:00", nil), ("23:59", "23:59", nil), ("24:00", nil, clock),
      ("9", nil, clock), ("09:60", nil, clock), ("-1:00", nil, clock), ("09:00Z", nil, clock), ("٠٩:٠٠", nil, clock), ("noon", nil, clock),
    ] as [(String?, String?, String?)])
  func `a time is one of the day`(typed: String?, text: String?, told: String?) {
    var time: TimeOfDay?
    #expect(complaint(typed) { time = $0.time("field") } == told)
    #expect(time?.text == text)
  }

  @Test func `a phrase names a time to come`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let zones = site.services.zones
    let person: Person = try site.owner.transaction {
      _ = try site.owner.rows(Query<Void>.setting(user: ana.user, account: ana.account, role: .owner))
      return try site.owner.row(Person.mine(zones)).unwrapped
    }
    let reader = Reader(person: person, words: Words(language: "en"), zones: zones, now: site.now)
    for (typed, told) in [
      (nil, "Say until when: “20 min”, “tomorrow at 9”, “next friday”."),
      ("whenever", "“whenever” is not understood. Try “2 hours”, “tomorrow at 9” or “12 Dec”."),
      ("Tomorow at 9", "“Tomorow” is not understood. Did you mean “tomorrow at 9”?"),
      ("\u{200B}", "This is not understood. Try “2 hours”, “tomorrow at 9” or “12 Dec”."),
      ("2020-01-01", "This time has passed. Choose one after now."), ("0 min", "Choose a time after now."),
      ("500 days", "Choose a time within one year."), ("30 feb", "There is no such date."),
      (String(repeating: "2 hours ", count: 60), "This is too long: at most \(Phrase.longest) characters."), ("20 min", nil),
      ("tomorrow at 9", nil),
    ] as [(String?, String?)] {
      let place: Comment = "\(typed ?? "nothing"), \(told ?? "nothing")"
      var phrase: Phrase?
      #expect(complaint(typed) { phrase = $0.phrase("field", reader) } == told, place)
      #expect((phrase == nil) == (told != nil), place)
    }
  }
}
