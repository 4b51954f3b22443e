@testable import Domain

extension Target {
  /// Recurrences as rules and in words: times in order after now, and a sentence that is read as the same again.
  static let recurrences = Target(
    "recurrences", longest: 260,
    seeds: bytes([
      "FREQ=DAILY;COUNT=3", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;WKST=SU",
      "FREQ=HOURLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20290101T000000Z",
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYYEARDAY=-1,100", "every other friday at 17:00",
      "on the 1st and 15th of every month at 9 and 21", "last weekday of the month, 5 times", "every 2 hours from 9 to 17 until 1 june",
      "every year on 12 december starting tomorrow", "todo dia 5 às 9h", "sexta sim, sexta não", "a cada 90 minutos",
      "segunda terça do mês",
      "todo mês no dia 13, quando for sexta-feira", "",
    ]),
    words: [
      "FREQ=", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", ";INTERVAL=", ";COUNT=", ";UNTIL=", ";BYDAY=", ";BYMONTHDAY=",
      ";BYSETPOS=",
      ";BYHOUR=", ";BYMINUTE=", ";BYYEARDAY=", ";BYWEEKNO=", ";WKST=", "-1", "MO", "FR", ",", "every ", "other ", "first ", "last ",
      " of the month",
      " until ", " starting ", " times", " at ", " and ", "todo ", "toda ", "a cada ", " de ", " dia ", "sexta", "monday", "weekday",
      "31st", "2027", "every night ", " at 10", " except ", " & ", "–", "nightly ", "end of ", "quinto dia útil", " from 3 to 4pm", "1h30",
    ]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    var kinds: [String] = []
    for reader in Readers.all {
      guard let kind = kind(text, reader), let schedule = try? Schedule(kind, zone: reader.zone) else { continue }
      let times = schedule.upcoming(after: reader.now, count: 4).map(\.instant)
      try hold(zip([reader.now] + times, times).allSatisfy { $0 < $1 }, "“\(text)” gives \(times.map(\.iso))")
      if case .rule(let rule, _) = kind { try hold((try? Recurrence(rule.text)) == rule, "“\(rule.text)” is read otherwise") }
      for language in Language.allCases {
        let sentence = schedule.words(language, now: reader.now)
        let again = PhraseReader(zone: reader.zone, language: language, defaultHour: reader.defaultHour, now: reader.now)
        let repeated = Self.kind(sentence, again).flatMap { try? Schedule($0, zone: reader.zone) }
        try hold(
          repeated?.upcoming(after: reader.now, count: 4).map(\.instant) == times, "“\(text)” is “\(sentence)”, which is read otherwise")
      }
      kinds.append(times.first.map { String($0.seconds(since: reader.now) / 86_400) } ?? "over")
    }
    return kinds.joined(separator: " ")
  }

  private static func kind(_ text: String, _ reader: PhraseReader) -> Schedule.Kind? {
    (try? reader.series(rule: text)) ?? (try? RecurrencePhrase(text, reader: reader).kind)
  }
}
