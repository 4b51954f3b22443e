import Foundation
import Testing

@testable import App
@testable import Domain

/// The form's second card: a series by controls, read, refused, kept and shown again (RULES 2.8). Saturday 21 November 2026, 10:00 in Berlin.
@Suite struct RepeatFormTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "Europe/Berlin")
  }

  /// - Parameter typed: "unit name=value name=value", the names without "repeat_".
  private func fields(_ typed: String) -> [(String, String)] {
    let parts = typed.components(separatedBy: " ")
    let rest = parts.dropFirst().map { part -> (String, String) in
      let pair = part.components(separatedBy: "=")
      return ("repeat_" + pair[0], pair[1])
    }
    return [("title", "A"), ("schedule", "recurring"), ("repeat", parts[0])] + rest
  }

  private func send(_ target: String, _ fields: [(String, String)]) -> Page {
    let body = (fields + [("csrf", ana.token())]).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    return ana.post(target, raw: Array(body.utf8))
  }

  private func made(_ typed: String) throws -> String {
    let page = send("/reminders", fields(typed))
    #expect(page.status == 303, "\(typed): \(page.complaints)")
    return try #require(page.location?.components(separatedBy: "/").last)
  }

  private func stored(_ id: String) throws -> String? {
    try site.text(
      """
      SELECT concat_ws('|', s.rule, to_char(s.rule_from, 'YYYY-MM-DD HH24:MI'), nullif(s.words, ''))
      FROM schedules s WHERE s.reminder_id::text = \(id)
      """)
  }

  @Test func `controls make a rule, stand in the form again, and saved as they are stay the same series`() throws {
    let began = site.now
    for (typed, rule) in [
      ("daily", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0|2026-11-22 09:00"),
      ("daily every=3 at=08:30,21:00", "FREQ=DAILY;INTERVAL=3;BYHOUR=8,21;BYMINUTE=0,30;BYSETPOS=2,3|2026-11-21 21:00"),
      ("daily at=9:00 from=2026-12-01 times=5", "FREQ=DAILY;COUNT=5;BYHOUR=9;BYMINUTE=0|2026-12-01 09:00"),
      ("weekly days=mon days=thu at=17:00", "FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=17;BYMINUTE=0|2026-11-23 17:00"),
      (
        "weekly every=2 days=fri at=17:00 until=2027-06-30",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630;BYDAY=FR;BYHOUR=17;BYMINUTE=0|2026-11-27 17:00"
      ),
      ("weekly", "FREQ=WEEKLY;BYDAY=SA;BYHOUR=9;BYMINUTE=0|2026-11-28 09:00"),
      ("weekly from=2026-12-01", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0|2026-12-01 09:00"),
      ("monthly on=31", "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=0|2026-12-31 09:00"),
      ("monthly on=last", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0|2026-11-30 09:00"),
      ("monthly", "FREQ=MONTHLY;BYMONTHDAY=21;BYHOUR=9;BYMINUTE=0|2026-12-21 09:00"),
      ("monthly on=first_mon", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0|2026-12-07 09:00"),
      ("monthly on=last_sun every=2", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU;BYHOUR=9;BYMINUTE=0|2026-11-29 09:00"),
      ("yearly date=12-25", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25;BYHOUR=9;BYMINUTE=0|2026-12-25 09:00"),
      ("yearly every=11 date=03-20", "FREQ=YEARLY;INTERVAL=11;BYMONTH=3;BYMONTHDAY=20;BYHOUR=9;BYMINUTE=0|2027-03-20 09:00"),
      ("yearly date=02-29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9;BYMINUTE=0|2028-02-29 09:00"),
      // Of other units nothing is read, however wrong it is.
      ("daily days=xyz on=99 date=nonsense", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0|2026-11-22 09:00"),
    ] as [(String, String)] {
      let row: Comment = "\(typed), \(rule)"
      site.now = began
      let id = try made(typed)
      #expect(try stored(id) == rule, row)
      site.now = site.now.advanced(days: 3)
      let place = "/reminders/\(id)"
      let form = ana.get(place + "/edit").fields(of: place)
      #expect(form.contains("repeat=\(typed.components(separatedBy: " ")[0])") && form.contains("cron="), row)
      let again = form.compactMap { field -> (String, String)? in
        let pair = field.components(separatedBy: "=")
        return pair.count == 2 && pair[0].hasPrefix("repeat") ? (pair[0], pair[1]) : nil
      }
      let fresh: [(String, String)] = [("title", "B"), ("schedule", "recurring"), ("timezone", "Europe/Berlin"), ("version", "1")]
      #expect(send(place, fresh + again).status == 303, row)
      #expect(try stored(id) == rule, row)
      #expect(try site.text("SELECT title FROM reminders WHERE id::text = \(id)") == "B", row)
    }
  }

  /// The first time of the third Saturday is the 19th, of the first Monday the 7th.
  @Test(arguments: [
    ("monthly on=third_sat from=2026-12-01", "2026-12-01", "2026-12-07 09:00"),
    ("monthly on=third_sat from=2026-12-08", "2026-12-08", "2027-01-04 09:00"),
    ("monthly on=third_sat", "2026-11-22", "2026-12-07 09:00"), ("monthly on=last from=2026-10-20", "2026-10-20", "2026-11-02 09:00"),
  ])
  func `the first day that was asked for stands in the form again, and an edit begins with it`(typed: String, day: String, first: String)
    throws
  {
    let id = try made(typed)
    let place = "/reminders/\(id)"
    let form = ana.get(place + "/edit").fields(of: place)
    #expect(form.contains("repeat_from=\(day)"), "\(form)")
    #expect(send(place, fields("monthly on=first_mon from=\(day)") + [("version", "1")]).status == 303)
    #expect(try stored(id) == "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0|" + first)
    // In words it is not kept.
    #expect(send(place, [("title", "A"), ("schedule", "recurring"), ("cron", "every day at 9"), ("version", "2")]).status == 303)
    #expect(try site.text("SELECT count(first_day)::text FROM schedules") == "0")
    #expect(send(place, fields("daily from=\(day)") + [("version", "3")]).status == 303)
    #expect(send(place, [("title", "A"), ("schedule", "once"), ("at", "2026-12-24T18:00"), ("version", "4")]).status == 303)
  }

  /// Saturday's nine o'clock had passed when it was made; half past nine on the day after is not to make a Saturday of it.
  @Test(arguments: [
    ("weekly every=2 days=sat at=09:00", "2026-11-28 09:00", "2026-11-28 09:30"),
    ("weekly every=2 days=sat at=09:00 from=2026-11-21", "2026-11-28 09:00", "2026-11-28 09:30"),
    ("weekly every=2 days=sat at=18:00", "2026-11-21 18:00", "2026-11-21 09:30"),
  ])
  func `another time of day leaves every other week as it was`(typed: String, made first: String, edited: String) throws {
    let id = try made(typed)
    let before = try #require(try stored(id))
    #expect(before.hasSuffix("|" + first))
    site.now = site.now.advanced(days: 1)
    let place = "/reminders/\(id)"
    let form = ana.get(place + "/edit").fields(of: place)
    let shown = try #require(form.first(where: { $0.hasPrefix("repeat_from=") }))
    let from = shown.components(separatedBy: "=")[1]
    #expect(send(place, fields("weekly every=2 days=sat at=09:30 from=\(from)") + [("version", "1")]).status == 303)
    let after = try #require(try stored(id))
    #expect(after.hasSuffix("|" + edited))
  }

  @Test func `what is wrong is said beside its field, all at once, and what was typed is kept`() throws {
    for (typed, names) in [
      ("weekly on=21", "repeat_days"), ("weekly days=xyz", "repeat_days"), ("monthly on=0", "repeat_on"), ("monthly on=32", "repeat_on"),
      ("monthly on=sixth_mon", "repeat_on"), ("yearly date=02-30", "repeat_date"), ("yearly date=13-01", "repeat_date"),
      ("yearly date=1-1", "repeat_date"), ("daily every=0", "repeat_every"), ("daily every=100", "repeat_every"),
      ("yearly every=100", "repeat_every"),
      ("daily every=x", "repeat_every"), ("daily at=25:00", "repeat_at"), ("daily at=09:00,", "repeat_at"), ("daily at=noon", "repeat_at"),
      ("daily at=09:00,09:00", "repeat_at"), ("daily at=09:00:30", "repeat_at"), ("daily from=tomorrow", "repeat_from"),
      ("daily from=1999-01-01", "repeat_from"), ("daily from=2026-12-10 until=2026-12-01", "repeat_until"),
      ("daily until=2026-11-20", "repeat_until"),
      ("weekly days=fri from=2026-11-23 until=2026-11-24", "repeat_until"), ("daily times=0", "repeat_times"),
      ("daily times=5001", "repeat_times"),
      ("daily times=3 until=2027-01-01", "repeat_times"), ("hourly", "repeat"), ("daily from=2040-01-01", "repeat_from"),
      ("daily from=2026-11-01 times=5", "repeat_times"),
      ("daily every=0 at=x from=y until=z times=-1", "repeat_every repeat_at repeat_from repeat_until repeat_times"),
    ] as [(String, String)] {
      let place: Comment = "\(typed), \(names)"
      let page = send("/reminders", fields(typed))
      #expect(page.status == 422, place)
      #expect(Set(page.complaints).subtracting(["cron"]) == Set(names.components(separatedBy: " ")), "\(typed): \(page.complaints)")
      let form = page.fields(of: "/reminders").map { $0.replacingOccurrences(of: "!", with: "") }
      for (name, value) in fields(typed) where !["hourly", "xyz", "0", "32", "sixth_mon"].contains(value) || name == "repeat_every" {
        #expect(form.contains("\(name)=\(value)"), "\(name)=\(value)")
      }
      #expect(try site.text("SELECT count(*)::text FROM reminders") == "0", place)
    }
  }

  @Test(arguments: [
    ("daily from=2050-01-01", "It would begin in more than five years."), ("daily from=2050-01-01 times=3", "It would begin in more than"),
    ("weekly days=mon from=2026-09-07 times=3", "All its times have passed."),
    ("monthly every=99 on=1 from=2026-01-01", "Its next time is more than five years away."),
  ])
  func `what begins too late and what is over is not called a day that never comes`(typed: String, says: String) {
    let page = send("/reminders/preview", fields(typed))
    #expect(page.status == 422 && page.text.contains(says) && !page.text.contains("30 February"))
  }

  @Test func `nothing left once exclusions are taken is said beside the choice`() {
    let page = send("/reminders", fields("weekly days=sat") + [("exclude_weekends", "on")])
    #expect(page.status == 422 && page.complaints == ["repeat"])
    #expect(page.text.contains("With these exclusions it would never ring within five years."))
    let rare = send("/reminders", fields("monthly every=99 on=1 from=2026-01-01") + [("exclude_weekends", "on")])
    #expect(rare.status == 422 && rare.text.contains("Its next time is more than five years away."))
  }

  @Test func `a preview says what the controls mean, with the next five times`() {
    let page = send("/reminders/preview", fields("weekly every=2 days=fri at=08:30,17:00"))
    #expect(page.status == 200)
    #expect(page.text.contains("Every 2 weeks on Friday at 08:30 and 17:00, starting 27 Nov 2026, Berlin time"))
    let times = page.text.components(separatedBy: "<time datetime=\"").dropFirst().map { $0.prefix(16) }
    #expect(times.prefix(5) == ["2026-11-27T07:30", "2026-11-27T16:00", "2026-12-11T07:30", "2026-12-11T16:00", "2026-12-25T07:30"])
  }

  @Test func `words stay words when they are edited, though the controls show the same`() throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "every weekday at 8:30"])
    let form = ana.get("/reminders/\(id)/edit").fields(of: "/reminders/\(id)")
    #expect(form.contains("repeat=cron") && form.contains("cron=every weekday at 8:30"))
    #expect(form.filter { $0.hasPrefix("repeat_days") }.count == 5 && form.contains("repeat_at=08:30"))
  }

  @Test func `a new form begins with today, the default hour, and words`() {
    let form = ana.get("/reminders/new").fields(of: "/reminders")
    for field in [
      "repeat=cron", "repeat_every=1", "repeat_days=sat", "repeat_on=21", "repeat_date=11-21", "repeat_at=09:00", "repeat_from=",
    ] {
      #expect(form.contains(field), "\(field)")
    }
  }

  @Test func `an edit is told in the audit log, and a stale one shows both sides of its own controls only`() throws {
    let id = try made("weekly days=mon at=09:00")
    let place = "/reminders/\(id)"
    #expect(send(place, fields("monthly on=15 at=10:00") + [("version", "1")]).status == 303)
    let audit = ana.get("/settings/audit").text
    #expect(audit.contains("Every Monday at 09:00") && audit.contains("Every month on the 15th at 10:00"))
    let stale = send(place, fields("monthly on=last at=10:00 days=tue") + [("version", "1")])
    #expect(stale.status == 409)
    let rows = stale.conflict.filter {
      $0.contains("On this day") || $0.contains("At these") || $0.contains("On these days") || $0.contains("How it")
    }
    #expect(rows == ["On this day|day 15|the last day"])
  }
}
