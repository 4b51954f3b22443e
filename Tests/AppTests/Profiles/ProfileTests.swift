import Postgres
import Testing

@testable import App
@testable import Domain

/// Ladders of one's own: their forms, presets that stay as they are, and what becomes of what climbs one that is deleted.
@Suite struct ProfileTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func ladder(_ id: String) throws -> String? {
    try site.text(
      "SELECT concat_ws('; ', name, tiers::text, repeat_minutes, repeat_limit, version) FROM profiles WHERE id::text = \(id)")
  }

  private func preset(_ name: String = "urgent") throws -> String {
    try site.text("SELECT id::text FROM profiles WHERE user_id = \(ana.user) AND preset = \(name)").unwrapped
  }

  @Test func `a ladder of eight tiers is stored as its form says`() throws {
    var fields = [("name", "Eight"), ("description", "Up and up"), ("tiers", "8"), ("repeat_minutes", "30"), ("repeat_limit", "4")]
    for tier in 1...8 {
      fields.append(("tier_\(tier)_delay", String(tier * 5)))
      fields += [("tier_\(tier)_agent", "sms"), ("tier_\(tier)_agent", "push")]
    }
    fields.append(("tier_8_contacts", "on"))
    let body = ([("csrf", ana.token())] + fields).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    let page = ana.post("/profiles", raw: Array(body.utf8))
    #expect(page.status == 303, "\(page.complaints)")
    let stored: EscalationProfile = try site.owner.row("SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.name = 'Eight'")
      .unwrapped
    let tiers = (1...8).map { Tier(delayMinutes: $0 * 5, agents: [.push, .sms], includesContacts: $0 == 8) }
    #expect(try stored.ladder == Ladder(tiers: tiers, repeatMinutes: 30, repeatLimit: 4))
    #expect(stored.version == 1 && stored.preset == nil && stored.description == "Up and up")
    let form = ana.get("/profiles/\(stored.id.text)/edit")
    #expect(form.status == 200)
    let shown = form.fields(of: "/profiles/\(stored.id.text)")
    #expect(shown.contains("tier_8_delay=40") && shown.contains("tier_8_agent=push") && shown.contains("tier_8_contacts=on"))
    #expect(shown.contains("tiers=8") && shown.contains("repeat_minutes=30") && shown.contains("repeat_limit=4"))
  }

  /// What is wrong, as fields beside right ones, and what is complained about.
  private static let wrong: [([String: String], [String])] = [
    (["tiers": "9"], ["tiers"]), (["tiers": "0"], ["tiers"]), (["tiers": ""], ["tiers"]), (["name": " "], ["name"]),
    (["tier_2_delay": "40000000"], ["tier_2_delay"]), (["tier_2_delay": "-1"], ["tier_2_delay"]), (["tier_2_delay": ""], ["tier_2_delay"]),
    (["tier_2_delay": "1e3"], ["tier_2_delay"]), (["tier_2_agent": ""], ["tier_2_agent"]), (["tier_2_agent": "fax"], ["tier_2_agent"]),
    (["repeat_minutes": "525601"], ["repeat_minutes"]), (["repeat_limit": "1001"], ["repeat_limit"]),
    (["name": String(repeating: "a", count: 101), "tier_1_delay": "x"], ["name", "tier_1_delay"]),
    (["description": String(repeating: "é", count: 10_000)], ["description"]),
  ]

  @Test(arguments: wrong)
  func `Hard case 1: what is no ladder is complained about beside its field and stores nothing`(
    wrong: [String: String], complaints: [String]
  ) throws {
    let right = ["name": "B", "tiers": "2", "tier_1_delay": "0", "tier_1_agent": "email", "tier_2_delay": "5", "tier_2_agent": "email"]
    let id = try ana.ladder()
    let before = try ladder(id)
    for place in ["/profiles", "/profiles/\(id)", "/profiles/preview"] {
      let fields = right.merging(wrong) { $1 }.merging(["version": "1"]) { first, _ in first }
      let body = ([("csrf", ana.token())] + fields.map { ($0.key, $0.value) }).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }
      let page = ana.post(place, raw: Array(body.joined(separator: "&").utf8))
      #expect(page.status == 422 && page.complaints.sorted() == complaints.sorted(), "\(place) \(page.status) \(page.complaints)")
      #expect(page.targets == complaints)
    }
    #expect(try ladder(id) == before)
    #expect(try site.count("SELECT count(*) FROM profiles WHERE preset IS NULL") == 1)
  }

  @Test func `Hard case 1: a tier without an agent tells contacts alone, and without both is refused`() throws {
    let refused = ana.post("/profiles", ["name": "B", "tiers": "1", "tier_1_delay": "0"])
    #expect(refused.status == 422 && refused.complaints == ["tier_1_agent"])
    let id = try ana.ladder(["name": "B", "tiers": "1", "tier_1_delay": "0", "tier_1_contacts": "on"])
    #expect(try ladder(id) == #"B; [{"delay": 0, "agents": [], "contacts": true}]; 0; 0; 1"#)
    let page = ana.get("/profiles/\(id)/edit")
    #expect(page.facts("told") == ["1 email told"] && page.text.contains("There is no trusted contact. By e-mail instead."))
  }

  @Test func `Hard case 1: tiers are put in the order of their minutes, which is said`() throws {
    let fields: KeyValuePairs = [
      "name": "B", "tiers": "3", "tier_1_delay": "5", "tier_1_agent": "email", "tier_2_delay": "0", "tier_2_agent": "push",
      "tier_3_delay": "0", "tier_3_agent": "sms",
    ]
    let said = "The tiers were put in the order of their minutes."
    let preview = ana.post("/profiles/preview", fields)
    #expect(preview.status == 200 && preview.text.contains(said))
    let id = try ana.ladder(fields)
    #expect(ana.get("/profiles/\(id)/edit").text.contains(said))
    let tiers = try site.text(
      "SELECT string_agg(t->>'delay' || (t->'agents')::text, ' ') FROM profiles, jsonb_array_elements(tiers) t WHERE name = 'B'")
    #expect(tiers == #"0["push"] 0["sms"] 5["email"]"#)
    try ana.ladder(["name": "C", "tiers": "2", "tier_1_agent": "email", "tier_2_delay": "0", "tier_2_agent": "email"])
    #expect(!ana.get("/profiles").text.contains(said))
  }

  @Test func `Hard case 1: tiers of one instant are told at once, in their order`() throws {
    let id = try ana.ladder([
      "name": "B", "tiers": "3", "tier_1_delay": "0", "tier_1_agent": "email", "tier_2_delay": "0", "tier_2_agent": "email",
      "tier_3_delay": "5", "tier_3_agent": "email",
    ])
    let reminder = try ana.remind(["title": "Pay the rent", "at": "2026-11-21T10:00", "profile": id])
    site.pass(hours: 1)
    try site.work()
    let rung = try ID<Reminder>(reminder).unwrapped
    #expect(try ana.events(rung) == ["started", "escalated 1", "escalated 2"])
    func sent() throws -> [String] {
      try site.owner.rows(Query(column: "SELECT tier || ' ' || state FROM outbox WHERE subject = 'escalation' ORDER BY tier"))
    }
    #expect(try sent() == ["1 sent", "2 sent"])
    #expect(try site.mails().count == 2)
    site.pass(minutes: 5)
    try site.work()
    #expect(try sent() == ["1 sent", "2 sent", "3 sent"])
  }

  @Test func `Hard case 1: by an SMS that nothing sends mail comes instead, which the check and Today say`() throws {
    let id = try ana.ladder(["name": "By phone", "tiers": "2", "tier_1_agent": "sms", "tier_2_delay": "10", "tier_2_agent": "email"])
    let page = ana.get("/profiles/\(id)/edit")
    #expect(page.facts("told") == ["1 email told", "2 email told"])
    #expect(page.text.contains("Not set up: SMS. By e-mail instead."))
    let today = "Tier 1 comes by e-mail instead. Not set up: SMS."
    #expect(!ana.get("/").text.contains(today))
    let reminder = try ana.remind(["title": "Pay the rent", "profile": id])
    ana.setCookie("__Host-heed_flash", nil)
    #expect(ana.get("/").text.contains(today))
    #expect(ana.post("/reminders/\(reminder)/archival").status == 303)
    #expect(!ana.get("/").text.contains(today))
  }

  @Test func `presets stay as they are, and a copy is one's own`() throws {
    let id = try preset()
    let before = try ladder(id)
    let page = ana.get("/profiles/\(id)/edit")
    #expect(page.status == 200 && page.field("version", ofForm: "/profiles/\(id)") == nil)
    #expect(page.text.contains("Urgent") && page.facts("told").first == "1 email told")
    #expect(ana.get("/profiles").facts("preset") == ["esc_preset_gentle", "esc_preset_urgent", "esc_preset_critical"])
    let fields: KeyValuePairs = ["name": "B", "tiers": "1", "tier_1_agent": "email", "version": "1"]
    for (place, status) in [("/profiles/\(id)", 409), ("/profiles/\(id)/deletion", 409)] {
      #expect(ana.post(place, fields).status == status, "\(place)")
    }
    #expect(ana.get("/profiles/\(id)/delete").status == 409)
    #expect(try ladder(id) == before)
    for _ in 0..<2 { #expect(ana.post("/profiles/\(id)/copy", ["nonce": "once"]).status == 303) }
    #expect(try site.count("SELECT count(*) FROM profiles WHERE preset IS NULL") == 1)
    #expect(
      try site.count(
        "SELECT count(*) FROM profiles c JOIN profiles p USING (tiers) WHERE c.name = 'Copy of Urgent' AND p.preset = 'urgent'")
        == 1)
  }

  @Test func `twenty of one's own are enough`() throws {
    for _ in 0..<EscalationProfile.mostOwn { try ana.ladder() }
    let page = ana.post("/profiles", ["name": "B", "tiers": "1", "tier_1_agent": "email"])
    #expect(page.status == 422 && page.complaints == ["name"])
    let urgent = try preset()
    #expect(ana.post("/profiles/\(urgent)/copy").status == 409)
    #expect(try site.count("SELECT count(*) FROM profiles WHERE preset IS NULL") == EscalationProfile.mostOwn)
  }

  @Test func `an edit counts a version, one that changes nothing does not, and a stale one says what was stored`() throws {
    let id = try ana.ladder()
    let place = "/profiles/\(id)"
    let same: KeyValuePairs = [
      "name": "Mine", "tiers": "2", "tier_1_agent": "email", "tier_2_delay": "10", "tier_2_agent": "email", "version": "1",
    ]
    #expect(ana.post(place, same).status == 303)
    #expect(try site.count("SELECT version FROM profiles WHERE id::text = \(id)") == 1)
    let edit: KeyValuePairs = ["name": "Ours", "tiers": "1", "tier_1_delay": "3", "tier_1_agent": "email", "version": "1"]
    #expect(ana.post(place, edit).status == 303)
    #expect(try ladder(id) == #"Ours; [{"delay": 3, "agents": ["email"], "contacts": false}]; 0; 0; 2"#)
    let entry = try site.text("SELECT payload FROM audit_log WHERE action = 'profile.changed'").unwrapped
    #expect(entry.contains("0 email; 10 email → 3 email"))
    let stale = ana.post(place, ["name": "Theirs", "tiers": "1", "tier_1_delay": "4", "tier_1_agent": "email", "version": "1"])
    #expect(stale.status == 409 && stale.field("version", ofForm: place) == "2")
    #expect(stale.conflict.contains("Name|Ours|Theirs") && stale.conflict.contains("Minutes of tier 1|3|4"))
    #expect(ana.post(place, ["name": "B", "tiers": "1", "tier_1_agent": "email"]).targets == ["version"])
  }

  @Test func `another's ladder is not there`() throws {
    let eve = try site.person("eve@x.test", sharing: ana)
    let id = try ana.ladder()
    let fields: KeyValuePairs = ["name": "B", "tiers": "1", "tier_1_agent": "email", "version": "1", "profile": id]
    for place in ["/profiles/\(id)", "/profiles/\(id)/copy", "/profiles/\(id)/deletion", "/profiles/preview"] {
      #expect(eve.post(place, fields).status == 404, "\(place)")
    }
    for place in ["/profiles/\(id)/edit", "/profiles/\(id)/delete"] { #expect(eve.get(place).status == 404, "\(place)") }
    #expect(!eve.get("/profiles").text.contains("Mine"))
    // What of hers uses hers may not climb mine.
    let hers = try eve.ladder()
    _ = try eve.remind(["title": "A", "profile": hers])
    let refused = eve.post("/profiles/\(hers)/deletion", ["profile": id])
    #expect(refused.status == 422 && refused.complaints == ["profile"])
  }
}
