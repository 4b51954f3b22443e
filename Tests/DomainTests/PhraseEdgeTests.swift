import Testing

@testable import Domain

struct PhraseEdgeTests {
  @Test(
    "Months and years clamp to the last day and keep the wall-clock time",
    arguments: [
      ("2027-01-31T10:00", "1 month", "2027-02-28T10:00"), ("2028-01-31T10:00", "in 1 month", "2028-02-29T10:00"),
      ("2026-10-31T10:00", "1 mês", "2026-11-30T10:00"), ("2026-12-31T10:00", "2 months", "2027-02-28T10:00"),
      ("2028-02-29T10:00", "1 year", "2029-02-28T10:00"), ("2026-12-31T23:59", "1 month", "2027-01-31T23:59"),
      ("2026-10-15T10:00", "1 month", "2026-11-15T10:00"), ("2026-10-31T10:00", "30 days", "2026-11-30T09:00"),
      ("2026-12-31T10:00", "tomorrow", "2027-01-01T09:00"), ("2026-12-31T23:59", "2 min", "2027-01-01T00:01"),
      ("2026-12-31T10:00", "5/1", "2027-05-01T09:00"), ("2026-12-31T10:00", "next month", "2027-01-01T09:00"),
      ("2027-03-01T10:00", "29 feb", "2028-02-29T09:00"), ("2028-02-29T08:00", "29 feb", "2028-02-29T09:00"),
      ("2028-02-29T10:00", "29 feb 2029", "impossibleDate"), ("2027-01-31T10:00", "dia 30", "2027-03-30T09:00"),
      ("2026-12-31T10:00", "31 dec 2027 10:00", "2027-12-31T10:00"), ("2026-11-21T00:00", "midnight", "2026-11-22T00:00"),
      ("2026-11-20T23:59", "midnight", "2026-11-21T00:00"), ("2026-11-21T23:30", "amanhã", "2026-11-22T09:00"),
    ])
  func clampsAndRollsOver(now: String, text: String, expected: String) {
    #expect(phrase(text, now: now) == expected)
  }

  @Test(
    "Durations in hours, days and weeks are elapsed across a clock change; wall-clock words are not",
    arguments: [
      ("2027-03-13T10:00", "1 day", "2027-03-14T11:00"), ("2027-03-13T10:00", "24 hours", "2027-03-14T11:00"),
      ("2027-03-13T10:00", "1 week", "2027-03-20T11:00"), ("2027-03-13T10:00", "tomorrow at 10", "2027-03-14T10:00"),
      ("2027-02-14T10:00", "1 month", "2027-03-14T10:00"), ("2026-10-31T10:00", "1 day", "2026-11-01T09:00"),
      ("2027-03-13T10:00", "in 1 day at 10", "2027-03-14T10:00"), ("2027-03-13T10:00", "tomorrow at 2:30", "2027-03-14T03:30"),
      ("2026-10-31T10:00", "tomorrow at 1:30", "2026-11-01T01:30"), ("2027-02-14T02:30", "1 month", "2027-03-14T03:30"),
    ])
  func crossesClockChanges(now: String, text: String, expected: String) {
    #expect(phrase(text, now: now) == expected)
  }

  @Test func saysWhenTheClocksSkipTheTime() throws {
    let zone = phraseZone("America/New_York")
    let nine = try #require(TimeOfDay(hour: 9, minute: 0))
    let now = try #require(Instant(iso: "2027-03-13T15:00:00Z"))
    let reader = PhraseReader(zone: zone, language: .english, defaultHour: nine, now: now)
    let skipped = try Phrase("tomorrow at 2:30", reader: reader)
    #expect(skipped.movedByClockChange && skipped.instant.iso == "2027-03-14T07:30:00Z")
    #expect(try !Phrase("tomorrow at 3:30", reader: reader).movedByClockChange)
    let autumn = PhraseReader(zone: zone, language: .english, defaultHour: nine, now: try #require(Instant(iso: "2026-10-31T15:00:00Z")))
    #expect(try Phrase("tomorrow at 1:30", reader: autumn).instant.iso == "2026-11-01T05:30:00Z")
    #expect(try Phrase("2 hours", reader: reader).isElapsed)
    #expect(try !Phrase("2 months", reader: reader).isElapsed)
    #expect(try Phrase(" Tomorrow ", reader: reader).words == " Tomorrow ")
  }

  @Test(
    "The year ahead is the limit",
    arguments: [
      ("366 days", "tooFar"), ("53 weeks", "tooFar"), ("13 months", "tooFar"), ("2 years", "tooFar"), ("1 year and 1 minute", "tooFar"),
      ("1.5 years", "unknown"), ("8761 hours", "tooFar"), ("8760 hours", "2027-11-21T10:00"),
      ("99999999999999999999 hours", "tooFar"), ("99999999999999999999999999999999999999 months", "tooFar"),
      ("99999999999999999999 hours 99999999999999999999 weeks", "tooFar"), ("9223372036854775808 minutes", "tooFar"),
      ("in 999999999 days at 9", "tooFar"), ("until 99999999999999999999 years", "tooFar"), ("18446744073709551616 seconds", "tooFar"),
    ])
  func refusesFarAndHugeOnes(text: String, expected: String) {
    #expect(phrase(text, now: "2026-11-21T10:00") == expected)
  }

  @Test(arguments: [
    ("-5 minutes", "notPositive"), ("in -5 min", "notPositive"), ("−5 min", "notPositive"), ("minus 5 minutes", "notPositive"),
    ("menos 5 minutos", "notPositive"), ("0 min", "notPositive"), ("0h", "notPositive"), ("zero minutes", "notPositive"),
    ("0 hours and 0 minutes", "notPositive"), ("now", "notPositive"), ("agora", "notPositive"), ("0 months", "notPositive"),
    ("2 hours ago", "past"), ("há 2 horas", "past"), ("faz 2 dias", "past"), ("2 dias atrás", "past"), ("last week", "past"),
    ("", "empty"), ("   ", "empty"), ("\n\t\u{A0}", "empty"),
  ])
  func refusesWhatIsNotAhead(text: String, expected: String) {
    #expect(phrase(text, now: "2026-11-21T10:00") == expected)
  }

  @Test(
    "What is not understood whole is not understood",
    arguments: [
      "5", "9", "banana", "tomorrow banana", "tomorrow tomorrow", "at", "tomorrow at", "until", "até", "in", "in 5", "5 parsecs", "25:00",
      "at 25", "9:60", "9:5", "13pm", "0am", "9am pm", "9pm in the morning", "12:00:00", "noon midnight", "monday tuesday", "and", ",",
      "5 min and",
      "a month and a half", "half", "next", "next banana", "2027-03", "2027-03-14T", "2027-03-14T09:00Z", "1/2/", "/", "--5 min", "5 min -",
      "tomorrow at 9 at 10", "dec", "dec 2027", "1.500 minutes", "1e3 minutes", "٣ minutes", "５ minutes", "0x10 min",
      "to\u{338}morrow", "tomorrow\u{0}", "\u{0}", "tomorrow\u{202E}", "\u{200B}tomorrow", "5\u{301} min", "\u{301}5 min", "tomorrow\u{7F}",
      "💥", "in 2 hours; DROP TABLE", "tomorrow <b>", "tomorrow\u{FFFD}", "t\u{43E}morrow", "'", "''", "o'", "'tomorrow", "...",
    ])
  func refusesTheRest(text: String) {
    #expect(phrase(text, now: "2026-11-21T10:00") == "unknown")
  }

  @Test func countsCharactersNotBytes() {
    let padding = String(repeating: " ", count: 192)
    #expect(phrase(padding + "tomorrow", now: "2026-11-21T10:00") == "2026-11-22T09:00")
    #expect(phrase(padding + "tomorrow ", now: "2026-11-21T10:00") == "tooLong")
    #expect(phrase(String(repeating: "ã", count: 200), now: "2026-11-21T10:00") == "unknown")
    #expect(phrase(String(repeating: "e\u{301}", count: 101), now: "2026-11-21T10:00") == "tooLong")
    #expect(phrase(String(repeating: "9", count: 1_000_000), now: "2026-11-21T10:00") == "tooLong")
  }

  @Test("Words thrown together at random are read or refused, and never end up outside the coming year")
  func survivesWordSalad() throws {
    var random = SplitMix(state: 20_261_121)
    let words = [
      "5", "0", "99999999999999999999", "30/04", "2027-03-14", "31", "a", "in", "em", "at", "às", "e", "and", "half", "meia", "h", "min",
      "days",
      "months", "-", ",", ":", ".", "/", "30", "tomorrow", "friday", "que vem", "next", "week", "dez", "de", "dia", "noon", "night", "am",
      "T",
      "the", "12th", "daqui a", "until", "ago", "1,5", "feira", "this", "o'clock", "2", "ª",
    ]
    let zone = phraseZone("Europe/Lisbon")
    let nine = try #require(TimeOfDay(hour: 9, minute: 0))
    for _ in 0..<20_000 {
      let count = Int(random.next() % 7) + 1
      let text = (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] + (random.next() % 3 == 0 ? "" : " ") }.joined()
      let now = Instant(seconds: Int64(random.next() % 4_000_000_000))
      let reader = PhraseReader(zone: zone, language: random.next() % 2 == 0 ? .english : .portuguese, defaultHour: nine, now: now)
      if let phrase = try? Phrase(text, reader: reader) {
        #expect(phrase.instant > now && phrase.instant <= now.advanced(days: 367), "\(text)")
      }
    }
  }
}

/// A small seeded generator, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
