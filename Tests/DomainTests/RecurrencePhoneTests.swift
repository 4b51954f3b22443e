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

  @Test(arguments: [("every 8h", 480), ("every 90min", 90), ("a cada 8h", 480), ("de 8 em 8h", 480), ("de 8 em 8 horas", 480)])
  func `a unit glued to its number is one`(text: String, minutes: Int) throws {
    #expect(try RecurrencePhrase(text, reader: RecurrenceRow.reader(.english)).kind == .interval(minutes: minutes))
  }
}
