import Testing

@testable import Domain

/// What `text` means to somebody in `zone` when their clock shows `now`: the local time, or the reason why not.
func phrase(_ text: String, now: String, zone: String = "America/New_York", _ language: Language = .english) -> String {
  let zone = PhraseTests.zones[zone] ?? .utc
  guard let here = LocalTime(text: now), let nine = TimeOfDay(hour: 9, minute: 0) else { return "bad clock" }
  let reader = PhraseReader(zone: zone, language: language, defaultHour: nine, now: zone.instant(here))
  do {
    let phrase = try Phrase(text, reader: reader)
    return zone.local(phrase.instant).text
  } catch {
    return "\(error)"
  }
}

/// Saturday 21 November 2026, 10:00 unless a test says otherwise.
struct PhraseTests {
  static let zones = Dictionary(
    uniqueKeysWithValues: ["America/New_York", "America/Sao_Paulo", "Europe/Lisbon"].map { ($0, phraseZone($0)) })
  static let now = "2026-11-21T10:00"

  @Test(arguments: [
    ("20 min", "2026-11-21T10:20"), ("20min", "2026-11-21T10:20"), ("20 m", "2026-11-21T10:20"), ("20 minutes", "2026-11-21T10:20"),
    ("2h", "2026-11-21T12:00"), ("2 hrs", "2026-11-21T12:00"), ("1h30", "2026-11-21T11:30"), ("1h30m", "2026-11-21T11:30"),
    ("1h 30min", "2026-11-21T11:30"), ("1 day and 3 hours", "2026-11-22T13:00"), ("1 day, 3 hours", "2026-11-22T13:00"),
    ("1d3h", "2026-11-22T13:00"), ("in 2 weeks", "2026-12-05T10:00"), ("2w", "2026-12-05T10:00"), ("a fortnight", "2026-12-05T10:00"),
    ("half an hour", "2026-11-21T10:30"), ("in half an hour", "2026-11-21T10:30"), ("an hour", "2026-11-21T11:00"),
    ("an hour and a half", "2026-11-21T11:30"), ("one and a half hours", "2026-11-21T11:30"), ("1.5 hours", "2026-11-21T11:30"),
    ("1.25h", "2026-11-21T11:15"), ("half a day", "2026-11-21T22:00"), ("a couple of hours", "2026-11-21T12:00"),
    ("twelve hours", "2026-11-21T22:00"), ("forty-five minutes", "2026-11-21T10:45"), ("in three days", "2026-11-24T10:00"),
    ("for 2 hours", "2026-11-21T12:00"), ("2 hours from now", "2026-11-21T12:00"), ("2 hours later", "2026-11-21T12:00"),
    ("in 24h", "2026-11-22T10:00"), ("in 21h30", "2026-11-22T07:30"), ("until 20 min", "2026-11-21T10:20"),
    ("in 1 month", "2026-12-21T10:00"), ("3 months", "2027-02-21T10:00"), ("half a year", "2027-05-21T10:00"),
    ("1 year", "2027-11-21T10:00"), ("12 months", "2027-11-21T10:00"), ("1 month and 2 days", "2026-12-23T10:00"),
    ("365 days", "2027-11-21T10:00"), ("52 weeks", "2027-11-20T10:00"), ("0 hours 5 minutes", "2026-11-21T10:05"),
  ])
  func readsEnglishDurations(text: String, expected: String) {
    #expect(phrase(text, now: Self.now) == expected)
  }

  @Test(arguments: [
    ("20 minutos", "2026-11-21T10:20"), ("daqui a 3 dias", "2026-11-24T10:00"), ("daqui 3 dias", "2026-11-24T10:00"),
    ("em 2 horas", "2026-11-21T12:00"), ("dentro de 2 horas", "2026-11-21T12:00"), ("por 2 horas", "2026-11-21T12:00"),
    ("meia hora", "2026-11-21T10:30"), ("meia-hora", "2026-11-21T10:30"), ("em meia hora", "2026-11-21T10:30"),
    ("uma hora", "2026-11-21T11:00"), ("uma hora e meia", "2026-11-21T11:30"), ("2 horas e meia", "2026-11-21T12:30"),
    ("um dia e meio", "2026-11-22T22:00"), ("1,5 hora", "2026-11-21T11:30"), ("1 dia e 3 horas", "2026-11-22T13:00"),
    ("uma hora e quinze minutos", "2026-11-21T11:15"), ("quarenta e cinco minutos", "2026-11-21T10:45"), ("doze horas", "2026-11-21T22:00"),
    ("dez minutos", "2026-11-21T10:10"), ("três dias", "2026-11-24T10:00"), ("tres dias", "2026-11-24T10:00"),
    ("tre\u{302}s dias", "2026-11-24T10:00"), ("TRÊS DIAS", "2026-11-24T10:00"), ("2 semanas", "2026-12-05T10:00"),
    ("1 mês", "2026-12-21T10:00"), ("daqui a um mes", "2026-12-21T10:00"), ("6 meses", "2027-05-21T10:00"),
    ("um ano", "2027-11-21T10:00"), ("2 horas a partir de agora", "2026-11-21T12:00"), ("até daqui a 2 horas", "2026-11-21T12:00"),
  ])
  func readsPortugueseDurations(text: String, expected: String) {
    #expect(phrase(text, now: Self.now) == expected)
  }

  @Test(arguments: [
    ("9pm", "2026-11-21T21:00"), ("9 PM", "2026-11-21T21:00"), ("9 p.m.", "2026-11-21T21:00"), ("9:30 pm", "2026-11-21T21:30"),
    ("9.30pm", "2026-11-21T21:30"), ("at 9.30", "2026-11-22T09:30"), ("21:30", "2026-11-21T21:30"), ("21h30", "2026-11-21T21:30"),
    ("21h30min", "2026-11-21T21:30"), ("às 21h", "2026-11-21T21:00"), ("as 21h", "2026-11-21T21:00"), ("a\u{300}s 21h", "2026-11-21T21:00"),
    ("à 1h", "2026-11-22T01:00"), ("noon", "2026-11-21T12:00"), ("midday", "2026-11-21T12:00"), ("meio-dia", "2026-11-21T12:00"),
    ("meio dia e meia", "2026-11-21T12:30"), ("ao meio-dia", "2026-11-21T12:00"), ("até o meio-dia", "2026-11-21T12:00"),
    ("midnight", "2026-11-22T00:00"), ("à meia-noite", "2026-11-22T00:00"), ("12am", "2026-11-22T00:00"), ("12pm", "2026-11-21T12:00"),
    ("24:00", "2026-11-22T00:00"), ("às 24h", "2026-11-22T00:00"), ("00:00", "2026-11-22T00:00"),
    ("at 11", "2026-11-21T11:00"), ("until 11", "2026-11-21T11:00"), ("até 11h", "2026-11-21T11:00"), ("till 11am", "2026-11-21T11:00"),
    ("at eleven", "2026-11-21T11:00"), ("às onze e meia", "2026-11-21T11:30"), ("às 11 e 15", "2026-11-21T11:15"),
    ("at 11 o'clock", "2026-11-21T11:00"), ("at 11 o’clock", "2026-11-21T11:00"), ("half past eleven", "2026-11-21T11:30"),
    ("quarter to 11", "2026-11-21T10:45"), ("às 3 da tarde", "2026-11-21T15:00"), ("8 da noite", "2026-11-21T20:00"),
    ("às 8 da noite", "2026-11-21T20:00"), ("at 8 in the evening", "2026-11-21T20:00"), ("at 9 in the morning", "2026-11-22T09:00"),
    ("às 9h da manhã", "2026-11-22T09:00"), ("@ 11", "2026-11-21T11:00"), ("10:01", "2026-11-21T10:01"),
  ])
  func readsTimesOfDay(text: String, expected: String) {
    #expect(phrase(text, now: Self.now) == expected)
  }

  @Test("A time alone that is over, or is now, means tomorrow", arguments: ["9am", "at 9", "09:00", "10:00", "às 10h", "until 10am"])
  func rollsTimesOver(text: String) {
    #expect(phrase(text, now: Self.now).hasPrefix("2026-11-22T"))
  }
}
