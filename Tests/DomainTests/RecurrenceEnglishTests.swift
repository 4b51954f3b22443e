import Testing

@testable import Domain

/// English recurrences, said on Wednesday 10 March 2027 at 10:00 in New York by somebody whose default hour is 09:00.
@Suite struct RecurrenceEnglishTests {
  @Test(arguments: Self.table)
  func `a recurrence is read as its rule and begins with the coming time`(_ row: RecurrenceRow) throws {
    try row.check(.english)
  }

  static let table: [RecurrenceRow] = [
    // Days.
    .init("every day", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"), .init("daily", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("everyday at noon", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0", "03-10T12:00"),
    .init("each day at 8:30", "FREQ=DAILY;BYHOUR=8;BYMINUTE=30", "03-11T08:30"),
    .init("every day at 9 and 21", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "03-10T21:00", "03-11T09:00"),
    .init("daily at 9am and 9pm", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "03-10T21:00"),
    .init("every day at 8, 12 and 18", "FREQ=DAILY;BYHOUR=8,12,18;BYMINUTE=0", "03-10T12:00"),
    .init("at 9 every day", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("9am daily", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("once a day at 20:00", "FREQ=DAILY;BYHOUR=20;BYMINUTE=0", "03-10T20:00"),
    .init("every morning", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every evening", "FREQ=DAILY;BYHOUR=20;BYMINUTE=0", "03-10T20:00"),
    .init("every day in the afternoon", "FREQ=DAILY;BYHOUR=15;BYMINUTE=0", "03-10T15:00"),
    .init("every day at 7 in the evening", "FREQ=DAILY;BYHOUR=19;BYMINUTE=0", "03-10T19:00"),
    .init("every 3 days", "FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-14T09:00"),
    .init("every three days at 10:30", "FREQ=DAILY;INTERVAL=3;BYHOUR=10;BYMINUTE=30", "03-10T10:30", "03-13T10:30"),
    .init("every other day", "FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-13T09:00"),
    .init("every second day at 18:00", "FREQ=DAILY;INTERVAL=2;BYHOUR=18;BYMINUTE=0", "03-10T18:00", "03-12T18:00"),
    .init("every third day", "FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-14T09:00"),
    .init("EVERY DAY AT 9AM", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every day, at 9:00.", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every day in june and july at 8:00", "FREQ=DAILY;BYMONTH=6,7;BYHOUR=8;BYMINUTE=0", "06-01T08:00"),
    // Weeks.
    .init("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every weekday at 8:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=30", "03-11T08:30", "03-12T08:30", "03-15T08:30"),
    .init("weekdays at 5pm", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=17;BYMINUTE=0", "03-10T17:00"),
    .init("every workday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every business day at noon", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=12;BYMINUTE=0", "03-10T12:00"),
    .init("on working days", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("weekends", "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=9;BYMINUTE=0", "03-13T09:00", "03-14T09:00"),
    .init("every weekend at 11", "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=11;BYMINUTE=0", "03-13T11:00"),
    .init("every monday and thursday", "FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-15T09:00"),
    .init("mondays", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("on mondays at 7", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=7;BYMINUTE=0", "03-15T07:00"),
    .init("mondays and fridays at 9", "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00"),
    .init("every wednesday at 9", "FREQ=WEEKLY;BYDAY=WE;BYHOUR=9;BYMINUTE=0", "03-17T09:00"),
    .init("every wednesday at 11", "FREQ=WEEKLY;BYDAY=WE;BYHOUR=11;BYMINUTE=0", "03-10T11:00"),
    .init("every mon, wed and fri at 6:45", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=6;BYMINUTE=45", "03-12T06:45"),
    .init("every mon, wed, fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00"),
    .init("every mon/wed/fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00"),
    .init("every mon-fri at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every monday to friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every friday through monday", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU;BYHOUR=9;BYMINUTE=0", "03-12T09:00"),
    .init("every monday morning", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("weekly on friday", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00"),
    .init("every week on friday", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00"),
    .init("every week", "FREQ=WEEKLY;BYDAY=WE;BYHOUR=9;BYMINUTE=0", "03-17T09:00"),
    .init("once a week on tuesday", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0", "03-16T09:00"),
    .init("every 2 weeks on friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("every other friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("every other friday at 17:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=17;BYMINUTE=0", "03-12T17:00", "03-26T17:00"),
    .init("every alternate tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=9;BYMINUTE=0", "03-16T09:00", "03-30T09:00"),
    .init("every other week on monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00", "03-29T09:00"),
    .init("fortnightly on saturday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;BYHOUR=9;BYMINUTE=0", "03-13T09:00", "03-27T09:00"),
    .init("every three weeks on mon and thu", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-29T09:00"),
    .init("friday every 2 weeks", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("every monday in june", "FREQ=WEEKLY;BYMONTH=6;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "06-07T09:00"),
    // Months by date.
    .init("on the 1st of every month", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("every month on the 1st at 9", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("the 1st and 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=1,15;BYHOUR=9;BYMINUTE=0", "03-15T09:00", "04-01T09:00"),
    .init("monthly on the 31st", "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=0", "03-31T09:00", "05-31T09:00", "07-31T09:00"),
    .init("every 31st", "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=0", "03-31T09:00", "05-31T09:00", "07-31T09:00"),
    .init("every month on day 15", "FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("day 5 of every month at 18:00", "FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=18;BYMINUTE=0", "04-05T18:00"),
    .init("every month", "FREQ=MONTHLY;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00"),
    .init("monthly", "FREQ=MONTHLY;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00"),
    .init("once a month on the 20th", "FREQ=MONTHLY;BYMONTHDAY=20;BYHOUR=9;BYMINUTE=0", "03-20T09:00"),
    .init("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00", "04-30T09:00"),
    .init("on the last day of every month at 17:00", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=17;BYMINUTE=0", "03-31T17:00"),
    .init("every month on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00"),
    .init("every last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00"),
    .init("every month on the 2nd to last day", "FREQ=MONTHLY;BYMONTHDAY=-2;BYHOUR=9;BYMINUTE=0", "03-30T09:00"),
    .init("penultimate day of every month", "FREQ=MONTHLY;BYMONTHDAY=-2;BYHOUR=9;BYMINUTE=0", "03-30T09:00"),
    .init("every month on the 1st to 5th", "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("every month on the 15th and last day", "FREQ=MONTHLY;BYMONTHDAY=-1,15;BYHOUR=9;BYMINUTE=0", "03-15T09:00", "03-31T09:00"),
    .init("every 3 months on the 10th", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00", "07-10T09:00"),
    .init("quarterly on the 1st", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00", "07-01T09:00"),
    .init("every other month on the 20th", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20;BYHOUR=9;BYMINUTE=0", "03-20T09:00", "05-20T09:00"),
    .init("every six months", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00", "10-10T09:00"),
    .init("every month on the 13th, when that is a friday, at 9", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "08-13T09:00"),
    // Months by weekday.
    .init("first monday of every month", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("on the first monday of the month", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("every first monday of the month", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("every month on the first monday", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("last friday of the month at 16:00", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=16;BYMINUTE=0", "03-26T16:00"),
    .init("every last friday of the month", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0", "03-26T09:00"),
    .init("second tuesday of each month", "FREQ=MONTHLY;BYDAY=2TU;BYHOUR=9;BYMINUTE=0", "04-13T09:00"),
    .init("every second tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU;BYHOUR=9;BYMINUTE=0", "04-13T09:00"),
    .init("2nd and 4th tuesday of every month", "FREQ=MONTHLY;BYDAY=2TU,4TU;BYHOUR=9;BYMINUTE=0", "03-23T09:00"),
    .init("first monday and third friday of every month", "FREQ=MONTHLY;BYDAY=1MO,3FR;BYHOUR=9;BYMINUTE=0", "03-19T09:00"),
    .init("monthly on the third thursday", "FREQ=MONTHLY;BYDAY=3TH;BYHOUR=9;BYMINUTE=0", "03-18T09:00"),
    .init("every 2 months on the first sunday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU;BYHOUR=9;BYMINUTE=0", "04-04T09:00", "06-06T09:00"),
    .init("fifth friday of every month", "FREQ=MONTHLY;BYDAY=5FR;BYHOUR=9;BYMINUTE=0", "04-30T09:00", "07-30T09:00"),
    .init(
      "last weekday of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=-1", "03-31T09:00", "04-30T09:00",
      "05-31T09:00"),
    .init(
      "first business day of every month at 8", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=0;BYSETPOS=1", "04-01T08:00",
      "05-03T08:00"),
    .init("every month on the 2nd to last weekday", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=-2", "03-30T09:00"),
    // Years.
    .init("every year on 12 december", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12;BYHOUR=9;BYMINUTE=0", "12-12T09:00"),
    .init("every december 12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12;BYHOUR=9;BYMINUTE=0", "12-12T09:00"),
    .init("yearly on dec 12th at 8am", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12;BYHOUR=8;BYMINUTE=0", "12-12T08:00"),
    .init("annually on 12/25", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25;BYHOUR=9;BYMINUTE=0", "12-25T09:00"),
    .init("every 4th of july", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4;BYHOUR=9;BYMINUTE=0", "07-04T09:00"),
    .init("every year on february 29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9;BYMINUTE=0", "2028-02-29T09:00", "2032-02-29T09:00"),
    .init("every year", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "2028-03-10T09:00"),
    .init("every 2 years on 1 may", "FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "05-01T09:00", "2029-05-01T09:00"),
    .init(
      "every year on 1 january and 1 july", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "07-01T09:00", "2028-01-01T09:00"),
    .init(
      "every year on the 1st and 15th of march", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1,15;BYHOUR=9;BYMINUTE=0", "03-15T09:00",
      "2028-03-01T09:00"),
    .init("yearly on the first monday of september", "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "09-06T09:00"),
    .init("every fourth thursday of november", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;BYHOUR=9;BYMINUTE=0", "11-25T09:00"),
    .init("every year on the last day of january and july", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "07-31T09:00"),
    .init("every january on the 5th", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=0", "2028-01-05T09:00"),
    .init(
      "every year on the last weekday of december", "FREQ=YEARLY;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=-1",
      "12-31T09:00"),
    // Starts, ends, counts.
    .init("every day starting tomorrow", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every day starting 1 june at 8", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0", "06-01T08:00"),
    .init("every other friday starting 5 march 2027", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-19T09:00", "04-02T09:00"),
    .init("every 2 weeks on friday from next friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("every monday starting in 2 weeks", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-29T09:00"),
    .init("every day until 31 december", "FREQ=DAILY;UNTIL=20271231;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init(
      "every weekday at 9 until friday", "FREQ=WEEKLY;UNTIL=20270312;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-12T09:00"
    ),
    .init("mondays through june 30", "FREQ=WEEKLY;UNTIL=20270630;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("every day at 9 until 12 march 2027 at 8:00", "FREQ=DAILY;UNTIL=20270312T080000;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every day at 9, 3 times", "FREQ=DAILY;COUNT=3;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-12T09:00", "03-13T09:00"),
    .init("every monday 5 times", "FREQ=WEEKLY;COUNT=5;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("daily for ten times", "FREQ=DAILY;COUNT=10;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every day for 2 weeks", "FREQ=DAILY;UNTIL=20270323;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("every monday for 3 months", "FREQ=WEEKLY;UNTIL=20270609;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("every day at 9 starting 1 june 2027, until 30 june 2027", "FREQ=DAILY;UNTIL=20270630;BYHOUR=9;BYMINUTE=0", "06-01T09:00"),
    // Hours by the clock.
    .init("every hour from 9 to 17", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0", "03-10T11:00"),
    .init(
      "every 2 hours between 8am and 6pm on weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,10,12,14,16,18;BYMINUTE=0", "03-10T12:00"),
    .init("every 15 minutes from 09:00 to 10:45", "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,15,30,45", "03-10T10:15"),
    .init(
      "every hour, on the hour", "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0", "03-10T11:00"
    ),
    .init(
      "every hour at minute 20", "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=20",
      "03-10T10:20"),
    .init("by the rule FREQ=YEARLY;BYYEARDAY=100", "FREQ=YEARLY;BYYEARDAY=100;BYHOUR=9;BYMINUTE=0", "04-10T09:00"),
  ]

  @Test(arguments: [
    ("every 90 minutes", 90), ("every 2 hours", 120), ("every hour", 60), ("hourly", 60), ("every minute", 1), ("every other hour", 120),
    ("every half hour", 30), ("every hour and a half", 90), ("every 90 minutes, elapsed", 90), ("every 1 minute", 1),
    ("every two hours", 120),
    ("every 36 hours", 2_160),
  ])
  func `minutes and hours are an interval`(text: String, minutes: Int) throws {
    #expect(try RecurrencePhrase(text, reader: RecurrenceRow.reader(.english)).kind == .interval(minutes: minutes))
  }
}
