import Postgres
import Testing

@testable import App
@testable import Domain

/// Who is on duty for a channel: as its form says it, and where nobody is.
@Suite struct DutyRotaTests {
  private let site: Site
  private let ana: Browser
  private let bob: Browser
  private let id: String

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    bob = try site.person("bob@x.test", sharing: ana, role: .agent)
    id = try ana.channel(["name": "Shop", "address": "a@x.test", "hours": "mon-fri 09:00-18:00\nsat 09:00-13:00"]).id
  }

  private func save(_ lines: [(days: String, from: String, until: String, member: String)], _ more: [(String, String)] = []) -> Page {
    let fields = lines.enumerated().flatMap { n, line in
      [
        ("line_\(n + 1)_days", line.days), ("line_\(n + 1)_from", line.from), ("line_\(n + 1)_until", line.until),
        ("line_\(n + 1)_member", line.member),
      ]
    }
    let place = "/channels/\(id)/rota"
    let version = more.contains { $0.0 == "version" } ? [] : [("version", ana.get(place).field("version", ofForm: place) ?? "")]
    let all = [("csrf", ana.token())] + fields + version + more
    return ana.post("/channels/\(id)/rota", raw: Array(all.map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&").utf8))
  }

  private var stored: String? {
    get throws {
      try site.text("SELECT coalesce(string_agg(concat_ws(' ', n, days, from_minute, until_minute), '; ' ORDER BY n), '') FROM rotas")
    }
  }

  @Test func `lines are stored in their order, and empty ones passed over`() throws {
    let page = save([
      ("mon-fri", "09:00", "18:00", ana.user.text), ("", "", "", ""), ("sáb, dom", "", "", bob.user.text),
      ("sun", "12:00", "24:00", bob.user.text),
    ])
    #expect(page.status == 303 && page.location == "/channels/\(id)/rota", "\(page.complaints)")
    #expect(try stored == "1 31 540 1080; 2 96 0 1440; 3 64 720 1440")
    #expect(ana.get("/channels/\(id)/rota").text.contains("value=\"sat-sun\""))
    #expect(save([("mon", "09:00", "10:00", ana.user.text)]).status == 303)
    #expect(try stored == "1 1 540 600")
    #expect(save([]).status == 303)
    #expect(try stored == "")
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'rota.changed'") == 3)
  }

  @Test func `days may come as boxes of one name`() throws {
    let fields = [
      ("line_1_days", "mon"), ("line_1_days", "wed"), ("line_1_from", "09:00"), ("line_1_until", "10:00"), ("line_1_member", ana.user.text),
    ]
    #expect(save([], fields).status == 303)
    #expect(try stored == "1 5 540 600")
  }

  @Test func `every complaint of every line at once`() throws {
    let stranger = try site.person("eve@x.test")
    let viewer = try site.person("v@x.test", sharing: ana, role: .viewer)
    let page = save([
      ("someday", "09:00", "18:00", ana.user.text), ("mon", "18:00", "09:00", ana.user.text), ("mon", "x", "09:00", ana.user.text),
      ("mon", "09:00", "10:00", stranger.user.text), ("mon", "09:00", "10:00", viewer.user.text), ("mon", "09:00", "10:00", ""),
      ("", "09:00", "", ""),
    ])
    #expect(page.status == 422)
    #expect(
      page.complaints == [
        "line_1_days", "line_2_until", "line_3_from", "line_4_member", "line_5_member", "line_6_member", "line_7_days", "line_7_member",
      ], "\(page.complaints)")
    #expect(page.text.contains("value=\"someday\""))
    #expect(try stored == "")
  }

  @Test func `the page says when nobody is on duty`() throws {
    #expect(ana.get("/channels/\(id)/rota").text.contains("Nobody is on duty yet"))
    #expect(save([("mon-thu", "08:00", "20:00", ana.user.text), ("fri", "12:00", "13:00", bob.user.text)]).status == 303)
    let holes = ana.get("/channels/\(id)/rota").text
    #expect(holes.contains("Nobody is on duty: fri 09:00-12:00 13:00-18:00; sat 09:00-13:00."))
    #expect(save([("mon-sun", "", "", ana.user.text)]).status == 303)
    #expect(!ana.get("/channels/\(id)/rota").text.contains("Nobody is on duty"))
    let reader = bob.get("/channels/\(id)/rota")
    #expect(reader.status == 200 && reader.text.contains("mon-sun 00:00-24:00") && reader.form("/channels/\(id)/rota") == nil)
  }

  @Test func `whoever left is on duty no more`() throws {
    #expect(save([("mon-sun", "", "", bob.user.text)]).status == 303)
    #expect(ana.post("/settings/members/\(bob.user.text)/removal").status == 303)
    let page = ana.get("/channels/\(id)/rota").text
    #expect(page.contains("Nobody is on duty: mon-fri 09:00-18:00; sat 09:00-13:00."))
    #expect(bob.get("/channels/\(id)/rota").status == 404)
  }

  @Test func `what is edited on an older version is kept on the form`() throws {
    #expect(save([("mon", "09:00", "10:00", ana.user.text)], [("version", "1")]).status == 303)
    let stale = save([("tue", "09:00", "10:00", ana.user.text)], [("version", "1")])
    #expect(stale.status == 409 && stale.text.contains("value=\"tue\""))
    #expect(try stored == "1 1 540 600")
  }

  @Test(arguments: ["", "x", "-1"])
  func `a form without its version stores nothing`(version: String) throws {
    #expect(save([("mon", "09:00", "10:00", ana.user.text)]).status == 303)
    let page = save([("tue", "09:00", "10:00", ana.user.text)], [("version", version)])
    #expect(page.status == 422 && page.text.contains("This form is incomplete.") && page.text.contains("value=\"tue\""))
    #expect(ana.post("/channels/\(id)/rota").status == 422)
    #expect(try stored == "1 1 540 600")
  }

  @Test func `the rule reads what is stored`() throws {
    #expect(save([("mon-fri", "09:00", "18:00", ana.user.text), ("mon-sun", "", "", bob.user.text)]).status == 303)
    let lines = try site.owner.rows(DutyLine.of(try ID<DeskChannel>(id).unwrapped, ana.account))
    let rota = DutyLine.rota(lines, in: .utc)
    let monday = try Instant(iso: "2026-11-23T09:00:00Z").unwrapped
    #expect(
      rota.member(at: monday) { _ in .present } == ana.user && rota.member(at: monday.advanced(hours: 9)) { _ in .present } == bob.user)
    #expect(rota.member(at: monday) { $0 == ana.user ? .away(until: monday.advanced(hours: 1)) : .present } == bob.user)
  }
}

/// What holds for all of the desk.
@Suite struct DeskSettingsTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func stored() throws -> DeskSettings {
    try site.owner.transaction {
      try site.owner.run("SELECT set_config('heed.account_id', \(ana.account.text), true)")
      return try site.owner.rows(DeskSettings.ours).first.unwrapped
    }
  }

  @Test func `nothing stored means the defaults`() throws {
    let settings = try stored()
    #expect(settings.undoSeconds == 30 && settings.retentionDays == nil && settings.modelDaily == nil)
    #expect(settings.confidenceFloor == 0 && settings.version == 0)
    let page = ana.get("/settings/desk")
    #expect(page.status == 200 && page.text.contains("value=\"30\"") && page.text.contains("aria-current=\"page\">Desk"))
  }

  @Test func `what is posted holds, and the log says what changed`() throws {
    let fields: KeyValuePairs = ["undo_seconds": "0", "retention": "730", "llm_daily": "100", "confidence_floor": "0,4", "version": "0"]
    #expect(ana.post("/settings/desk", fields).location == "/settings/desk")
    let settings = try stored()
    #expect(settings.undoSeconds == 0 && settings.retentionDays == 730 && settings.modelDaily == 100)
    #expect(settings.confidenceFloor == 40 && settings.version == 1)
    #expect(ana.get("/settings/desk").text.contains("value=\"0.40\""))
    #expect(ana.get("/settings/audit").text.contains("Changed the settings of the desk."), "\(site.logged)")
    // What is not sent has its default.
    #expect(ana.post("/settings/desk", ["version": "1"]).status == 303)
    #expect(try stored().undoSeconds == 30)
    #expect(try stored().modelDaily == nil)
  }

  @Test func `what cannot be is refused`() throws {
    for (field, value) in [
      ("undo_seconds", "121"), ("undo_seconds", "-1"), ("undo_seconds", "x"), ("retention", "30"), ("llm_daily", "x"), ("llm_daily", "-1"),
      ("confidence_floor", "1.01"), ("confidence_floor", "0.123"), ("confidence_floor", "x"), ("confidence_floor", "."),
      ("confidence_floor", "-0.1"), ("confidence_floor", "2"),
    ] as [(String, String)] {
      let place: Comment = "\(field), \(value)"
      let body = [("csrf", ana.token()), ("version", "0"), (field, value)].map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&")
      let page = ana.post("/settings/desk", raw: Array(body.utf8))
      #expect(page.status == 422 && page.complaints == [field], place)
      #expect(try site.count("SELECT count(*) FROM desk_settings") == 0, place)
    }
  }

  @Test(arguments: [("0", 0), ("1", 100), ("0.5", 50), ("0.05", 5), ("1.00", 100), ("0,99", 99), ("", 0)])
  func `a confidence has two decimals`(value: String, hundredths: Int) throws {
    #expect(ana.post("/settings/desk", ["confidence_floor": value, "version": "0"]).status == 303)
    #expect(try stored().confidenceFloor == hundredths)
  }

  @Test func `an older version is refused, the first one too`() throws {
    #expect(ana.post("/settings/desk", ["undo_seconds": "10", "version": "0"]).status == 303)
    let stale = ana.post("/settings/desk", ["undo_seconds": "20", "version": "0"])
    #expect(stale.status == 409 && stale.text.contains("value=\"20\""))
    #expect(ana.post("/settings/desk", ["undo_seconds": "20", "version": "5"]).status == 409)
    #expect(ana.post("/settings/desk", ["undo_seconds": "20"]).status == 422)
    #expect(try stored().undoSeconds == 10)
  }
}
