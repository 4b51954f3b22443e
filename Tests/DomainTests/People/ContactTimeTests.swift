import Testing

@testable import Domain

/// When somebody was heard of, in words (RULES 9.18). Monday 1 March 2027, noon in New York.
@Suite struct ContactTimeTests {
  private static let table: [(typed: String, outcome: String)] = [
    ("", "2027-03-01T17:00:00Z"), ("now", "2027-03-01T17:00:00Z"), ("agora", "2027-03-01T17:00:00Z"), ("today", "2027-03-01T14:00:00Z"),
    ("yesterday", "2027-02-28T14:00:00Z"), ("Ontem", "2027-02-28T14:00:00Z"), ("anteontem", "2027-02-27T14:00:00Z"),
    ("last week", "2027-02-22T14:00:00Z"), ("na semana passada", "2027-02-22T14:00:00Z"), ("mês passado", "2027-02-01T14:00:00Z"),
    ("3 days ago", "2027-02-26T14:00:00Z"), ("há 3 dias", "2027-02-26T14:00:00Z"), ("2 hours ago", "2027-03-01T15:00:00Z"),
    ("2 months ago", "2027-01-01T14:00:00Z"), ("2027-02-22", "2027-02-22T14:00:00Z"), (" 2027-02-22 15:30 ", "2027-02-22T20:30:00Z"),
    ("2027-02-22T15:30", "2027-02-22T20:30:00Z"), ("2027-02-22T15:30:00Z", "2027-02-22T15:30:00Z"), ("2027-03-01", "2027-03-01T14:00:00Z"),
    ("2027-03-01 12:01", "ahead"), ("2027-03-02", "ahead"), ("tomorrow", "ahead"), ("in 3 days", "ahead"), ("amanhã", "ahead"),
    ("2027-02-30", "noSuchDay"), ("walrus", "unknown"), ("yesterday walrus", "unknown"), (String(repeating: "x", count: 201), "tooLong"),
  ]

  @Test func `words, days and times up to now are read, and what lies ahead is refused`() throws {
    let (there, nine) = (try zone("America/New_York"), try #require(TimeOfDay(hour: 9, minute: 0)))
    let now = try #require(Instant(iso: "2027-03-01T17:00:00Z"))
    let reader = PhraseReader(zone: there, language: .english, defaultHour: nine, now: now)
    for (typed, outcome) in Self.table {
      let found: String
      do throws(ContactTime.Problem) {
        found = try ContactTime(typed, reader: reader).instant.iso
      } catch {
        found = "\(error)"
      }
      #expect(found == outcome, "\(typed)")
    }
  }
}
