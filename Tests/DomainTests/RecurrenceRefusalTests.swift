import Testing

@testable import Domain

/// Words that name no recurrence, and the word that is to blame.
@Suite struct RecurrenceRefusalTests {
  @Test(
    arguments: [
      ("", .empty), ("  ", .empty), ("hello", .unknown("hello")), ("every blue moon", .unknown("every blue")),
      ("every day at 25:00", .impossibleTime("25:00")), ("every day at 9:75", .impossibleTime("9:75")),
      ("every monday 13pm", .impossibleTime("13pm")), ("todo dia às 25h", .impossibleTime("25h")),
      ("every 0 days", .notPositive), ("every 0 minutes", .notPositive), ("a cada 0 semanas", .notPositive),
      ("every day, 0 times", .notPositive), ("every night at 15:00", .unknown("at 15:00")), ("every morning at 9pm", .unknown("at 9pm")),
      ("toda madrugada", .unknown("toda madrugada")), ("every sunday night at 1", .unknown("")), ("on the weekend", .unknown("")),
      ("every day except holidays", .unknown("except holidays")), ("todo dia exceto feriados", .unknown("exceto feriados")),
      ("every day but every day", .unknown("but every")), ("every 5th business day", .unknown("business")),
      ("tomorrow", .unknown("tomorrow")), ("monday", .unknown("")), ("at 9", .unknown("")), ("on the 5th", .unknown("on")),
      ("first monday", .unknown("first")), ("every second friday", .everySecond("every second friday", day: "friday")),
      ("every 2nd Tue at 9", .everySecond("every 2nd Tue", day: "Tue")), ("3 times a day", .timesOnly("3 times a day")),
      ("twice a week", .timesOnly("twice a week")), ("duas vezes por dia", .timesOnly("duas vezes por dia")),
      ("2x ao dia", .timesOnly("2x ao dia")),
      ("monday or tuesday", .unknown("")), ("saturday to sunday", .unknown("")), ("every 6th friday", .unknown("every 6th friday")),
      ("biweekly", .unknown("biweekly")),
      ("bimonthly", .unknown("bimonthly")),
      ("every month on the 1st and 15th at 9 and 21:30", .unevenTimes),
      ("every 2 weeks on the 10th", .unknown("")),
      ("every day until 30 february", .impossibleDate), ("every day starting 31 april", .impossibleDate),
      ("every day until yesterday", .impossibleDate),
      ("every day until 1 march 2027", .rule(.endsBeforeStart)), ("every 32nd", .unknown("every 32nd")),
      ("every month on the 0th", .unknown("on")),
      ("every month on the 32nd", .unknown("on")), ("every 30 february", .rule(.neverComes)),
      ("every year on 31 april", .rule(.neverComes)),
      ("every 1000 days", .rule(.outOfRange(.interval, value: 1_000, allowed: 1...999))),
      ("every 100 years", .rule(.outOfRange(.interval, value: 100, allowed: 1...99))),
      ("every day, 1000000000 times", .rule(.outOfRange(.count, value: 1_000_000_000, allowed: 1...5_000))),
      ("every 90 minutes until friday", .endlessInterval), ("every 7 hours on mondays", .endlessInterval),
      ("every 2 hours, 5 times", .endlessInterval),
      ("every 99999999999 minutes", .intervalOutOfRange(1_000_000_000)), ("every day 🙂", .unknown("🙂")), ("every day\0", .unknown("\0")),
      ("every fooday", .unknown("every fooday")), ("todo dia às 9h blá", .unknown("blá")), ("every day every week", .unknown("every week")),
      ("every monday monday", .unknown("monday")), ("by the rule FREQ=SECONDLY", .rule(.tooFine("SECONDLY"))),
      ("by the rule FREQ=DAILY, sometimes", .unknown("sometimes")), (String(repeating: "every day ", count: 1_000), .tooLong),
    ] as [(String, RecurrencePhraseError)])
  func `what is no recurrence is refused, with the word`(text: String, reason: RecurrencePhraseError) throws {
    let reader = try RecurrenceRow.reader(.english)
    #expect(throws: reason) { try RecurrencePhrase(text, reader: reader) }
  }

  @Test(arguments: [
    ("pay rent every month on the 1st at 9", "every month on the 1st at 9", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0"),
    ("every other friday at 17:00 water the plants", "every other friday at 17:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=17;BYMINUTE=0"),
    ("every weekday at 8:30 stand-up", "every weekday at 8:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=30"),
    ("pagar o aluguel todo dia 5 às 9h", "todo dia 5 às 9h", "FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=0"),
    ("remédio todo dia às 8h e 20h", "todo dia às 8h e 20h", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0"),
    ("every day", "every day", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"),
  ])
  func `the longest beginning or end is taken`(text: String, taken: String, rule: String) throws {
    let found = try #require(RecurrencePhrase.longest(in: text, reader: RecurrenceRow.reader(.english)))
    #expect(String(text[found.range]) == taken)
    guard case .rule(let read, _) = found.phrase.kind else { return #expect(Bool(false), "\(text) is no rule") }
    #expect(read.text == rule)
  }

  @Test(
    arguments: [
      ("every night at 15:00", .english, "every night"), ("biweekly on monday", .english, "every 2 weeks on monday at 9"),
      ("every day except holidays", .english, "every weekday at 9"), ("tomorrow every week", .english, "every week"),
      ("every monday of something", .english, "every monday"), ("every fifth month", .english, "every month on the 1st at 9"),
      ("toda madrugada", .portuguese, "todo dia às 9h"), ("todo dia exceto feriados", .portuguese, "dias úteis às 9h"),
      ("bimensal", .portuguese, "a cada 2 semanas na sexta-feira às 9h"),
    ] as [(String, Language, String)])
  func `what is unclear is offered as the nearest that is clear`(words: String, language: Language, offer: String) throws {
    let reader = try RecurrenceRow.reader(language)
    #expect(RecurrenceOffer.nearest(to: words, reader) == offer)
    #expect(throws: Never.self) { try RecurrencePhrase(offer, reader: reader) }
  }

  @Test(arguments: ["buy 2 milk", "call 555 0199", "read chapter 3", "monday", "second thoughts", ""])
  func `a text without one has none`(text: String) throws {
    #expect(RecurrencePhrase.longest(in: text, reader: try RecurrenceRow.reader(.english)) == nil)
  }
}
