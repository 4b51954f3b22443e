import Testing

@testable import Domain

/// What people type in English, said on Wednesday 10 March 2027 at 10:00 in New York, and what they mean (RULES 2.1, 2.2, 2.9).
struct PhraseEnglishTable {
  /// When, and what says so: "11 09:00" is of March 2027, "04-05 09:00" of that year.
  private static let table = """
    11 09:00 | tomorrow; tmr; tmrw; tmw; Tomorrow!; TOMORROW?; tomorrow morning; until tomorrow; by tomorrow; next day; the following day; tmr 9
    11 09:00 | tomorrow 9; 9 tomorrow; tomorrow nine
    11 09:00 | tomorrow at 9; at 9 tomorrow; tomorrow 9am; tomorrow, 9 am; 9a tomorrow; tomorrow 9.00; tomorrow 9:00; tomorrow at nine
    11 09:00 | tomorrow at nine o'clock; tomorrow 0900h; tomorrow at 9 sharp
    11 09:00 | first thing tomorrow; tomorrow first thing; early tomorrow; first thing in the morning; first thing tomorrow morning
    11 09:00 | next business day; the next working day; in 1 business day; one business day from now; next weekday; next workday
    11 09:00 | 9 in the morning; at 9; around 9am; at about 9; 9am; 9 am.; 9:00 a.m.; until 9; by 9am; nine am; 900am; 0900am; snooze until 9
    11 09:00 | remind me at 9; remind me tomorrow; please remind me again tomorrow; snooze till tomorrow
    11 09:00 | tomorrow please; tomorrow, please; please, tomorrow; snooze it until tomorrow; postpone to tomorrow
    11 09:00 | delay this until tomorrow please
    11 09:30 | tomorrow 9.30; tomorrow 930am; tomorrow at half past nine; at nine thirty; nine thirty am; 930am; half past nine
    11 10:00 | same time tomorrow; this time tomorrow; tomorrow at the same time; tomorrow same time; in 1 day; 24 hours; 24h; a day; in a day
    11 10:00 | +1 day; 1d
    11 05:00 | tomorrow 5; 5 tomorrow
    11 00:00 | tomorrow 0; midnight; 12 midnight; tonight at midnight; midnight tonight; today at midnight; 12am; tomorrow midnight
    11 12:00 | tomorrow noon; noon tomorrow; tomorrow at 12 noon; tomorrow 12pm
    11 15:00 | tomorrow afternoon; tomorrow 3 pm; 3 in the afternoon tomorrow; tomorrow at 3 in the afternoon
    11 18:00 | end of day tomorrow; tomorrow eod; eod tomorrow; tomorrow at the end of the day
    11 20:00 | tomorrow evening; tomorrow night; tomorrow evening 8; tomorrow 8 in the evening
    12 09:00 | day after tomorrow; the day after tomorrow; friday; fri; on friday; next friday; this friday; friday morning; friday this week
    12 09:00 | friday 9; this week on friday; in 2 business days; 2 working days; the coming friday; until friday; friday the 12th; fri, 12 mar
    12 18:00 | friday 18; fri 18; friday at 18; 18 friday; end of week; end of the week; eow; at the end of the week; end of this week
    12 18:00 | by the end of the week; friday eod; friday 6p
    12 12:00 | friday 12; friday noon; next friday noon; noon on friday; friday 12 noon
    10 10:15 | +15m; 15m; 15 min; in 15 minutes; 15 mins; quarter of an hour; a quarter of an hour; a quarter hour; 1/4 hour; ¼ hour
    10 10:15 | fifteen minutes; in fifteen minutes please; snooze for 15 minutes; snooze 15 min; remind me in 15 minutes; about 15 minutes
    10 10:15 | 15 minutes or so; 10:15; another 15 minutes; 15 more minutes; quarter past ten
    10 10:30 | half an hour; half hour; a half hour; in half an hour; 1/2 hour; ½ hour; 1/2 an hour; 0.5 hours; 30m; thirty minutes; in a bit
    10 10:30 | a bit later; in a little while; in a while; soon; 10:30; half past 10
    10 10:45 | three quarters of an hour; 3/4 hour; ¾ of an hour; 45 min; forty-five minutes; quarter to eleven; quarter to 11; a quarter to 11
    10 10:10 | a few minutes; in a few minutes; few minutes; some minutes; ten minutes; ten past ten; 10 past 10
    10 10:50 | ten to eleven; at 10 to 11; 10 minutes to 11; ten minutes before eleven; ten till eleven
    11 04:50 | ten to five; at ten to five
    10 16:50 | ten to five pm; ten to five in the afternoon; 4:50pm; 450pm
    10 11:55 | five to noon; 5 minutes to noon; 11:55
    10 11:30 | hour and a half; an hour and a half; one and a half hours; 1½ hours; 1 1/2 hours; 1.5 hours; 1h30; 1h 30; 1h30m; 1 hour 30; 90 min
    10 11:30 | ninety minutes; 1 hour and 30 minutes; 1:30 hours; +1h30m
    10 12:15 | 2h 15; 2h15; 2 hours 15; 2 hours and 15 minutes; 2¼ hours; 2:15 hours
    10 12:00 | couple of hours; a couple of hours; a couple hours; couple hours; in a couple of hours; two hours; 2h; 2 hrs; 2 hours later
    10 12:00 | 2 hours from now; in about 2 hours; noon; 12 noon; midday; twelve noon; 12pm; in 2 hours' time
    10 13:00 | later; later today; later on; a few hours; in a few hours; in 3 hours; three hours; 1pm; 1 p.m.; one pm; 13:00; 3 more hours
    10 14:00 | after lunch; today after lunch; 2pm; 1400h; 1400 hrs; 2 in the afternoon; 4h
    10 15:00 | this afternoon; in the afternoon; later this afternoon; today at 3pm; 3 this afternoon; 3 in the afternoon; 1500h
    11 00:00 | 14h; 14 hours; fourteen hours
    10 18:00 | end of day; eod; end of the day; by end of day; by eod; cob; close of business; end of business; 6p; 6pm; 6 p.m.; six pm; today 18
    10 18:00 | 18 today; 6 in the evening; today 6p
    10 19:00 | 7 in the evening; 7 this evening; this evening 7; 7pm; at 7 in the evening; seven in the evening
    10 20:00 | 8 tonight; tonight; tonight 8; this evening; tonight at 8; later tonight; 8 at night; in the evening; at night; today 20
    10 21:30 | 21:30; 21h30; 9:30pm; 930pm; 9:30 p.m.; half past nine in the evening; tonight 9:30
    11 01:00 | tonight at 1; 15h; one in the morning; 1 in the morning
    12 10:00 | 2 days; in 2 days; a couple of days; 48 hours; 2 days from now; snooze for 2 days
    13 10:00 | a few days; in a few days; 3 days; three days
    13 09:00 | weekend; this weekend; the weekend; saturday; sat; in 3 days at 9; at 9 in 3 days
    15 09:00 | monday; next week; next monday; start of next week; beginning of next week; start of the week; in 3 business days; 3 business days
    15 09:00 | monday next week; next week monday; next week on monday; 3 working days from now; the 15th; 15/3; 15/03/2027; 15 march
    15 09:00 | march the 15th; the 15th of march; fifteenth of march; march 15; mar 15th; 2027-03-15; 15-Mar-2027; 15/mar/2027
    15 09:00 | 15th of this month; mon 15 mar; monday the 15th; monday, march 15th, 2027
    15 17:30 | 2027-03-15T17:30:00; 2027-03-15T17:30; 2027-03-15 17:30; 2027-03-15 17:30:00; 15/3 17:30; 15 march 5:30pm; monday 17:30
    17 09:00 | wednesday; wed; next wednesday; a week from today; a week today; today week; 2027/03/17
    17 10:00 | same time next week; this time next week; 7 days at the same time; next week same time
    17 11:00 | a week; in a week; 1w; in a week's time; one week from now; 7 days; one week; in one week's time
    18 09:00 | a week tomorrow; tomorrow week; a week from tomorrow; week from tomorrow
    19 09:00 | friday next week; next week friday; next week, friday; friday week; a week on friday; a week from friday; friday of next week
    19 09:00 | in 7 business days
    19 18:00 | end of next week; the end of next week; by end of next week; end of the following week; friday next week at 18
    19 18:00 | friday next week 6pm
    20 09:00 | 20/03/2027; 20.03.2027; 20/3/27; 03/20/2027; 3/20; 20-03-2027; saturday 20 march; the twentieth of march
    21 09:00 | 21st; the 21st; the twenty-first of march; 21 Mar; Mar 21; sunday 21 march
    22 09:00 | week after next; the week after next; monday the week after next; a week on monday; monday week; a week from monday
    22 09:00 | monday after next; the monday after next; week on monday; the 22nd of march
    24 11:00 | 2 weeks; a fortnight; in two weeks; a couple of weeks; in two weeks' time
    26 09:00 | last friday of the month; the last friday of the month; last friday of march; last friday in march; the fourth friday of march
    26 09:00 | 4th friday of this month
    31 09:00 | end of month; eom; end of the month; end of this month; end of march; the end of march; last day of the month
    31 09:00 | the last day of march; last business day of the month; last weekday of the month; eoq; end of the quarter; 31 mar; the 31st
    31 09:00 | last wednesday of the month
    04-01 09:00 | next month; start of next month; beginning of next month; first of next month; the 1st of next month; first day of next month
    04-01 09:00 | start of april; beginning of april; 1st of april; first of april; april 1st; first business day of next month
    04-01 09:00 | start of the month; start of the next quarter; the 1st
    04-05 09:00 | first monday of next month; the first monday in april; 1st monday of april; the first monday of april
    04-05 09:00 | first monday of april 2027
    04-10 10:00 | same time next month; in a month; a month from now; one month; 1 month
    04-12 09:00 | the 12th of next month; 12th of next month; 12th next month; april the 12th; april 12
    04-13 09:00 | second tuesday of april; the second tuesday of april; 2nd tuesday of next month; second tuesday in april
    04-30 09:00 | end of next month; last day of next month; end of april; 30/4; 30 apr; last friday of april; 30.04.2027
    12-31 09:00 | end of year; end of the year; eoy; end of this year; end of december; 31 dec; december 31st, 2027; 12/31
    2028-01-01 09:00 | next year; start of next year; start of the year; beginning of january; jan 1
    """

  @Test(arguments: PhraseRow.rows(table))
  func `each is understood as it is meant`(row: PhraseRow) {
    #expect(row.read(.english) == row.expected, "\(row.phrase)")
  }
}
