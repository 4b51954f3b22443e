import Testing

@testable import Domain

/// Saturday 21 November 2026, 10:00 in New York.
struct PhraseDayTests {
  static let now = "2026-11-21T10:00"

  @Test(arguments: [
    ("tomorrow", "2026-11-22T09:00"), ("amanhã", "2026-11-22T09:00"), ("amanha", "2026-11-22T09:00"), ("AMANHÃ", "2026-11-22T09:00"),
    ("amanha\u{303}", "2026-11-22T09:00"), ("day after tomorrow", "2026-11-23T09:00"), ("the day after tomorrow", "2026-11-23T09:00"),
    ("depois de amanhã", "2026-11-23T09:00"), ("until tomorrow", "2026-11-22T09:00"), ("até amanhã", "2026-11-22T09:00"),
    ("para amanhã", "2026-11-22T09:00"), ("today", "past"), ("hoje", "past"), ("today at 11", "2026-11-21T11:00"),
    ("tonight", "2026-11-21T20:00"),
    ("hoje à noite", "2026-11-21T20:00"), ("esta noite", "2026-11-21T20:00"), ("this afternoon", "2026-11-21T15:00"),
    ("this morning", "past"),
    ("tonight at 9", "2026-11-21T21:00"), ("tonight at 1am", "2026-11-22T01:00"), ("tonight at midnight", "2026-11-22T00:00"),
    ("today at midnight", "2026-11-22T00:00"), ("hoje à meia-noite", "2026-11-22T00:00"), ("tomorrow midnight", "2026-11-22T00:00"),
    ("tomorrow morning", "2026-11-22T09:00"), ("amanhã de manhã", "2026-11-22T09:00"), ("amanhã à tarde", "2026-11-22T15:00"),
    ("amanhã cedo", "2026-11-22T09:00"), ("tomorrow at 3 in the afternoon", "2026-11-22T15:00"),
    ("yesterday", "past"), ("ontem", "past"), ("anteontem às 9", "past"), ("last friday", "past"), ("sexta passada", "past"),
  ])
  func readsNearDays(text: String, expected: String) {
    #expect(phrase(text, now: Self.now) == expected)
  }

  @Test(arguments: [
    "tomorrow at 9", "at 9 tomorrow", "amanhã às 9h", "às 9h amanhã", "amanhã as 9", "tomorrow 9am", "9am tomorrow", "tomorrow, 9:00",
    "until tomorrow at 9", "até amanhã às 9h", "às 9h de amanhã", "amanhã, às 9 horas", "amanhã 9h", "9:00 tomorrow", "TOMORROW AT 9AM",
    "  tomorrow \t at\u{A0}9 ", "tomorrow at nine", "amanhã às nove", "tomorrow at 9.", "tomorrow at 09:00", "amanhã às 9 da manhã",
  ])
  func takesDayAndTimeInEitherOrder(text: String) {
    #expect(phrase(text, now: Self.now) == "2026-11-22T09:00")
  }

  @Test(arguments: [
    ("monday", "2026-11-23T09:00"), ("mon", "2026-11-23T09:00"), ("segunda", "2026-11-23T09:00"), ("segunda-feira", "2026-11-23T09:00"),
    ("segunda feira", "2026-11-23T09:00"), ("2ª feira", "2026-11-23T09:00"), ("saturday", "2026-11-28T09:00"),
    ("sábado", "2026-11-28T09:00"),
    ("terça às 14h", "2026-11-24T14:00"), ("ter\u{63}\u{327}a", "2026-11-24T09:00"), ("next friday", "2026-11-27T09:00"),
    ("friday", "2026-11-27T09:00"), ("next friday noon", "2026-11-27T12:00"), ("sexta", "2026-11-27T09:00"),
    ("próxima sexta", "2026-11-27T09:00"),
    ("na próxima sexta-feira ao meio-dia", "2026-11-27T12:00"), ("sexta que vem", "2026-11-27T09:00"),
    ("sexta-feira que vem", "2026-11-27T09:00"),
    ("até sexta", "2026-11-27T09:00"), ("until next friday", "2026-11-27T09:00"), ("this friday", "2026-11-27T09:00"),
    ("next week", "2026-11-23T09:00"), ("semana que vem", "2026-11-23T09:00"), ("na próxima semana", "2026-11-23T09:00"),
    ("friday next week", "2026-11-27T09:00"), ("sexta da semana que vem", "2026-11-27T09:00"), ("next month", "2026-12-01T09:00"),
    ("mês que vem", "2026-12-01T09:00"), ("next year", "2027-01-01T09:00"), ("ano que vem", "2027-01-01T09:00"),
    ("weekend", "2026-11-28T09:00"), ("fim de semana", "2026-11-28T09:00"), ("sunday at 8", "2026-11-22T08:00"),
    ("domingo", "2026-11-22T09:00"),
    ("in 3 days at 14:00", "2026-11-24T14:00"), ("daqui a 2 semanas às 8h", "2026-12-05T08:00"), ("in 1 month at noon", "2026-12-21T12:00"),
  ])
  func readsWeekdaysAndPeriods(text: String, expected: String) {
    #expect(phrase(text, now: Self.now) == expected)
  }

  @Test(
    "On a Friday, Friday is a week away",
    arguments: [
      "friday", "next friday", "sexta", "próxima sexta", "sexta que vem", "sexta-feira", "on friday", "fri",
    ])
  func excludesToday(text: String) {
    for hour in ["00:00", "08:00", "23:59"] { #expect(phrase(text, now: "2026-11-20T\(hour)") == "2026-11-27T09:00") }
  }

  @Test func thisFridayMayBeToday() {
    #expect(phrase("this friday at 18:00", now: "2026-11-20T10:00") == "2026-11-20T18:00")
    #expect(phrase("nesta sexta às 8h", now: "2026-11-20T10:00") == "past")
  }

  @Test(arguments: [
    ("12 Dec", "2026-12-12T09:00"), ("Dec 12", "2026-12-12T09:00"), ("12th of December", "2026-12-12T09:00"),
    ("December 12th", "2026-12-12T09:00"),
    ("Dec 12 2026", "2026-12-12T09:00"), ("December 12, 2026", "2026-12-12T09:00"), ("12-Dec-2026", "2026-12-12T09:00"),
    ("12 de dezembro", "2026-12-12T09:00"), ("12 de dezembro de 2026", "2026-12-12T09:00"), ("12 dez.", "2026-12-12T09:00"),
    ("em 12 de dezembro às 14h", "2026-12-12T14:00"), ("dia 12 de dezembro", "2026-12-12T09:00"), ("1º de maio", "2027-05-01T09:00"),
    ("1o de maio", "2027-05-01T09:00"), ("primeiro de maio", "2027-05-01T09:00"), ("2 de março", "2027-03-02T09:00"),
    ("5 ago", "2027-08-05T09:00"),
    ("may 5", "2027-05-05T09:00"), ("10 dez", "2026-12-10T09:00"), ("Sat, 12 Dec", "2026-12-12T09:00"),
    ("sáb., 12 dez. 2026, 14:00", "2026-12-12T14:00"),
    ("Fri 12 Dec", "impossibleDate"), ("2027-03-14", "2027-03-14T09:00"), ("2027/3/14", "2027-03-14T09:00"),
    ("2027-03-14T16:45", "2027-03-14T16:45"), ("2027-03-14 16:45", "2027-03-14T16:45"), ("16:45 2027-03-14", "2027-03-14T16:45"),
    ("dia 30", "2026-11-30T09:00"), ("dia 12", "2026-12-12T09:00"), ("dia 31", "2026-12-31T09:00"), ("the 25th", "2026-11-25T09:00"),
    ("até o dia 5 às 8h", "2026-12-05T08:00"), ("às 8h do dia 5", "2026-12-05T08:00"), ("dec 12 9am", "2026-12-12T09:00"),
    ("dec 9am", "unknown"), ("dec 12 21:30", "2026-12-12T21:30"), ("21 nov 11:00", "2026-11-21T11:00"), ("21 nov", "past"),
    ("20 nov", "2027-11-20T09:00"), ("20 nov 2026", "past"), ("22 nov 2027", "tooFar"), ("21 Nov 2027 10:00", "2027-11-21T10:00"),
    ("21 Nov 2027 10:01", "tooFar"), ("30 feb", "impossibleDate"), ("29 feb", "impossibleDate"), ("0 dec", "impossibleDate"),
    ("2027-02-29", "impossibleDate"), ("2027-13-01", "impossibleDate"), ("2027-00-10", "impossibleDate"), ("dia 0", "impossibleDate"),
    ("dia 32", "impossibleDate"), ("31 de abril", "impossibleDate"), ("9999-12-31", "tooFar"), ("0000-01-01", "impossibleDate"),
  ])
  func readsDates(text: String, expected: String) {
    #expect(phrase(text, now: Self.now) == expected)
  }

  @Test(
    "The language decides the order of day and month where a calendar leaves a choice, and nothing else",
    arguments: [
      ("04/05", "2027-04-05T09:00", "2027-05-04T09:00"), ("4/5/2027", "2027-04-05T09:00", "2027-05-04T09:00"),
      ("4/5/27 14:00", "2027-04-05T14:00", "2027-05-04T14:00"), ("30/04", "2027-04-30T09:00", "2027-04-30T09:00"),
      ("30/04/2027", "2027-04-30T09:00", "2027-04-30T09:00"), ("04/30", "2027-04-30T09:00", "2027-04-30T09:00"),
      ("até 30/04", "2027-04-30T09:00", "2027-04-30T09:00"), ("30.04.2027", "2027-04-30T09:00", "2027-04-30T09:00"),
      ("31/02", "impossibleDate", "impossibleDate"), ("2027-04-05", "2027-04-05T09:00", "2027-04-05T09:00"),
      ("5 de abril", "2027-04-05T09:00", "2027-04-05T09:00"), ("april 5", "2027-04-05T09:00", "2027-04-05T09:00"),
      ("04-05", "unknown", "unknown"), ("4.5", "unknown", "unknown"), ("4/5/6", "unknown", "unknown"), ("1/2/3/4", "unknown", "unknown"),
    ])
  func ordersNumericDates(text: String, english: String, portuguese: String) {
    #expect(phrase(text, now: Self.now, .english) == english)
    #expect(phrase(text, now: Self.now, .portuguese) == portuguese)
  }
}
