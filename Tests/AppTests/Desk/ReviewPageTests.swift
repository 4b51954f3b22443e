import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// What the page of a draft shows of where it stands.
@Suite("The page of a draft")
struct ReviewPageTests {
  private let site: Site
  private let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  /// How the script looks again: after how many seconds, and whether the whole page is asked for.
  private func looks(_ page: Page) -> String? {
    page.text.components(separatedBy: "id=\"standing\" ").dropFirst().first?.components(separatedBy: ">").first
  }

  @Test func `one that is being written appears by itself, and one that waits tells of changes alone`() throws {
    try desk.write("How long?")
    let draft = try site.text("SELECT id::text FROM drafts WHERE state = 'asked'").unwrapped
    let asked = desk.owner.get("/drafts/\(draft)")
    #expect(asked.fact("state") == "asked" && looks(asked) == "data-refresh=\"3\" data-reload")
    #expect(asked.text.contains("The draft is being written."))
    _ = try desk.draft()
    let pending = desk.owner.get("/drafts/\(draft)")
    #expect(pending.fact("state") == "pending" && looks(pending) == "data-refresh=\"15\"")
    #expect(!pending.text.contains("The draft is being written."))
  }

  @Test func `approved, it counts down to when it leaves`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    let page = desk.owner.get("/drafts/\(draft)")
    let until = try page.fact("undo-until").unwrapped
    #expect(page.text.contains("<time data-countdown datetime=\"\(until)\"") && looks(page) == "data-refresh=\"15\" data-reload")
    site.pass(seconds: 31)
    try site.work()
    let sent = desk.owner.get("/drafts/\(draft)")
    #expect(sent.fact("state") == "sent" && !sent.text.contains("data-countdown") && looks(sent) == "data-refresh=\"15\"")
  }

  @Test func `failed, it can be sent again, to another address, or edited`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.approve(draft, "Two days.").status == 303)
    // The line that offers Undo is told once.
    _ = desk.owner.get("/drafts/\(draft)")
    try site.owner.run("UPDATE messages SET sending = 'failed', code = '552', detail = 'full' WHERE direction = 'outbound'")
    try site.owner.run("UPDATE drafts SET state = 'failed' WHERE id = \(draft)::text::uuid")
    let page = desk.owner.get("/drafts/\(draft)")
    #expect(page.form("/drafts/\(draft)/retry")?.contains("name=\"to\"") == true)
    #expect(page.form("/drafts/\(draft)/undo")?.contains("Edit it again") == true)
    let refused = desk.owner.post("/drafts/\(draft)/retry", ["to": "nobody"])
    #expect(refused.status == 422 && refused.complaints == ["to"])
    #expect(refused.text.contains("value=\"nobody\""))
    #expect(desk.owner.post("/drafts/\(draft)/undo").status == 303)
    let back = desk.owner.get("/drafts/\(draft)")
    #expect(back.fact("state") == "pending" && back.area("text") == "Two days.")
  }

  @Test func `Hard case 8: where a colleague kept another text, both stand on the page`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    let bia = try desk.member("bia@x.test")
    let mine = desk.fields(draft)
    #expect(bia.post("/drafts/\(draft)", ["version": mine.version, "text": "Three **days**."]).status == 303)
    let page = desk.owner.post(
      "/drafts/\(draft)/approval", ["version": mine.version, "seen": mine.seen, "nonce": "n", "text": "Two days."])
    #expect(page.status == 409 && page.fact("conflict") == "stale" && page.area("text") == "Two days.")
    let rival = try page.text.components(separatedBy: "id=\"rival\"").dropFirst().first.unwrapped.components(separatedBy: "</div>")[0]
    #expect(rival.contains("Three <strong>days</strong>."))
    #expect(!desk.owner.get("/drafts/\(draft)").text.contains("id=\"rival\""))
  }

  // MARK: - What stands beside the answer

  @Test(arguments: [("rejection", "note"), ("regeneration", "instruction")])
  func `Hard case 8: what was typed beside a rejection or a wish for another stands in its box again, too long, stale or too late`(
    form: String, box: String
  ) throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    let (path, version) = ("/drafts/\(draft)/\(form)", desk.fields(draft).version)
    let opened = "<details class=\"unfold\" open>"
    let long = String(repeating: "x", count: 2_001)
    let refused = desk.owner.post(path, ["version": version, "reason": "tone", box: long])
    #expect(refused.status == 422 && refused.complaints == [box] && refused.area(box) == long && refused.text.contains(opened))
    #expect(refused.form(path)?.contains("aria-describedby=\"\(box)-complaint\" aria-invalid=\"true\"") == true)
    #expect(desk.fields(draft).version == version)
    let stale = desk.owner.post(path, ["version": "99", "reason": "tone", box: "Mine, typed."])
    #expect(stale.status == 409 && stale.fact("conflict") == "stale" && stale.area(box) == "Mine, typed." && stale.text.contains(opened))
    #expect(stale.form(path)?.contains("value=\"tone\" selected") == (form == "rejection"))
    let bia = try desk.member("bia@x.test")
    #expect(bia.post("/drafts/\(draft)/rejection", ["version": version, "reason": "tone"]).status == 303)
    let late = desk.owner.post(path, ["version": version, "reason": "tone", box: "Mine, typed."])
    #expect(late.status == 409 && late.area(box) == "Mine, typed." && late.text.contains(opened))
    #expect(!desk.owner.get("/drafts/\(draft)").text.contains(opened))
    #expect(try site.count("SELECT count(*) FROM drafts") == 1)
  }

  @Test func `A reason that nobody offered is said beside the reasons, and the note stays`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    let refused = desk.owner.post(
      "/drafts/\(draft)/rejection", ["version": desk.fields(draft).version, "reason": "zzz", "note": "Too cold"])
    #expect(refused.status == 422 && refused.complaints == ["reason"] && refused.area("note") == "Too cold")
    #expect(refused.text.contains("aria-describedby=\"reason-complaint\" aria-invalid=\"true\""))
    #expect(desk.state(draft) == "pending")
  }
}
