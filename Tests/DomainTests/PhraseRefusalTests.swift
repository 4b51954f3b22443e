import Testing

@testable import Domain

/// What would be a guess, and what only contains a time: refused in both languages, so that nobody waits for a time that they never meant.
struct PhraseRefusalTests {
  private static let table = """
    no | 5; 9; 2 milk; at 25; at; next; until; by; banana; tomorrow banana; banana tomorrow; call mom tomorrow at 9; tomorrow call mom; 5 apples
    no | 9 to 5; nine to five; 9-5; 10 to 5; 10 para 5; das 9 às 5; 9 or 10; tomorrow 9 or 10; tomorrow 9-10; between 9 and 10; 9 30; tomorrow 9 30
    no | monday to friday; monday and friday; segunda a sexta; every day; todo dia; every monday; daily at 9; mondays; weekdays at 9
    no | friday 12 dec 9; 12 dec 18; march 15 18; friday 2027; tomorrow 1600; next week 9; tomorrow 24; tomorrow 25; 5 mon; 5 sex; 9 dec 2
    no | this week; first friday; first; second; the second; segundo; segunda do mês; quarta do mês que vem; segunda de março; fim; end; end of
    no | start of day; end of friday; eod eod; eod at 5; 2 weeks on friday; in a week on monday; week; week on; business day; -3 business days
    no | 1½; ½; ½ tomorrow; 3/5 hour; 1/2 month; half a month; 1½ months; a month and a half; +; +15; 15+; couple; a few; hour; hour and; and a half
    no | ten to; ten to thirteen; thirty to five; half nine; half to nine; quarter past; 9 in; 9 in the; 9 morning; 13 in the morning
    no | amanhã de madrugada; madrugada; 8 da madrugada; 15 da manhã; 9 da semana; 12:00:00; tomorrow 12:00:00; 2027-03-15T17:30:60
    no | 2027-03-15T17:30:00Z; 2027-03-15T17:30:00+01:00; same time; this time; mesma hora; remind me; please; snooze; adiar; por favor; remind me please
    no | !; ?; tomorrow!x; !tomorrow; to tomorrow; in the bit; in a bit tomorrow; later tomorrow; later friday; later at 5; soon tomorrow; mais tarde sexta
    no | about 20; around 9; around; por volta; lá; lá 9am; dia; a; de; da; 10 days of the month; tmr tmr; tmr 9 9; 9 tmr 9; 9am tmr 9; noon 12
    no | 20.3; march 15th the; the; on; next next friday; yesterday 9; tomorrow ago; 930; at 930; 1299am; 1360am; 0am; 13pm; 2400; 1e3h
    no | 9h 5; 2h 5; 2h 75; 2h 30 tomorrow; 1h 30 x; 1 min 30; 12 30; nine thirty; nine five; every 2 hours; 3 times; 10 percent; 1st place
    no | room 9 tomorrow; chapter 3; read chapter 3 tomorrow; tomorrow is mine; may; march; dec 2027; see you friday; ligar para mãe amanhã; 5 reais
    no | sexta sim sexta não; nove e meia; a 2 horas; sexta a oito; de hoje a dez; half; meia; dez; vinte; uma; às; daqui a; em; até; que vem
    impossibleDate | 31 feb; 30/02; 2/30; 31 june; 31 de abril; 29/02/2027; 13/14; 0/3; 32/3; dia 40; dia 0; fifth friday of february; friday 13 march
    impossibleDate | 32nd of next month; the 31st of next month; dia 31 do mês que vem; 2027-02-29; 31.04.2027; quinta segunda de abril
    past | yesterday; ontem; last friday; sexta passada; last week; a week ago; há 2 horas; today 5; today at 9; hoje 8; this morning; same time today
    past | start of this month; 2027-03-01; 10 march 2026; monday of this week; start of this week
    tooFar | 13 months; 2 years; 300 business days; end of next year; fim do ano que vem; 1 april 2028; 400 days; 53 weeks from friday
    notPositive | now; agora; 0 min; -5 min; 0 business days; zero dias úteis; -15m
    empty | \u{A0}
    """

  @Test(arguments: PhraseRow.rows(table), Language.allCases)
  func `each is refused with its reason`(row: PhraseRow, language: Language) {
    #expect(row.read(language) == row.expected, "\(row.phrase) in \(language)")
  }
}
