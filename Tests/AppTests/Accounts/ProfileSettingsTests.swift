import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct ProfileSettingsTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func stored() throws -> String? {
    try site.text(
      """
      SELECT concat_ws(' ', display_name, timezone, language, week_start, day_start, default_time, coalesce(quiet_from::text, '-'),
        coalesce(quiet_until::text, '-'), personality, theme, version)
      FROM users
      """)
  }

  @Test func `every setting is kept as the form says`() throws {
    let page = ana.post(
      "/settings/profile",
      [
        "display_name": " Ana Ç. ", "timezone": "america/sao_paulo", "language": "pt-BR", "week_start": "sunday", "day_start": "6",
        "default_hour": "07:30", "quiet_from": "22:00", "quiet_until": "06:59", "personality": "yoda", "theme": "dark", "version": "1",
      ])
    #expect(page.location == "/settings/profile")
    #expect(try stored() == "Ana Ç. America/Sao_Paulo pt-BR 7 6 27000 79200 25140 yoda dark 2")
    // The line after it is in the language that was just chosen.
    let after = ana.get("/settings/profile")
    #expect(after.text.contains("lang=\"pt-BR\""))
    #expect(after.field("version", ofForm: "/settings/profile") == "2")
    #expect(after.text.contains("value=\"07:30\"") && after.text.contains("value=\"06:59\""))
    // What is not sent stays, but for the quiet hours, which an empty form ends.
    #expect(ana.post("/settings/profile", ["display_name": "Ana", "version": "2"]).status == 303)
    #expect(try stored() == "Ana America/Sao_Paulo pt-BR 7 6 27000 - - yoda dark 3")
  }

  @Test func `what is wrong is told beside its field, typed words are kept, nothing is stored`() throws {
    for (wrong, field) in [
      ([("display_name", "")], "display_name"), ([("display_name", String(repeating: "é", count: 101))], "display_name"),
      ([("display_name", "a\nb")], "display_name"), ([("timezone", "Mars/Olympus")], "timezone"), ([("language", "de")], "language"),
      ([("week_start", "1")], "week_start"), ([("day_start", "7")], "day_start"), ([("day_start", "-1")], "day_start"),
      ([("day_start", "1.5")], "day_start"), ([("default_hour", "24:00")], "default_hour"), ([("default_hour", "9")], "default_hour"),
      ([("quiet_from", "22:00")], "quiet_until"), ([("quiet_until", "07:00")], "quiet_from"),
      ([("quiet_from", "22:00"), ("quiet_until", "22:00")], "quiet_until"),
      ([("quiet_from", "x"), ("quiet_until", "07:00")], "quiet_from"),
      ([("work_from", "09:00")], "work_until"), ([("work_from", "09:00"), ("work_until", "09:00")], "work_until"),
      ([("work_from", "x"), ("work_until", "17:00")], "work_from"), ([("work_days", "monday")], "work_days"),
      ([("personality", "clown")], "personality"), ([("theme", "blue")], "theme"),
    ] as [([(String, String)], String)] {
      let place: Comment = "\(wrong), \(field)"
      let before = try site.fingerprint()
      let right = [("display_name", "Typed"), ("version", "1")].filter { pair in !wrong.contains { $0.0 == pair.0 } }
      let page = ana.fill("/settings/profile", right + wrong)
      #expect(page.status == 422, place)
      #expect(page.complaints == [field], place)
      #expect(page.text.contains("aria-invalid=\"true\""), place)
      if field != "display_name" { #expect(page.text.contains("value=\"Typed\""), place) }
      #expect(try site.fingerprint() == before, place)
    }
  }

  @Test func `working hours are kept as the form says, may pass midnight, and without any the usual ones count`() throws {
    func hours() throws -> String? { try site.text("SELECT concat_ws(' ', work_from, work_until, work_days) FROM users") }
    #expect(try hours() == "31")
    let night: KeyValuePairs = [
      "display_name": "Ana", "work_from": "22:00", "work_until": "06:00", "work_days": "mon", "work_days": "wed", "version": "1",
    ]
    #expect(ana.post("/settings/profile", night).status == 303)
    #expect(try hours() == "79200 21600 5")
    #expect(ana.post("/settings/profile", ["display_name": "Ana", "version": "2"]).status == 303)
    #expect(try hours() == "79200 21600 5")
    #expect(ana.post("/settings/profile", ["display_name": "Ana", "work_from": "", "work_until": "", "version": "3"]).status == 303)
    #expect(try hours() == "31")
  }

  @Test func `a model may be told of nothing until somebody says so, kind by kind`() throws {
    func kinds() throws -> String? { try site.text("SELECT model_kinds::text FROM users") }
    #expect(try kinds() == "{}" && !ana.get("/settings/privacy").text.contains("value=\"task\" checked"))
    #expect(ana.post("/settings/privacy", ["model": "goal", "model": "task", "version": "1"]).location == "/settings/privacy")
    #expect(try kinds() == "{task,goal}")
    let page = ana.get("/settings/privacy")
    #expect(page.text.contains("value=\"task\" checked") && !page.text.contains("value=\"problem\" checked"))
    #expect(ana.post("/settings/privacy", ["model": "task", "version": "1"]).status == 409)
    #expect(ana.post("/settings/privacy", ["model": "mood", "version": "2"]).complaints == ["model"])
    let context: KeyValuePairs = ["model": "person", "model": "place", "model": "event", "version": "2"]
    #expect(ana.post("/settings/privacy", context).status == 303)
    #expect(try kinds() == "{person,place,event}")
    #expect(ana.post("/settings/privacy", ["version": "3"]).status == 303)
    #expect(try kinds() == "{}")
  }

  @Test(arguments: ["", "x", "-1", "1.0", "9223372036854775808"])
  func `a version that is none is a wrong form`(version: String) throws {
    let before = try site.fingerprint()
    #expect(ana.post("/settings/profile", ["display_name": "B", "version": version]).status == 422)
    #expect(ana.post("/settings/profile", ["display_name": "B"]).status == 422)
    #expect(try site.fingerprint() == before)
  }

  @Test func `a stale form shows what is stored and what was typed, and can be sent again`() throws {
    #expect(ana.post("/settings/profile", ["display_name": "Phone", "version": "1"]).status == 303)
    let before = try site.fingerprint()
    let page = ana.post("/settings/profile", ["display_name": "Mine <now>", "theme": "dark", "version": "1"])
    #expect(page.status == 409)
    #expect(page.text.contains("Phone") && page.text.contains("Mine &lt;now&gt;"))
    #expect(try site.fingerprint() == before)
    let version = try page.field("version", ofForm: "/settings/profile").unwrapped
    #expect(ana.post("/settings/profile", ["display_name": "Mine <now>", "theme": "dark", "version": version]).status == 303)
    #expect(try stored() == "Mine <now> UTC en 1 0 32400 - - yoda dark 3")
  }
}
