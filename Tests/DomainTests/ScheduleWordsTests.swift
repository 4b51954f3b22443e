import Testing

@testable import Domain

struct ScheduleWordsTests {
  static let zone = phraseZone("America/New_York")

  static func words(_ cron: String, _ language: Language) throws -> String {
    let suffix = language == .english ? ", New York time" : ", horário de New York"
    let words = try Schedule(.recurring(Cron(cron)), zone: zone).words(language)
    return words.hasSuffix(suffix) ? String(words.dropLast(suffix.count)) : "no zone: \(words)"
  }

  @Test(arguments: [
    ("0 9 * * 1-5", "Every weekday at 09:00", "De segunda a sexta-feira às 09:00"),
    ("0 9 * * MON-FRI", "Every weekday at 09:00", "De segunda a sexta-feira às 09:00"),
    ("0 9 * * *", "Every day at 09:00", "Todos os dias às 09:00"),
    ("30 1,13 * * *", "Every day at 01:30 and 13:30", "Todos os dias à 01:30 e às 13:30"),
    ("0 9 * * 1", "Every Monday at 09:00", "Toda segunda-feira às 09:00"),
    (
      "0 9 * * MON,WED,SAT", "Every Monday, Wednesday and Saturday at 09:00", "Toda segunda-feira, toda quarta-feira e todo sábado às 09:00"
    ),
    ("0 9 * * 0", "Every Sunday at 09:00", "Todo domingo às 09:00"),
    ("0 9 * * 7", "Every Sunday at 09:00", "Todo domingo às 09:00"),
    ("0 9 1,15 * *", "At 09:00 on the 1st and 15th of every month", "Às 09:00 nos dias 1º e 15 de cada mês"),
    ("0 9 L * *", "At 09:00 on the last day of every month", "Às 09:00 no último dia de cada mês"),
    ("0 9 L-1 * *", "At 09:00 on the last day but one of every month", "Às 09:00 no penúltimo dia de cada mês"),
    ("0 9 L-2 * *", "At 09:00 on the day 2 days before the last of every month", "Às 09:00 2 dias antes do último dia de cada mês"),
    ("0 9 1,L * *", "At 09:00 on the 1st and last day of every month", "Às 09:00 no dia 1º e no último dia de cada mês"),
    ("0 9 LW * *", "At 09:00 on the last weekday of every month", "Às 09:00 no último dia útil de cada mês"),
    (
      "0 9 15W * *", "At 09:00 on the weekday nearest the 15th of every month",
      "Às 09:00 no dia útil mais próximo do dia 15 de cada mês"
    ),
    (
      "0 9 1,15W,LW 5 *", "At 09:00 on the 1st, weekday nearest the 15th and last weekday of May",
      "Às 09:00 no dia 1º, no dia útil mais próximo do dia 15 e no último dia útil de maio"
    ),
    ("0 9 * * FRI#3", "At 09:00 on the third Friday of every month", "Às 09:00 na terceira sexta-feira de cada mês"),
    ("0 9 * * SUN#1", "At 09:00 on the first Sunday of every month", "Às 09:00 no primeiro domingo de cada mês"),
    ("0 9 * * FRIL", "At 09:00 on the last Friday of every month", "Às 09:00 na última sexta-feira de cada mês"),
    ("0 9 25 12 *", "At 09:00 on the 25th of December", "Às 09:00 no dia 25 de dezembro"),
    ("0 9 1 1,7 *", "At 09:00 on the 1st of January and July", "Às 09:00 no dia 1º de janeiro e julho"),
    ("0 9 * 6-8 *", "Every day from June to August at 09:00", "Todos os dias de junho a agosto às 09:00"),
    ("0 9 1 6-8 *", "At 09:00 on the 1st of every month from June to August", "Às 09:00 no dia 1º de cada mês de junho a agosto"),
    ("0 9 * 1,6-8 5", "Every Friday in January and June to August at 09:00", "Toda sexta-feira em janeiro e junho a agosto às 09:00"),
    ("0 9 1-7 * *", "At 09:00 on the 1st to 7th of every month", "Às 09:00 nos dias 1º a 7 de cada mês"),
    (
      "0 9 2,3,22,23,31 * *", "At 09:00 on the 2nd, 3rd, 22nd, 23rd and 31st of every month",
      "Às 09:00 nos dias 2, 3, 22, 23 e 31 de cada mês"
    ),
    ("0 9 11,12,13 * *", "At 09:00 on the 11th to 13th of every month", "Às 09:00 nos dias 11 a 13 de cada mês"),
  ])
  func saysCommonShapes(cron: String, english: String, portuguese: String) throws {
    #expect(try Self.words(cron, .english) == english)
    #expect(try Self.words(cron, .portuguese) == portuguese)
  }

  @Test(arguments: [
    ("* * * * *", "Every minute", "A cada minuto"), ("*/5 * * * *", "Every 5 minutes", "A cada 5 minutos"),
    ("0,30 * * * *", "Every 30 minutes", "A cada 30 minutos"), ("0 * * * *", "Every hour, on the hour", "A cada hora cheia"),
    ("5 * * * *", "Every hour at minute 5", "A cada hora, no minuto 5"),
    ("0 */2 * * *", "Every 2 hours from 00:00 to 22:00", "A cada 2 horas das 00:00 às 22:00"),
    ("0 */6 * * *", "Every day at 00:00, 06:00, 12:00 and 18:00", "Todos os dias às 00:00, às 06:00, às 12:00 e às 18:00"),
    (
      "*/15 9-17 * * 1-5", "Every 15 minutes from 09:00 to 17:45, every weekday",
      "A cada 15 minutos das 09:00 às 17:45, de segunda a sexta-feira"
    ),
    ("30 1-12 * * *", "Every hour from 01:30 to 12:30", "A cada hora da 01:30 às 12:30"),
    ("* 9 * * *", "Every minute from 09:00 to 09:59", "A cada minuto das 09:00 às 09:59"),
    (
      "*/7 * * * *", "At minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour",
      "Nos minutos 0, 7, 14, 21, 28, 35, 42, 49 e 56 de cada hora"
    ),
    ("0-29 8 * * *", "At minutes 0 to 29 of the hour 8", "Nos minutos 0 a 29 da hora 8"),
    ("5,10 8-12,20 * * *", "At minutes 5 and 10 of the hours 8 to 12 and 20", "Nos minutos 5 e 10 das horas 8 a 12 e 20"),
    ("*/5 * * 12 *", "Every 5 minutes in December", "A cada 5 minutos em dezembro"),
    ("*/5 * L * *", "Every 5 minutes, on the last day of every month", "A cada 5 minutos, no último dia de cada mês"),
    ("*/5 * * * FRI#2", "Every 5 minutes, on the second Friday of every month", "A cada 5 minutos, na segunda sexta-feira de cada mês"),
  ])
  func saysRhythms(cron: String, english: String, portuguese: String) throws {
    #expect(try Self.words(cron, .english) == english)
    #expect(try Self.words(cron, .portuguese) == portuguese)
  }

  @Test(
    "Day of month and day of week are OR-ed or AND-ed in words as they are in fact",
    arguments: [
      ("0 9 13 * FRI", "At 09:00 on the 13th of every month and every Friday", "Às 09:00 no dia 13 de cada mês e toda sexta-feira"),
      ("0 9 13 6 FRI", "At 09:00 on the 13th of June and every Friday in June", "Às 09:00 no dia 13 de junho e toda sexta-feira em junho"),
      ("0 9 1-31 * FRI", "Every day at 09:00", "Todos os dias às 09:00"), ("0 9 13 * 0-6", "Every day at 09:00", "Todos os dias às 09:00"),
      (
        "0 9 */10 * MON", "At 09:00 on the 1st, 11th, 21st and 31st of every month, when that is a Monday",
        "Às 09:00 nos dias 1º, 11, 21 e 31 de cada mês, quando for segunda-feira"
      ),
      (
        "0 9 */10 * MON,FRI#2", "At 09:00 on the 1st, 11th, 21st and 31st of every month, when that is a Monday or the second Friday",
        "Às 09:00 nos dias 1º, 11, 21 e 31 de cada mês, quando for segunda-feira ou a segunda sexta-feira"
      ),
      (
        "0 9 * * MON,FRI#3", "At 09:00, every Monday and on the third Friday of every month",
        "Às 09:00, toda segunda-feira e na terceira sexta-feira de cada mês"
      ),
      ("0 9 * * FRI,FRI#3", "Every Friday at 09:00", "Toda sexta-feira às 09:00"),
    ])
  func saysBothDayFields(cron: String, english: String, portuguese: String) throws {
    #expect(try Self.words(cron, .english) == english)
    #expect(try Self.words(cron, .portuguese) == portuguese)
  }

  @Test func saysIntervalsAreElapsed() throws {
    let every = try Schedule(.interval(minutes: 90), zone: Self.zone)
    #expect(every.words(.english) == "Every 90 minutes, elapsed")
    #expect(every.words(.portuguese) == "A cada 90 minutos, tempo corrido")
    #expect(try Schedule(.interval(minutes: 1), zone: Self.zone).words(.english) == "Every minute, elapsed")
    for (minutes, english, portuguese) in [
      (60, "Every hour, elapsed", "A cada hora, tempo corrido"), (480, "Every 8 hours, elapsed", "A cada 8 horas, tempo corrido"),
      (481, "Every 481 minutes, elapsed", "A cada 481 minutos, tempo corrido"),
      (2_880, "Every 48 hours, elapsed", "A cada 48 horas, tempo corrido"),
    ] {
      let schedule = try Schedule(.interval(minutes: minutes), zone: Self.zone)
      #expect(schedule.words(.english) == english && schedule.words(.portuguese) == portuguese)
    }
  }

  @Test func saysOnce() throws {
    let once = try Schedule(.once(at: #require(Instant(iso: "2026-11-23T14:00:00Z"))), zone: Self.zone)
    #expect(once.words(.english) == "Once, on Mon 23 Nov 2026, 09:00, New York time")
    #expect(once.words(.portuguese) == "Uma vez, em seg., 23/11/2026, 09:00, horário de New York")
  }

  @Test func saysWhatIsExcluded() throws {
    let days = try ["2026-12-25", "2026-12-24", "2027-01-01"].map { try #require(Day(iso: $0)) }
    let daily = try Cron("0 9 * * *")
    let some = try Schedule(.recurring(daily), zone: Self.zone, excludedDays: Set(days), excludesWeekends: true)
    #expect(some.words(.english) == "Every day at 09:00, New York time, except weekends, 24 Dec 2026, 25 Dec 2026 and 1 Jan 2027")
    #expect(
      some.words(.portuguese) == "Todos os dias às 09:00, horário de New York, exceto fins de semana, 24/12/2026, 25/12/2026 e 01/01/2027")
    let many = try Schedule(.interval(minutes: 5), zone: Self.zone, excludedDays: Set((0..<9).map { days[0].advanced(by: $0) }))
    #expect(many.words(.english) == "Every 5 minutes, elapsed, except 9 chosen days")
    #expect(many.words(.portuguese) == "A cada 5 minutos, tempo corrido, exceto 9 dias escolhidos")
  }

  @Test func hasWordsForEveryExpression() throws {
    var random = SplitMix(state: 3)
    let fields = [
      ["*", "0", "*/5", "*/7", "5,10", "0-29", "59", "3-50/9"], ["*", "9", "*/2", "*/5", "9-17", "8,12,18", "23", "0-4,20-23"],
      ["*", "1", "L", "L-30", "1-7", "*/2", "1,15,L", "31", "1-31"], ["*", "1", "6-8", "*/3", "DEC", "1,3,5,6,7"],
      ["*", "1-5", "0", "7", "FRI#5", "MON,FRI#1", "*/2", "SAT,SUN", "5L", "FRI-MON", "0-6"],
    ]
    var seen: [String: Cron] = [:]
    for _ in 0..<3000 {
      let text = fields.map { $0[Int(random.next() % UInt64($0.count))] }.joined(separator: " ")
      for language in Language.allCases {
        let words = try Self.words(text, language)
        #expect(!words.contains("  ") && !words.hasSuffix(" ") && !words.hasSuffix(",") && !words.contains("of of"), "\(text): \(words)")
        #expect(words.first?.isUppercase == true)
      }
      let cron = try Cron(text)
      let twin = seen.updateValue(cron, forKey: try Self.words(text, .english)) ?? cron
      #expect(Self.days(twin) == Self.days(cron), "\(text) and \(twin.text) have the same words")
    }
    #expect(seen.count > 1000)
  }

  /// The next times of a cron, enough to tell two apart that differ.
  static func days(_ cron: Cron) -> [Instant] {
    var times: [Instant] = []
    for month in 0..<12 {
      let start = Zone.utc.instant(LocalTime(day: Day(20_800).advanced(months: month), time: .midnight))
      if let next = cron.next(after: start, in: .utc) { times.append(next) }
    }
    return times
  }
}
