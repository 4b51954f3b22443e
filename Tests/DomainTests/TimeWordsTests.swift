import Testing

@testable import Domain

struct TimeWordsTests {
  let zone = phraseZone("America/New_York")

  @Test(arguments: [
    (0, "now", "agora"), (29, "now", "agora"), (-29, "now", "agora"), (30, "in 1 minute", "daqui a 1 minuto"),
    (-30, "1 minute ago", "há 1 minuto"), (89, "in 1 minute", "daqui a 1 minuto"), (90, "in 2 minutes", "daqui a 2 minutos"),
    (-180, "3 minutes ago", "há 3 minutos"), (3569, "in 59 minutes", "daqui a 59 minutos"), (3570, "in 1 hour", "daqui a 1 hora"),
    (5400, "in 1 hour 30 min", "daqui a 1 hora e 30 min"), (-3660, "1 hour 1 min ago", "há 1 hora e 1 min"),
    (10_769, "in 2 hours 59 min", "daqui a 2 horas e 59 min"), (10_770, "in 3 hours", "daqui a 3 horas"),
    (35 * 3600, "in 35 hours", "daqui a 35 horas"), (-36 * 3600, "36 hours ago", "há 36 horas"),
    (170_999, "in 47 hours", "daqui a 47 horas"), (171_000, "in 2 days", "daqui a 2 dias"),
    (7200, "in 2 hours", "daqui a 2 horas"), (84_599, "in 23 hours", "daqui a 23 horas"), (84_600, "in 24 hours", "daqui a 24 horas"),
    (-86_400 * 13, "13 days ago", "há 13 dias"), (86_400 * 14, "in 2 weeks", "daqui a 2 semanas"),
    (86_400 * 61, "in 2 months", "daqui a 2 meses"),
    (86_400 * 365, "in 12 months", "daqui a 12 meses"), (86_400 * 31, "in 4 weeks", "daqui a 4 semanas"),
    (-86_400 * 800, "2 years ago", "há 2 anos"), (86_400 * 36_525, "in 100 years", "daqui a 100 anos"),
  ])
  func saysHowFarAwayItIs(seconds: Int, english: String, portuguese: String) {
    let now = Instant(seconds: 1_795_000_000)
    #expect(TimeWords.relative(now.advanced(seconds: seconds), from: now, .english) == english)
    #expect(TimeWords.relative(now.advanced(seconds: seconds), from: now, .portuguese) == portuguese)
  }

  @Test func theEndsOfTimeAreFarAwayAndNoTrap() {
    for language in Language.allCases {
      #expect(!TimeWords.relative(.distantFuture, from: .distantPast, language).isEmpty)
      #expect(!TimeWords.relative(.distantPast, from: .distantFuture, language).isEmpty)
      #expect(!TimeWords.dateTime(.distantFuture, zone, language).isEmpty)
      #expect(!TimeWords.dayTime(.distantPast, zone, language, now: .distantFuture).isEmpty)
    }
  }

  @Test(arguments: [
    ("2026-11-23T14:00:00Z", "Mon 23 Nov 2026, 09:00", "seg., 23/11/2026, 09:00"),
    ("2027-03-06T05:05:00Z", "Sat 6 Mar 2027, 00:05", "sáb., 06/03/2027, 00:05"),
    ("2027-07-04T03:59:59Z", "Sat 3 Jul 2027, 23:59", "sáb., 03/07/2027, 23:59"),
  ])
  func writesDatesInTheZone(iso: String, english: String, portuguese: String) throws {
    let instant = try #require(Instant(iso: iso))
    #expect(TimeWords.dateTime(instant, zone, .english) == english)
    #expect(TimeWords.dateTime(instant, zone, .portuguese) == portuguese)
    var text = ShortText()
    TimeWords.write(dateTime: instant, zone, .portuguese, into: &text)
    TimeWords.write(dateTime: instant, zone, .portuguese, into: &text)
    #expect(text.text == portuguese + portuguese)
  }

  /// Now is Saturday 21 November 2026, 10:00.
  @Test(arguments: [
    ("2026-11-21T09:00", "Today 09:00", "Hoje às 09:00"), ("2026-11-22T01:30", "Tomorrow 01:30", "Amanhã à 01:30"),
    ("2026-11-20T23:59", "Yesterday 23:59", "Ontem às 23:59"), ("2026-11-23T09:00", "Monday 09:00", "Segunda-feira às 09:00"),
    ("2026-11-27T09:00", "Friday 09:00", "Sexta-feira às 09:00"), ("2026-11-28T09:00", "28 Nov 09:00", "28/11 às 09:00"),
    ("2026-11-19T09:00", "19 Nov 09:00", "19/11 às 09:00"), ("2027-01-02T09:00", "2 Jan 2027 09:00", "02/01/2027 às 09:00"),
  ])
  func namesNearDays(local: String, english: String, portuguese: String) throws {
    let now = zone.instant(try #require(LocalTime(text: "2026-11-21T10:00")))
    let instant = zone.instant(try #require(LocalTime(text: local)))
    #expect(TimeWords.dayTime(instant, zone, .english, now: now, capitalized: true) == english)
    #expect(TimeWords.dayTime(instant, zone, .portuguese, now: now, capitalized: true) == portuguese)
    let words = TimeWords.dayTime(instant, zone, .portuguese, now: now)
    #expect(words.lowercased() == portuguese.lowercased() && words.first?.isUppercase == false)
  }

  /// In rows, now as above: short, the year only where it is another, a weekday only when it is to come.
  @Test(arguments: [
    ("2026-11-21T07:51", "today 07:51", "hoje 07:51", "Today", "Hoje"),
    ("2026-11-20T08:00", "yesterday 08:00", "ontem 08:00", "Yesterday", "Ontem"),
    ("2026-11-22T01:30", "tomorrow 01:30", "amanhã 01:30", "Tomorrow", "Amanhã"),
    ("2026-11-23T19:30", "Mon 19:30", "seg. 19:30", "Mon 23 Nov", "seg., 23/11"),
    ("2026-11-27T09:00", "Fri 09:00", "sex. 09:00", "Fri 27 Nov", "sex., 27/11"),
    ("2026-11-28T09:00", "28 Nov 09:00", "28/11 09:00", "Sat 28 Nov", "sáb., 28/11"),
    ("2026-11-19T09:00", "19 Nov 09:00", "19/11 09:00", "Thu 19 Nov", "qui., 19/11"),
    ("2026-12-12T00:00", "12 Dec 00:00", "12/12 00:00", "Sat 12 Dec", "sáb., 12/12"),
    ("2027-01-02T09:00", "2 Jan 2027 09:00", "02/01/2027 09:00", "Sat 2 Jan 2027", "sáb., 02/01/2027"),
  ])
  func saysInRowsWhatIsEnough(local: String, english: String, portuguese: String, day: String, dia: String) throws {
    let now = zone.instant(try #require(LocalTime(text: "2026-11-21T10:00")))
    let there = try #require(LocalTime(text: local))
    #expect(TimeWords.when(zone.instant(there), zone, .english, now: now) == english)
    #expect(TimeWords.when(zone.instant(there), zone, .portuguese, now: now) == portuguese)
    #expect(TimeWords.day(there.day, .english, today: zone.local(now).day) == day)
    #expect(TimeWords.day(there.day, .portuguese, today: zone.local(now).day) == dia)
  }

  @Test(arguments: [
    ("America/New_York", "New York time", "horário de New York"), ("America/Sao_Paulo", "Sao Paulo time", "horário de São Paulo"),
    ("America/Argentina/Buenos_Aires", "Buenos Aires time", "horário de Buenos Aires"), ("UTC", "UTC", "UTC"),
    ("Etc/GMT+3", "Etc/GMT+3", "Etc/GMT+3"),
    ("EST5EDT", "EST5EDT", "EST5EDT"),
  ])
  func namesZones(name: String, english: String, portuguese: String) {
    let zone = phraseZone(name)
    #expect(TimeWords.zone(zone, .english) == english)
    #expect(TimeWords.zone(zone, .portuguese) == portuguese)
  }

  @Test("What Heed writes about the coming year, it reads back")
  func phrasesReadTheWords() throws {
    var random = SplitMix(state: 7)
    let nine = try #require(TimeOfDay(hour: 9, minute: 0))
    for _ in 0..<2000 {
      let now = Instant(seconds: 1_700_000_000 + Int64(random.next() % 400_000_000))
      let instant = Instant(seconds: (now.seconds / 60 + 1 + Int64(random.next() % 525_000)) * 60)
      guard case .once = zone.resolve(zone.local(instant)) else { continue }
      for language in Language.allCases {
        let reader = PhraseReader(zone: zone, language: language, defaultHour: nine, now: now)
        #expect(try Phrase(TimeWords.dateTime(instant, zone, language), reader: reader).instant == instant)
        #expect(try Phrase(TimeWords.dayTime(instant, zone, language, now: now), reader: reader).instant == instant)
        #expect(try Phrase(TimeWords.when(instant, zone, language, now: now), reader: reader).instant == instant)
      }
    }
  }
}
