import Testing

@testable import Domain

/// Rules as text, what is refused of them, and where they begin.
@Suite struct RecurrenceTests {
  @Test(arguments: [
    ("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0"),
    ("RRULE:FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"), (" rrule:freq=weekly;byday=we,mo,mo ", "FREQ=WEEKLY;BYDAY=MO,WE"),
    ("COUNT=3;WKST=SU;INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;COUNT=3;WKST=SU"),
    ("FREQ=DAILY;BYHOUR=21,9,09;BYMINUTE=00;BYSECOND=0;INTERVAL=1", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0"),
    ("FREQ=DAILY;UNTIL=20271231", "FREQ=DAILY;UNTIL=20271231"), ("FREQ=DAILY;UNTIL=20271231T235959", "FREQ=DAILY;UNTIL=20271231T235959"),
    ("FREQ=DAILY;UNTIL=20271231T235959Z", "FREQ=DAILY;UNTIL=20271231T235959Z"),
    ("FREQ=YEARLY;BYDAY=53MO,-1SU,TU", "FREQ=YEARLY;BYDAY=-1SU,TU,53MO"),
    ("FREQ=YEARLY;BYMONTHDAY=-1,31;BYYEARDAY=366,-366", "FREQ=YEARLY;BYYEARDAY=-366,366;BYMONTHDAY=-1,31"),
  ])
  func `rules are read and written`(typed: String, written: String) throws {
    #expect(try Recurrence(typed).text == written)
  }

  @Test(
    arguments: [
      ("", .unknownPart("")), ("RRULE:", .unknownPart("")), ("COUNT=3", .noFrequency), ("FREQ=SECONDLY", .tooFine("SECONDLY")),
      ("FREQ=MINUTELY;INTERVAL=90", .tooFine("MINUTELY")), ("FREQ=OFTEN", .notUnderstood(.frequency, "OFTEN")),
      ("FREQ=", .notUnderstood(.frequency, "")), ("FREQ=DAILY;", .unknownPart("")), ("FREQ=DAILY;;COUNT=1", .unknownPart("")),
      ("FREQ=DAILY;BYEASTER=0", .unknownPart("BYEASTER=0")), ("RSCALE=CHINESE;FREQ=DAILY", .unknownPart("RSCALE=CHINESE")),
      ("FREQ=DAILY;COUNT", .unknownPart("COUNT")), ("FREQ=DAILY;X-A=1", .unknownPart("X-A=1")),
      ("FREQ=DAILY;FREQ=WEEKLY", .twice(.frequency)),
      ("FREQ=DAILY;BYHOUR=1;BYHOUR=2", .twice(.hours)), ("FREQ=DAILY;COUNT=0", .outOfRange(.count, value: 0, allowed: 1...5_000)),
      ("FREQ=DAILY;COUNT=1000000000", .outOfRange(.count, value: 1_000_000_000, allowed: 1...5_000)),
      ("FREQ=DAILY;COUNT=-1", .outOfRange(.count, value: -1, allowed: 1...5_000)),
      ("FREQ=DAILY;COUNT=99999999999999999999", .notUnderstood(.count, "99999999999999999999")),
      ("FREQ=DAILY;COUNT=3,4", .notUnderstood(.count, "3,4")), ("FREQ=DAILY;COUNT=٣", .notUnderstood(.count, "٣")),
      ("FREQ=DAILY;INTERVAL=0", .outOfRange(.interval, value: 0, allowed: 1...999)),
      ("FREQ=YEARLY;INTERVAL=100", .outOfRange(.interval, value: 100, allowed: 1...99)),
      ("FREQ=DAILY;COUNT=3;UNTIL=20271231", .twoEnds), ("FREQ=DAILY;UNTIL=20270230", .notUnderstood(.until, "20270230")),
      ("FREQ=DAILY;UNTIL=2027-12-31", .notUnderstood(.until, "2027-12-31")),
      ("FREQ=DAILY;UNTIL=20271231T", .notUnderstood(.until, "20271231T")),
      ("FREQ=DAILY;UNTIL=20271231T240000", .notUnderstood(.until, "20271231T240000")),
      ("FREQ=MONTHLY;BYMONTHDAY=0", .outOfRange(.monthDays, value: 0, allowed: 1...31)),
      ("FREQ=MONTHLY;BYMONTHDAY=32", .outOfRange(.monthDays, value: 32, allowed: -31...31)),
      ("FREQ=MONTHLY;BYMONTHDAY=1,,2", .notUnderstood(.monthDays, "")),
      ("FREQ=YEARLY;BYMONTH=13", .outOfRange(.months, value: 13, allowed: 1...12)),
      ("FREQ=YEARLY;BYMONTH=0", .outOfRange(.months, value: 0, allowed: 1...12)),
      ("FREQ=DAILY;BYHOUR=24", .outOfRange(.hours, value: 24, allowed: 0...23)),
      ("FREQ=DAILY;BYMINUTE=60", .outOfRange(.minutes, value: 60, allowed: 0...59)),
      ("FREQ=DAILY;BYSECOND=30", .outOfRange(.seconds, value: 30, allowed: 0...0)),
      ("FREQ=MONTHLY;BYDAY=6MO", .outOfRange(.weekdays, value: 6, allowed: -5...5)),
      ("FREQ=MONTHLY;BYDAY=0MO", .outOfRange(.weekdays, value: 0, allowed: 1...5)),
      ("FREQ=WEEKLY;BYDAY=XX", .notUnderstood(.weekdays, "XX")),
      ("FREQ=WEEKLY;BYDAY=MONDAY", .notUnderstood(.weekdays, "MONDAY")), ("FREQ=WEEKLY;BYDAY=", .notUnderstood(.weekdays, "")),
      ("FREQ=WEEKLY;BYDAY=1MO", .notWith(.weekdays, "FREQ=WEEKLY")), ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", .notWith(.weekdays, "BYWEEKNO")),
      ("FREQ=WEEKLY;BYMONTHDAY=1", .notWith(.monthDays, "FREQ=WEEKLY")),
      ("FREQ=MONTHLY;BYWEEKNO=1", .notWith(.weekNumbers, "FREQ=MONTHLY")),
      ("FREQ=DAILY;BYYEARDAY=1", .notWith(.yearDays, "FREQ=DAILY")), ("FREQ=DAILY;BYSETPOS=1", .positionsAlone),
      ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", .outOfRange(.positions, value: 0, allowed: 1...366)),
      ("FREQ=WEEKLY;WKST=1", .notUnderstood(.weekStart, "1")),
      ("FREQ=HOURLY;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12", .tooManyTimes), ("FREQ=DAILY\0", .notUnderstood(.frequency, "DAILY\0")),
      ("FREQ=DAILY;COUNT=3\r\n", .notUnderstood(.count, "3\r\n")), (String(repeating: "A", count: 10_000), .tooLong),
      ("FREQ=DAILY;BYHOUR=" + String(repeating: "1,", count: 250) + "1", .tooLong),
    ] as [(String, RecurrenceError)])
  func `what is no rule is refused with its reason`(typed: String, reason: RecurrenceError) {
    #expect(throws: reason) { try Recurrence(typed) }
  }

  /// Without this check libical looks for them to the end of its calendar, some for ever.
  @Test(arguments: [
    "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTH=2;BYDAY=5MO;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=1;BYYEARDAY=200", "FREQ=MONTHLY;BYMONTHDAY=10;BYDAY=1MO",
    "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6;BYDAY=MO", "FREQ=HOURLY;BYYEARDAY=100;BYMONTH=12",
  ])
  func `parts that never meet are refused`(typed: String) throws {
    let rule = try Recurrence(typed).completed(on: day("2027-03-10"), at: .noon)
    #expect(throws: RecurrenceError.neverComes) { try rule.begin(notBefore: local("2027-03-10T10:00")) }
  }

  @Test(
    arguments: [
      ("FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", .positionOutOfReach(2, most: 1)),
      ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-6", .positionOutOfReach(-6, most: 5)),
      ("FREQ=DAILY;BYHOUR=9,21;BYSETPOS=3", .positionOutOfReach(3, most: 2)), ("FREQ=DAILY;UNTIL=20270309", .endsBeforeStart),
      ("FREQ=DAILY;UNTIL=20270310T115900", .endsBeforeStart), ("FREQ=DAILY;UNTIL=20260310T115900Z", .endsBeforeStart),
      ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA", .neverComes),
    ] as [(String, RecurrenceError)])
  func `what cannot begin is refused with its reason`(typed: String, reason: RecurrenceError) throws {
    let rule = try Recurrence(typed).completed(on: day("2027-03-10"), at: .noon)
    #expect(throws: reason) { try rule.begin(notBefore: local("2027-03-10T10:00")) }
  }

  @Test(arguments: [
    ("FREQ=DAILY", "FREQ=DAILY;BYHOUR=9;BYMINUTE=30"), ("FREQ=DAILY;BYHOUR=8", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0"),
    ("FREQ=DAILY;BYMINUTE=5", "FREQ=DAILY;BYHOUR=9;BYMINUTE=5"), ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=WE;BYHOUR=9;BYMINUTE=30"),
    ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=30"),
    ("FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=30"),
    ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=30"),
    ("FREQ=YEARLY;BYMONTH=5", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=30"),
    ("FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=WE;BYHOUR=9;BYMINUTE=30"),
    ("FREQ=YEARLY;BYYEARDAY=5", "FREQ=YEARLY;BYYEARDAY=5;BYHOUR=9;BYMINUTE=30"), ("FREQ=HOURLY", "FREQ=HOURLY;BYMINUTE=0"),
  ])
  func `what a rule leaves to its first time is said in it`(typed: String, whole: String) throws {
    let time = try #require(TimeOfDay(hour: 9, minute: 30))
    #expect(try Recurrence(typed).completed(on: day("2027-03-31"), at: time).text == whole)
  }
}
