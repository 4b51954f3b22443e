import Postgres
import Testing

@testable import App
@testable import Domain

/// Events by request, with issue 13's hard cases 10 to 13, 15, 17, 18, 20 to 23. Monday 1 March 2027, noon in New York.
@Suite struct EventTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// "13T07:30 14T07:30": which instances are kept of an event, in UTC.
  private func kept(_ event: String) throws -> String {
    try site.text(
      """
      SELECT coalesce(string_agg(to_char(starts_at AT TIME ZONE 'UTC', 'DD"T"HH24:MI'), ' ' ORDER BY starts_at, instance), '')
      FROM event_instances WHERE event_id = \(event)::uuid
      """) ?? ""
  }

  /// The same of the event that was cut off last.
  private func rest() throws -> String? {
    try site.text("SELECT id::text FROM events WHERE continues IS NOT NULL AND deleted_at IS NULL ORDER BY id DESC LIMIT 1")
  }

  /// What is stored of all events, but for what counts changes.
  private func stored() throws -> String {
    try site.text(
      """
      SELECT concat_ws(' | ',
        (SELECT string_agg(concat_ws(' ', title, starts, ends, rule, rdates, exdates, series_until), ', ' ORDER BY id) FROM events
          WHERE deleted_at IS NULL),
        (SELECT string_agg(concat_ws(' ', instance, starts, title), ', ' ORDER BY event_id, instance) FROM event_overrides o
          WHERE EXISTS (SELECT FROM events e WHERE e.id = o.event_id AND e.deleted_at IS NULL)),
        (SELECT string_agg(i.starts_at::text, ',' ORDER BY i.starts_at) FROM event_instances i JOIN events e ON e.id = i.event_id
          WHERE e.deleted_at IS NULL))
      """) ?? ""
  }

  private func version(_ event: String) throws -> String {
    try site.text("SELECT version::text FROM events WHERE id = \(event)::uuid") ?? ""
  }

  @Test func `Hard cases 10 to 13: wall times are placed by their zones, and dates by none`() throws {
    let series: [(zone: String, starts: String, expected: String)] = [
      ("America/New_York", "2027-03-13T02:30", "13T07:30 14T07:30 15T06:30"),
      ("America/New_York", "2027-11-06T01:30", "06T05:30 07T05:30 08T06:30"),
      ("America/Santiago", "2027-09-04T00:00", "04T04:00 05T04:00 06T03:00"),
      ("Australia/Lord_Howe", "2027-10-02T02:15", "01T15:45 02T15:45 03T15:15"),
    ]
    for (zone, starts, expected) in series {
      let event = try ana.event(["title": "Daily", "starts": starts, "timezone": zone, "repeat": "daily", "repeat_times": "3"])
      #expect(try kept(event) == expected, "\(zone) \(starts)")
    }
    let night = try site.text("SELECT id::text FROM events ORDER BY starts_at LIMIT 1").unwrapped
    let moved = ana.get("/events/\(night)/on/20270314T023000")
    #expect(moved.fact("starts") == "2027-03-14T07:30:00Z" && moved.fact("instance") == "20270314T023000")
    #expect(moved.text.contains("03:30") && moved.text.contains("The clocks skip 02:30 that day"))
    #expect(ana.get("/events/\(night)").fact("rrule") == "FREQ=DAILY;COUNT=3")
    #expect(ana.get("/events/\(night)/on/20270316T023000").status == 404)
    #expect(ana.get("/events/\(night)/on/20270314").status == 404)

    let spans: [(starts: String, ends: String, zones: (String, String), expected: String)] = [
      ("2027-03-13T22:00", "2027-03-14T06:00", ("", ""), "2027-03-14T03:00:00Z 2027-03-14T10:00:00Z"),
      ("2027-11-06T22:00", "06:00", ("", ""), "2027-11-07T02:00:00Z 2027-11-07T11:00:00Z"),
      ("2027-03-14T02:30", "03:00", ("", ""), "2027-03-14T07:30:00Z 2027-03-14T08:00:00Z"),
      (
        "2027-03-10T22:00", "2027-03-11T12:30", ("America/Sao_Paulo", "Europe/Lisbon"), "2027-03-11T01:00:00Z 2027-03-11T12:30:00Z"
      ),
      ("2027-03-10T09:00", "", ("", ""), "2027-03-10T14:00:00Z 2027-03-10T15:00:00Z"),
    ]
    for (starts, ends, zones, expected) in spans {
      let event = try ana.event(["title": "Once", "starts": starts, "ends": ends, "timezone": zones.0, "ends_timezone": zones.1])
      let page = ana.get("/events/\(event)")
      #expect("\(page.fact("starts") ?? "") \(page.fact("ends") ?? "")" == expected, "\(starts)")
    }
    // Hard case 10: the same three dates, wherever their person is.
    let days = try ana.event(["title": "Fair", "all_day": "on", "starts": "2027-03-10", "ends": "2027-03-12"])
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
      try site.owner.run("UPDATE users SET timezone = \(zone)")
      let page = ana.get("/events/\(days)")
      #expect(page.fact("starts") == "2027-03-10" && page.fact("ends") == "2027-03-12" && page.fact("zone") == nil, "\(zone)")
      #expect(page.text.contains("Wed 10 Mar – Fri 12 Mar"), "\(zone)")
    }
  }

  @Test func `Hard cases 15 and 17: what cannot be is refused beside its field, and kept as it was typed`() throws {
    let bad: [(fields: [(String, String)], field: String)] = [
      ([("starts", "2027-03-10T09:00"), ("ends", "2027-03-10T08:00")], "ends"),
      ([("starts", "2027-03-10T09:00"), ("ends", "2028-03-12T09:00")], "ends"),
      ([("starts", "2027-02-30T09:00")], "starts"), ([("starts", "")], "starts"), ([("starts", "soonish")], "starts"),
      ([("starts", "2027-03-10T09:00"), ("virtual_url", "javascript:alert(1)")], "virtual_url"),
      ([("starts", "2027-03-10T09:00"), ("timezone", "Mars/Phobos")], "timezone"),
      ([("starts", "2027-03-10T09:00"), ("place", "0192f000-0000-7000-8000-000000000000")], "place"),
      ([("starts", "2027-03-10T09:00"), ("remind", "tomorrow at 9")], "remind"),
      ([("starts", "2027-03-10T09:00"), ("exdates", "2027-03-11\nsome day")], "exdates"),
    ]
    for (fields, field) in bad {
      let page = ana.fill("/events/new", action: "/events", [("title", "Kept as typed")] + fields)
      #expect(page.status == 422 && page.complaints == [field] && page.text.contains("Kept as typed"), "\(fields) \(page.complaints)")
    }
    let rules: [(rule: String, named: String)] = [
      ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "BYMONTHDAY"), ("FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", "BYSETPOS"),
      ("FREQ=DAILY;INTERVAL=0", "INTERVAL"), ("FREQ=SECONDLY", "SECONDLY"), ("FREQ=DAILY;COUNT=3;UNTIL=20270401", "COUNT"),
      ("INTERVAL=2;BYDAY=MO", "FREQ"), ("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE"), ("FREQ=DAILY;COUNT=5001", "COUNT"),
      ("FREQ=YEARLY;BYMONTH=6;BYWEEKNO=53", "BYMONTH, BYWEEKNO never come together"),
    ]
    for (rule, named) in rules {
      let page = ana.post("/events/preview", ["title": "Never", "starts": "2027-03-10T09:00", "repeat": "cron", "cron": rule])
      #expect(page.status == 422 && page.complaints == ["cron"] && page.text.contains(named), "\(rule) \(page.complaints)")
    }
    #expect(try site.count("SELECT count(*) FROM events") == 0)
    // The end may be the start; a zone is known in any letters.
    let fine = try ana.event([
      "title": "Fine", "starts": "2027-03-10T09:00", "ends": "2027-03-10T09:00", "timezone": "america/new_york",
      "virtual_url": "https://x.test/a",
    ])
    let page = ana.get("/events/\(fine)")
    #expect(page.fact("zone") == "America/New_York" && page.fact("starts") == page.fact("ends"))
    #expect(page.text.contains("href=\"https://x.test/a\""))
    let other = try site.person("bob@x.test")
    #expect(other.get("/events/\(fine)").status == 404 && other.post("/events/\(fine)", ["version": "1"]).status == 404)
  }

  @Test func `Hard cases 18 and 20: a start moves to the first that the rule gives, and dates leave out what they meet`() throws {
    let monday: KeyValuePairs = [
      "title": "Class", "starts": "2027-01-07T09:00", "repeat": "weekly", "repeat_days": "mon", "repeat_times": "3",
    ]
    let looked = ana.post("/events/preview", monday)
    #expect(looked.status == 200 && looked.text.contains("2027-01-11T14:00:00Z") && looked.text.contains("It begins on Mon 11 Jan 2027"))
    let series = try ana.event(monday)
    #expect(ana.get("/events/\(series)").text.contains("It begins on Mon 11 Jan 2027"))
    #expect(try kept(series) == "11T14:00 18T14:00 25T14:00")

    let daily: [(String, String)] = [("title", "Daily"), ("starts", "2027-03-05T09:00"), ("repeat", "daily"), ("repeat_times", "4")]
    let exdates: [(lines: String, expected: String)] = [
      ("2027-03-06", "05T14:00 07T14:00 08T14:00"), ("2027-03-06 09:00\n2027-03-08 09:00", "05T14:00 07T14:00"),
      ("TZID=Europe/Berlin:20270306T150000", "05T14:00 07T14:00 08T14:00"), ("20270306T140000Z", "05T14:00 07T14:00 08T14:00"),
      ("2027-03-06 10:00", "05T14:00 06T14:00 07T14:00 08T14:00"),
    ]
    var last = ""
    for (lines, expected) in exdates {
      let page = ana.fill("/events/new", action: "/events", daily + [("exdates", lines)])
      last = try page.location.unwrapped.split(separator: "/").last.map { String($0) }.unwrapped
      #expect(try kept(last) == expected, "\(lines)")
    }
    // One that met nothing meets what comes onto it.
    let later: KeyValuePairs = ["title": "Daily", "starts": "2027-03-05T10:00", "version": "1", "scope": "all"]
    #expect(ana.post("/events/\(last)", later).status == 303)
    #expect(try kept(last) == "05T15:00 07T15:00 08T15:00")
    let whole = ana.fill(
      "/events/new", action: "/events",
      [
        ("title", "Days"), ("all_day", "on"), ("starts", "2027-03-05"), ("repeat", "daily"), ("repeat_times", "3"),
        ("exdates", "2027-03-06 23:00"),
      ])
    let days = try whole.location.unwrapped.split(separator: "/").last.map { String($0) }.unwrapped
    #expect(try kept(days) == "05T00:00 07T00:00")
  }

  /// A series of ten days at 09:00 from 5 March, whose second and eighth are otherwise and whose fourth is left out.
  private func series() throws -> String {
    let event = try ana.event(["title": "S", "starts": "2027-03-05T09:00", "repeat": "daily", "repeat_times": "10"])
    for (day, starts) in [("06", "2027-03-06T11:00"), ("12", "2027-03-12T12:00")] {
      let fields: KeyValuePairs = [
        "title": "Other \(day)", "starts": starts, "version": try version(event), "scope": "this", "instance": "202703\(day)T090000",
      ]
      #expect(ana.post("/events/\(event)", fields).status == 303)
      site.pass(seconds: 1)
    }
    #expect(ana.post("/events/\(event)/deletion", ["scope": "this", "instance": "20270308T090000"]).status == 303)
    site.pass(seconds: 1)
    return event
  }

  @Test func `Hard case 22: this, later and all are edited, moved and deleted exactly, and each is taken back whole`() throws {
    let event = try series()
    let begin = "05T14:00 06T16:00 07T14:00 09T14:00 10T14:00 11T14:00 12T17:00 13T14:00 14T13:00"
    #expect(try kept(event) == begin)
    let before = try stored()
    let cases: [(path: String, fields: [(String, String)], kept: String, rest: String?)] = [
      // One alone.
      ("", [("title", "One"), ("starts", "2027-03-09T09:00"), ("scope", "this"), ("instance", "20270309T090000")], begin, nil),
      (
        "", [("title", "S"), ("starts", "2027-03-09T11:00"), ("scope", "this"), ("instance", "20270309T090000")],
        "05T14:00 06T16:00 07T14:00 09T16:00 10T14:00 11T14:00 12T17:00 13T14:00 14T13:00", nil
      ),
      (
        "/deletion", [("scope", "this"), ("instance", "20270312T090000")],
        "05T14:00 06T16:00 07T14:00 09T14:00 10T14:00 11T14:00 13T14:00 14T13:00", nil
      ),
      // From the tenth on: what is otherwise goes along by the same two hours.
      (
        "", [("title", "S"), ("starts", "2027-03-10T11:00"), ("scope", "later"), ("instance", "20270310T090000")],
        "05T14:00 06T16:00 07T14:00 09T14:00", "10T16:00 11T16:00 12T19:00 13T16:00 14T15:00"
      ),
      (
        "",
        [
          ("title", "S"), ("starts", "2027-03-10T09:00"), ("scope", "later"), ("instance", "20270310T090000"), ("repeat", "cron"),
          ("cron", "FREQ=WEEKLY;COUNT=2"),
        ], "05T14:00 06T16:00 07T14:00 09T14:00", "10T14:00 17T13:00"
      ),
      ("/deletion", [("scope", "later"), ("instance", "20270310T090000")], "05T14:00 06T16:00 07T14:00 09T14:00", nil),
      // All of them; "later" at the first is the same.
      (
        "", [("title", "S"), ("starts", "2027-03-05T11:00"), ("scope", "all")],
        "05T16:00 06T18:00 07T16:00 09T16:00 10T16:00 11T16:00 12T19:00 13T16:00 14T15:00", nil
      ),
      (
        "", [("title", "S"), ("starts", "2027-03-05T11:00"), ("scope", "later"), ("instance", "20270305T090000")],
        "05T16:00 06T18:00 07T16:00 09T16:00 10T16:00 11T16:00 12T19:00 13T16:00 14T15:00", nil
      ),
    ]
    for (path, fields, expected, cut) in cases {
      site.pass(seconds: 1)
      let page = ana.post("/events/\(event)\(path)", raw: body(fields + [("version", try version(event))]))
      #expect(page.status == 303, "\(fields) \(page.complaints)")
      let target = try page.location.unwrapped
      let undo = try planned.undo(on: target)
      #expect(try kept(event) == expected, "\(fields)")
      var cutOff: String?
      if let rest = try rest() { cutOff = try kept(rest) }
      #expect(cutOff == cut, "\(fields)")
      #expect(ana.post(undo).status == 303, "\(fields)")
      #expect(try stored() == before, "\(fields)")
      #expect(ana.post(undo).status == 409)
    }
    // A rule for one alone, an instance that is none, and one that is left out.
    let rule: [(String, String)] = [("title", "S"), ("starts", "2027-03-09T09:00"), ("scope", "this"), ("version", try version(event))]
    let one = ana.post(
      "/events/\(event)", raw: body(rule + [("instance", "20270309T090000"), ("repeat", "weekly"), ("repeat_days", "tue")]))
    #expect(one.status == 422 && one.complaints == ["scope"])
    // One alone has no dates of its own either, and without an instance nothing says which is meant.
    let dates = ana.post("/events/\(event)", raw: body(rule + [("instance", "20270309T090000"), ("exdates", "2027-03-10")]))
    #expect(dates.status == 422 && dates.complaints == ["exdates"])
    let which = ana.post("/events/\(event)", raw: body(rule))
    #expect(which.status == 422 && which.text.contains("from its series first"))
    for scope in ["this", "later"] { #expect(ana.post("/events/\(event)/deletion", ["scope": scope]).status == 422) }
    for gone in ["20270308T090000", "20270310T100000", "20270310", "soon"] {
      #expect(ana.post("/events/\(event)", raw: body(rule + [("instance", gone)])).status == 404, "\(gone)")
      #expect(ana.post("/events/\(event)/deletion", ["instance": gone]).status == 404, "\(gone)")
    }
    // What fits no more is dropped and counted.
    let weekly = ana.post(
      "/events/\(event)",
      raw: body([
        ("title", "S"), ("starts", "2027-03-05T09:00"), ("scope", "all"), ("version", try version(event)), ("repeat", "weekly"),
        ("repeat_days", "fri"), ("repeat_times", "2"),
      ]))
    let page = ana.get(try weekly.location.unwrapped)
    #expect(page.fact("dropped") == "2" && page.text.contains("fit no more and are dropped"), "\(page.fact("dropped") ?? "")")
    #expect(try kept(event) == "05T14:00 12T17:00")
  }

  private func body(_ fields: [(String, String)]) -> [UInt8] {
    Array((fields + [("csrf", ana.token())]).map { $0.0 + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8)
  }

  @Test func `Hard cases 21 and 23: two may be at one time, left out wins, and of two cuts at once the second is stale`() throws {
    let event = try series()
    // Moved onto another's time: both are shown.
    let onto: KeyValuePairs = [
      "title": "S", "starts": "2027-03-09T09:00", "version": try version(event), "scope": "this", "instance": "20270310T090000",
    ]
    #expect(ana.post("/events/\(event)", onto).status == 303)
    #expect(try kept(event).components(separatedBy: "09T14:00").count == 3)
    #expect(ana.get("/events/\(event)/on/20270310T090000").text.contains("differs from its series"))
    // A changed one is deleted.
    #expect(ana.post("/events/\(event)/deletion", ["scope": "this", "instance": "20270306T090000"]).status == 303)
    #expect(ana.get("/events/\(event)/on/20270306T090000").status == 404)
    #expect(try site.count("SELECT count(*) FROM event_overrides WHERE instance::date = '2027-03-06'") == 0)

    let old = try version(event)
    func cut(_ day: String) -> Page {
      ana.post(
        "/events/\(event)",
        ["title": "S", "starts": "2027-03-\(day)T10:00", "version": old, "scope": "later", "instance": "202703\(day)T090000"])
    }
    #expect(cut("11").status == 303)
    let second = cut("09")
    #expect(second.status == 409 && second.text.contains("2027-03-09T10:00"))
    // The same again names an instance that has gone since: its form is that of the part that was cut off, with what was typed.
    let again = cut("11")
    let part = try rest().unwrapped
    #expect(again.status == 409 && again.text.contains("The series was cut since") && again.text.contains("Stored now"))
    #expect(again.text.contains("action=\"/events/\(part)\"") && again.text.contains("value=\"20270311T100000\""))
    #expect(try site.count("SELECT count(*) FROM events") == 2)
    // Deleted and brought back with the reminder asked for.
    #expect(ana.post("/events/\(event)/deletion").status == 303)
    #expect(ana.get("/events/\(event)").status == 404)
    #expect(ana.get("/trash?kind=event").text.contains("/trash/event/\(event)/restoration"))
    #expect(ana.post("/trash/event/\(event)/restoration").status == 303)
    #expect(try kept(event).hasPrefix("05T14:00"))
  }
}
