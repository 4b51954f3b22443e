import Testing

@testable import Domain

/// Recurrences as people type them on a phone: lists without commas, hours without marks.
@Suite struct RecurrencePhoneTests {
  static let english: [RecurrenceRow] = [
    .init("mon wed fri 7am", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=7;BYMINUTE=0", "03-12T07:00", "03-15T07:00", "03-17T07:00"),
    .init("monday and wednesday", "FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=9;BYMINUTE=0", "03-15T09:00", "03-17T09:00"),
    .init("tuesday, thursday", "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-16T09:00"),
    .init("tue/thu 18:30", "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=18;BYMINUTE=30", "03-11T18:30", "03-16T18:30"),
    .init("every mon wed fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-15T09:00"),
    .init("every friday 18", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=18;BYMINUTE=0", "03-12T18:00", "03-19T18:00"),
    .init("mon wed 7 and 19", "FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=7,19;BYMINUTE=0", "03-10T19:00", "03-15T07:00", "03-15T19:00"),
    .init("every day 9", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-12T09:00"),
    .init("every day 7 and 19", "FREQ=DAILY;BYHOUR=7,19;BYMINUTE=0", "03-10T19:00", "03-11T07:00"),
    .init("every day 8am 8pm", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", "03-10T20:00", "03-11T08:00"),
    .init("every morning and evening", "FREQ=DAILY;BYHOUR=9,20;BYMINUTE=0", "03-10T20:00", "03-11T09:00"),
    .init("every 3rd friday", "FREQ=MONTHLY;BYDAY=3FR;BYHOUR=9;BYMINUTE=0", "03-19T09:00", "04-16T09:00"),
    .init("every third friday at 18", "FREQ=MONTHLY;BYDAY=3FR;BYHOUR=18;BYMINUTE=0", "03-19T18:00", "04-16T18:00"),
    .init("every 3rd friday of the month", "FREQ=MONTHLY;BYDAY=3FR;BYHOUR=9;BYMINUTE=0", "03-19T09:00", "04-16T09:00"),
    .init("every last sunday", "FREQ=MONTHLY;BYDAY=-1SU;BYHOUR=9;BYMINUTE=0", "03-28T09:00", "04-25T09:00"),
    .init("last friday of the month 18", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=18;BYMINUTE=0", "03-26T18:00", "04-30T18:00"),
  ]

  @Test(arguments: english) func `English is read`(row: RecurrenceRow) throws { try row.check(.english) }

  static let portuguese: [RecurrenceRow] = [
    .init("segunda e quarta", "FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=9;BYMINUTE=0", "03-15T09:00", "03-17T09:00"),
    .init("seg qua sex 7h", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=7;BYMINUTE=0", "03-12T07:00", "03-15T07:00"),
    .init("segunda quarta e sexta às 7", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=7;BYMINUTE=0", "03-12T07:00", "03-15T07:00"),
    .init("toda quinta 19", "FREQ=WEEKLY;BYDAY=TH;BYHOUR=19;BYMINUTE=0", "03-11T19:00", "03-18T19:00"),
    .init("todos os dias 8h 20h", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", "03-10T20:00", "03-11T08:00"),
    .init("toda manhã e toda noite", "FREQ=DAILY;BYHOUR=9,20;BYMINUTE=0", "03-10T20:00", "03-11T09:00"),
    .init("toda terceira sexta", "FREQ=MONTHLY;BYDAY=3FR;BYHOUR=9;BYMINUTE=0", "03-19T09:00", "04-16T09:00"),
    .init("toda quarta sexta", "FREQ=WEEKLY;BYDAY=WE,FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-17T09:00"),
    .init("todo dia 8", "FREQ=MONTHLY;BYMONTHDAY=8;BYHOUR=9;BYMINUTE=0", "04-08T09:00", "05-08T09:00"),
  ]

  @Test(arguments: portuguese) func `Portuguese is read`(row: RecurrenceRow) throws { try row.check(.portuguese) }

  /// Parts of the day with hours, ends of months, days left out, ranges, and units that hold others.
  static let englishWhole: [RecurrenceRow] = [
    .init("every night at 10pm", "FREQ=DAILY;BYHOUR=22;BYMINUTE=0", "03-10T22:00"),
    .init("every night at 10", "FREQ=DAILY;BYHOUR=22;BYMINUTE=0", "03-10T22:00"),
    .init("10pm every night", "FREQ=DAILY;BYHOUR=22;BYMINUTE=0", "03-10T22:00"),
    .init("nightly at 10pm", "FREQ=DAILY;BYHOUR=22;BYMINUTE=0", "03-10T22:00"),
    .init("every evening at 7", "FREQ=DAILY;BYHOUR=19;BYMINUTE=0", "03-10T19:00"),
    .init("at 7 every evening", "FREQ=DAILY;BYHOUR=19;BYMINUTE=0", "03-10T19:00"),
    .init("every night at midnight", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0", "03-11T00:00"),
    .init("every night at 1", "FREQ=DAILY;BYHOUR=1;BYMINUTE=0", "03-11T01:00"),
    .init("every morning and evening at 8", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", "03-10T20:00"),
    .init("every sunday evening at 7", "FREQ=WEEKLY;BYDAY=SU;BYHOUR=19;BYMINUTE=0", "03-14T19:00"),
    .init("sunday evenings at 7", "FREQ=WEEKLY;BYDAY=SU;BYHOUR=19;BYMINUTE=0", "03-14T19:00"),
    .init("first of every month", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("on the first of each month at 9", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("the first and fifteenth of every month", "FREQ=MONTHLY;BYMONTHDAY=1,15;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("twenty-fifth of every month", "FREQ=MONTHLY;BYMONTHDAY=25;BYHOUR=9;BYMINUTE=0", "03-25T09:00"),
    .init("third thursday monthly", "FREQ=MONTHLY;BYDAY=3TH;BYHOUR=9;BYMINUTE=0", "03-18T09:00"),
    .init("1st monthly", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("end of every month", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00", "04-30T09:00"),
    .init("at the end of each month", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00"),
    .init("beginning of every month", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("every month end", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00"),
    .init("every day of the week", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every day except weekends", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every day except sunday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("daily but not on weekends", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every weekday except friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-15T09:00"),
    .init("every 2 hours from 9 to 17 except weekends", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,11,13,15,17;BYMINUTE=0", "03-10T11:00"),
    .init("tuesdays & thursdays", "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("mon–fri at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("monday—friday at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("mon - fri at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("from monday to friday at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every weekend day at 11", "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=11;BYMINUTE=0", "03-13T11:00"),
    .init("on the 5th business day", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=5", "04-07T09:00"),
    .init("every 2 fridays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("alternate fridays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("on alternate days", "FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-13T09:00"),
    .init("every fortnight on friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("at the end of each day", "FREQ=DAILY;BYHOUR=18;BYMINUTE=0", "03-10T18:00"),
    .init("every sunday 3h", "FREQ=WEEKLY;BYDAY=SU;BYHOUR=3;BYMINUTE=0", "03-14T03:00"),
    .init("every hour from 2h to 5h", "FREQ=DAILY;BYHOUR=2,3,4,5;BYMINUTE=0", "03-11T02:00"),
    .init("read 2 hours every night", nil), .init("2 hours every night", nil), .init("on the first working day", nil),
    .init("every quarter on the 1st", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00", "07-01T09:00"),
  ]

  @Test(arguments: englishWhole) func `what goes with a part of it is read`(row: RecurrenceRow) throws { try row.check(.english) }

  static let portugueseWhole: [RecurrenceRow] = [
    .init("toda noite às 22h", "FREQ=DAILY;BYHOUR=22;BYMINUTE=0", "03-10T22:00"),
    .init("todas as noites às 22h", "FREQ=DAILY;BYHOUR=22;BYMINUTE=0", "03-10T22:00"),
    .init("às 22h toda noite", "FREQ=DAILY;BYHOUR=22;BYMINUTE=0", "03-10T22:00"),
    .init("toda tarde às 15h", "FREQ=DAILY;BYHOUR=15;BYMINUTE=0", "03-10T15:00"),
    .init("toda manhã às 7", "FREQ=DAILY;BYHOUR=7;BYMINUTE=0", "03-11T07:00"),
    .init("toda madrugada às 3h", "FREQ=DAILY;BYHOUR=3;BYMINUTE=0", "03-11T03:00"),
    .init("todo domingo à noite às 19h", "FREQ=WEEKLY;BYDAY=SU;BYHOUR=19;BYMINUTE=0", "03-14T19:00"),
    .init("quinto dia útil", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=5", "04-07T09:00"),
    .init("todo quinto dia útil", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=5", "04-07T09:00"),
    .init("todo 5º dia útil", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=5", "04-07T09:00"),
    .init("todo último dia útil", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=-1", "03-31T09:00"),
    .init("fim de cada mês", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00"),
    .init("todo fim de mês", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00"),
    .init("todo início de mês", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("primeiro de cada mês", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("todo dia 5 do mês", "FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("todo dia exceto domingo", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("todos os dias menos aos domingos", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("todo dia menos no fim de semana", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("seg–sex às 9h", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("segunda-sexta às 9h", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("terças & quintas", "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("a cada duas sextas", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("sextas alternadas", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("em dias alternados", "FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-13T09:00"),
    .init("a cada quinzena na sexta", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("no fim de cada dia", "FREQ=DAILY;BYHOUR=18;BYMINUTE=0", "03-10T18:00"),
    .init("fim de todo dia", "FREQ=DAILY;BYHOUR=18;BYMINUTE=0", "03-10T18:00"),
    .init("2 horas toda noite", nil), .init("1 dia útil", nil),
    .init("todo trimestre no dia 1º", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00", "07-01T09:00"),
  ]

  @Test(arguments: portugueseWhole) func `what goes with a part of it is read in Portuguese`(row: RecurrenceRow) throws {
    try row.check(.portuguese)
  }

  @Test(arguments: [
    ("every 8h", 480), ("every 90min", 90), ("a cada 8h", 480), ("de 8 em 8h", 480), ("de 8 em 8 horas", 480),
    ("every 45m", 45), ("every 1h30", 90), ("a cada 1h30", 90), ("every 1.5 hours", 90), ("a cada 1,5 hora", 90),
    ("every quarter hour", 15),
    ("every 2 hours and 30 minutes", 150), ("a cada 2h30min", 150),
  ])
  func `a unit glued to its number is one`(text: String, minutes: Int) throws {
    #expect(try RecurrencePhrase(text, reader: RecurrenceRow.reader(.english)).kind == .interval(minutes: minutes))
  }
}
