import Testing

@testable import Domain

/// Phrases that were, or could be, taken for another time than was meant: each is understood rightly or refused, never misread (RULES 2.9).
struct PhraseMisreadTests {
  private static let now = "2026-11-21T10:00"

  /// Phrase, what an English reader means by it, and what a Brazilian does when that differs: day and time of November 2026, a longer date,
  /// or why not; "no" is not understood.
  private static let table = """
    9a | 22 09:00
    11a | 21 11:00
    12a | 22 00:00
    12p | 21 12:00
    9p | 21 21:00
    at 9a | 22 09:00
    9:30p | 21 21:30
    9.30a | 22 09:30
    12:30a | 22 00:30
    tomorrow 9a | 22 09:00
    monday 9a | 23 09:00
    9 a | no
    9 p | no
    13a | no
    0p | no
    31a | no
    dec 9a | no
    12a dec | no
    dia 9a | no
    9ª | no
    2a | 22 02:00 | no
    6a | 22 06:00 | no
    2ª feira | 23 09:00
    3a feira | 24 09:00
    6a-feira | 27 09:00
    9a feira | no
    9 a.m. | 22 09:00
    9 p. m. | 21 21:00
    a.m. | no
    a m | no
    p.m. | no
    an m | no
    a h | no
    1:30 hours | 21 11:30
    1:30 hour | 21 11:30
    1:30 hrs | 21 11:30
    2:15 hours | 21 12:15
    9:30 hours | 21 19:30
    in 1:30 hours | 21 11:30
    in 10:30 hours | 21 20:30
    em 1:30h | 21 11:30
    1:30 h | 21 11:30
    0:45 hours | 21 10:45
    1:30 hours ago | past
    1:60 hours | no
    1:5 hours | no
    1:30 min | no
    in 1:30 | no
    at 1:30 hours | 22 01:30
    21:30 hours | 21 21:30
    09:30 hrs | 22 09:30
    21:00 h | 21 21:00
    9:30 horas | 22 09:30
    9:30h | no | 22 09:30
    0:30h | 21 10:30 | no
    tomorrow 1:30 hours | 22 01:30
    1600h | 21 16:00
    1600 h | 21 16:00
    1600hrs | 21 16:00
    1600 hrs | 21 16:00
    1600 hours | 21 16:00
    1600 horas | 21 16:00
    0930h | 22 09:30
    0000h | 22 00:00
    2400h | 22 00:00
    until 1600h | 21 16:00
    at 1600 | 21 16:00
    às 1600 | 21 16:00
    tomorrow 1600h | 22 16:00
    1600h tomorrow | 22 16:00
    12 dec 1600h | 12-12 16:00
    1600 | no
    until 2027 | no
    0900 | no
    1660h | no
    2500h | no
    2430h | no
    930h | no
    01600h | no
    0090 min | no
    120h | 26 10:00
    8760 hours | 2027-11-21 10:00
    in 1600 hours | 2027-01-27 02:00
    1600 min | 22 12:40
    09h | 21 19:00 | 22 09:00
    07h | 21 17:00 | 22 07:00
    00h | notPositive | 22 00:00
    9h00 | 21 19:00 | 22 09:00
    7h00 | 21 17:00 | 22 07:00
    7h15 | 21 17:15 | 22 07:15
    6h00 | 21 16:00 | 22 06:00
    9h15min | 21 19:15 | 22 09:15
    5h30 | 21 15:30
    1h30 | 21 11:30
    2h | 21 12:00
    11h | 21 21:00
    24h | 22 10:00
    36h | 22 22:00
    12h | 21 22:00 | 21 12:00
    15 h | 22 01:00 | 21 15:00
    15hs | 22 01:00 | 21 15:00
    23h | 22 09:00 | 21 23:00
    09 horas | 21 19:00 | 22 09:00
    12 horas | 21 22:00
    doze horas | 21 22:00
    12 hours | 21 22:00
    0h30 | 21 10:30 | no
    9h 15min | 21 19:15 | no
    12h 30min | 21 22:30 | no
    12h e meia | 21 22:30 | 21 12:30
    9h e meia | 21 19:30 | 22 09:30
    2h e meia | 21 12:30
    às 9h e meia | 22 09:30
    12h30 | 21 12:30
    00h30 | 22 00:30
    00h00 | 22 00:00
    24h00 | 22 00:00
    24h30 | 22 10:30
    25h30 | 22 11:30
    às 2h | 22 02:00
    à 1h | 22 01:00
    às 1h30 | 22 01:30
    em 12h | 21 22:00
    daqui a 12h | 21 22:00
    dentro de 15h | 22 01:00
    por 12h | 21 22:00
    em 09h | 21 19:00
    daqui a 9h00 | 21 19:00
    em 0h30 | 21 10:30
    in 12h | 21 22:00
    for 12h | 21 22:00
    12h from now | 21 22:00
    12h ago | past
    amanhã 2h | 22 02:00
    amanhã 0h30 | 22 00:30
    sexta 12h | 27 12:00
    12h amanhã | 22 12:00
    hoje 15h | 21 15:00
    até 12h | 21 12:00
    até 2h | 22 02:00
    até 9h15 | 22 09:15
    1 dia 12h | 22 22:00
    de hoje a oito | 28 09:00
    hoje a oito | 28 09:00
    de hoje a oito dias | 28 09:00
    de hoje a 8 dias | 28 09:00
    de hoje a oito às 14h | 28 14:00
    de hoje a quinze | 12-05 09:00
    de hoje a quinze dias | 12-05 09:00
    de hoje a uma semana | 28 09:00
    de amanhã a oito | 29 09:00
    de hoje a dez | no
    sexta a oito | no
    segunda a sexta | no
    hoje a 8h | past
    a 2 horas | no
    há 2 horas | past
    à uma | 22 01:00
    ao 12 | no
    quarter to 12pm | 21 11:45
    quarter to 12am | 21 23:45
    quarter to 1pm | 21 12:45
    half past 12am | 22 00:30
    half past nine | 22 09:30
    half nine | no
    quinze pras nove | 22 08:45
    1.30 hours | no
    1,30h | no
    1.50 h | no
    18.00h | no
    9.30h | no
    1.25h | 21 11:15
    1.5 hours | 21 11:30
    1,5 hora | 21 11:30
    1 1/2 hours | 21 11:30
    1/2 hour | 21 10:30
    ½ hour | 21 10:30
    1.500 min | no
    1,000 min | no
    9:5 | no
    9:60 | no
    24:00 | 22 00:00
    24:01 | no
    25:00 | no
    at 25 | no
    at 24:30 | no
    9:5pm | no
    13pm | no
    13:00 pm | no
    0:30 am | no
    12 p.m. | 21 12:00
    12 a.m. | 22 00:00
    12:30 am | 22 00:30
    9pm in the morning | no
    30/02 | impossibleDate
    02/30 | impossibleDate
    31 june | impossibleDate
    june 31 | impossibleDate
    31 de junho | impossibleDate
    feb 30 | impossibleDate
    29 feb | impossibleDate
    29/02/2027 | impossibleDate
    2027-02-29 | impossibleDate
    13/13 | impossibleDate
    00/05 | impossibleDate
    32nd | impossibleDate
    dia 32 | impossibleDate
    fri 12 dec | impossibleDate
    friday the 13th | impossibleDate
    04/05 | 2027-04-05 09:00 | 2027-05-04 09:00
    2027-W12 | no
    w12 | no
    week 12 | no
    2027-073 | no
    12/2027 | no
    2027-03 | no
    9-5 | no
    9 to 5 | no
    9am-5pm | no
    9 or 10 | no
    21 30 | no
    9 30 | no
    at 9 30 | no
    1h:30 | no
    1h 30 | 21 11:30
    1 min 30 | no
    2 days 12 | no
    5 5 min | no
    1 30 min | no
    12 dec 27 | no
    may 5 min | no
    dec 9 h | no
    5 mon | no
    5 sex | no
    mon 5 | 23 05:00
    9 thirty | no
    next month | 12-01 09:00
    mês que vem | 12-01 09:00
    depois de amanhã às 9 | 23 09:00
    depois de amanhã 9h | 23 09:00
    nove e meia | no
    às nove e meia | 22 09:30
    meio-dia e meia | 21 12:30
    meia-noite e meia | 22 00:30
    24h at 9 | no
    in 2 days at 9 | 23 09:00
    """

  @Test(arguments: table.split(separator: "\n").map { $0.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") } })
  func `each is understood rightly or refused`(row: [String]) {
    for (language, meant) in [(Language.english, row[1]), (.portuguese, row[row.count - 1])] {
      let parts = meant.split(separator: " ")
      let expected: String
      if parts.count == 2 {
        let missing = "2026-11-".prefix(max(10 - parts[0].utf8.count, 0))
        expected = "\(missing)\(parts[0])T\(parts[1])"
      } else {
        expected = meant == "no" ? "unknown" : meant
      }
      #expect(phrase(row[0], now: Self.now, language) == expected, "\(row[0]) in \(language)")
    }
  }
}
