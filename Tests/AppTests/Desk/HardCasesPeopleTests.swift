import Postgres
import Testing

@testable import App
@testable import Domain

/// People whose page is older than what happened meanwhile.
@Suite struct HardCasesPeopleTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  // MARK: - 7

  enum Meanwhile: CaseIterable, Sendable { case signedOut, lowered, removed }

  /// What a browser says of a form of ours.
  private var own: [String: String] { ["origin": site.services.origin, "sec-fetch-site": "same-origin"] }

  private func member(_ name: String, _ email: String) throws -> Browser {
    let browser = try desk.member(email)
    try site.owner.run("UPDATE users SET display_name = \(name) WHERE id = \(browser.user)")
    return browser
  }

  @Test(arguments: Meanwhile.allCases)
  func `Hard case 7: a session that ended, a role lowered, a member removed: 401, 403, 403, and the text on the page`(_ change: Meanwhile)
    throws
  {
    let bia = try member("Bia", "bia@x.test")
    let conversation = try desk.write("How long?")
    let draft = try desk.draft()
    let form = desk.fields(draft, as: bia)
    let text = "My answer\n& <b>a long one</b>"
    switch change {
    case .signedOut: try site.owner.run("DELETE FROM web_sessions WHERE user_id = \(bia.user)")
    case .lowered: #expect(desk.owner.post("/settings/members/\(bia.user.text)/role", ["role": "viewer"]).status == 303)
    case .removed: #expect(desk.owner.post("/settings/members/\(bia.user.text)/removal").status == 303)
    }
    let before = try site.count("SELECT count(*) FROM messages") + site.count("SELECT count(*) FROM conversation_notes")
    let fields: KeyValuePairs = ["version": form.version, "seen": form.seen, "nonce": "a", "text": text]
    for path in [
      "/drafts/\(draft)/approval", "/drafts/\(draft)", "/conversations/\(conversation)/reply", "/conversations/\(conversation)/notes",
    ] {
      let page = bia.post(path, fields, own)
      #expect(page.status == (change == .signedOut ? 401 : 403), "\(path)")
      #expect(page.area("text") == text, "\(path)")
      #expect(!page.text.contains("<b>a long"), "\(path)")
      // Nobody else's form comes back on a page of ours, and neither does one of whom nobody says whose it is.
      for head in [[:], ["origin": "https://evil.example", "sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-origin"]]
        as [[String: String]]
      {
        let other = bia.post(path, fields, head)
        #expect([401, 403].contains(other.status) && other.area("text") == nil, "\(path) \(head)")
      }
    }
    #expect(desk.state(draft) == "pending")
    #expect(try site.count("SELECT count(*) FROM messages") + site.count("SELECT count(*) FROM conversation_notes") == before)
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  @Test func `Hard case 7: whoever was never of the team is told nothing, with or without a text`() throws {
    let conversation = try desk.write("How long?")
    let draft = try desk.draft()
    let eve = try site.person("eve@x.test")
    let missing = "00000000-0000-7000-8000-000000000000"
    let nothing = eve.post("/drafts/\(missing)/approval", ["text": "Mine."], own)
    #expect(nothing.status == 404)
    for path in ["/drafts/\(draft)/approval", "/conversations/\(conversation)/reply"] {
      let page = eve.post(path, ["text": "Mine."], own)
      #expect(page.status == 404 && page.response.body == nothing.response.body, "\(path)")
    }
    // Of another team, which they left, they are told no more than before.
    let other = try Desk(site, as: site.person("other@x.test"))
    let bia = try other.member("bia@x.test")
    #expect(other.owner.post("/settings/members/\(bia.user.text)/removal").status == 303)
    #expect(bia.post("/drafts/\(draft)/approval", ["text": "Mine."], own).status == 404)
    #expect(bia.get("/drafts/\(draft)").status == 404)
  }

  // MARK: - 8

  @Test func `Hard case 8: what is decided while another types, after their claim has ended, is told with who, when and both texts`() throws
  {
    let (bia, cid) = (try member("Bia", "bia@x.test"), try member("Cid", "cid@x.test"))
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(bia.post("/drafts/\(draft)/claim").status == 303)
    let form = desk.fields(draft, as: bia)
    // Two have it open, and a third sees in the queue whose it is.
    #expect(desk.owner.get("/drafts/\(draft)").fact("claimed-by") == "Bia")
    let queue = cid.get("/drafts")
    #expect(queue.text.contains("data-draft=\"\(draft)\"") && queue.fact("claimed-by") == "Bia" && queue.text.contains("Bia has it"))
    #expect(cid.get("/drafts/next").location == "/drafts")
    site.pass(minutes: 11)
    #expect(cid.get("/drafts").fact("claimed-by") == "")
    #expect(cid.get("/drafts/next").location == "/drafts/\(draft)")
    #expect(desk.approve(draft, "Decided meanwhile.", as: cid).status == 303)
    let page = bia.post(
      "/drafts/\(draft)/approval", ["version": form.version, "seen": form.seen, "nonce": "b", "text": "Typed in peace."])
    #expect(page.status == 409 && page.fact("conflict") == "decided")
    #expect(page.text.contains("Cid changed and approved it "))
    #expect(page.area("text") == "Typed in peace." && page.text.contains("Decided meanwhile."))
    site.pass(seconds: 31)
    try site.work()
    let mails = try site.mails()
    #expect(mails.count == 1 && mails[0].contains("Decided meanwhile."))
  }

  @Test(arguments: [
    ("approve", "Cid approved it today "), ("edit", "Cid changed and approved it today "), ("reject", "Cid rejected it today "),
  ])
  func `Hard case 8: who comes second is told who decided what, and when`(decision: String, told: String) throws {
    let (bia, cid) = (try member("Bia", "bia@x.test"), try member("Cid", "cid@x.test"))
    try desk.write("How long?")
    let draft = try desk.draft()
    let form = desk.fields(draft, as: bia)
    let first =
      decision == "reject"
      ? cid.post("/drafts/\(draft)/rejection", ["version": form.version, "reason": "tone", "note": ""])
      : desk.approve(draft, decision == "edit" ? "Decided meanwhile." : nil, as: cid)
    #expect(first.status == 303)
    let page = bia.post(
      "/drafts/\(draft)/approval", ["version": form.version, "seen": form.seen, "nonce": "b", "text": "Typed in peace."])
    #expect(page.status == 409 && page.fact("conflict") == "decided" && page.area("text") == "Typed in peace.")
    #expect(page.text.contains(told))
  }

  @Test func `Hard case 8: a decision over a claim is taken, and says whose claim it passed`() throws {
    let (bia, cid) = (try member("Bia", "bia@x.test"), try member("Cid", "cid@x.test"))
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(bia.post("/drafts/\(draft)/claim").status == 303)
    site.pass(minutes: 9)
    #expect(cid.get("/drafts/\(draft)").text.contains("Bia has it since"))
    #expect(desk.approve(draft, "Passed over.", as: cid).status == 303)
    #expect(try site.text("SELECT user_name || ' ' || passed FROM decisions WHERE action = 'edit'") == "Cid Bia")
    #expect(bia.get("/drafts/\(draft)").text.contains("Bia had it."))
  }

  @Test func `Hard case 8: each post makes a claim last for ten minutes more`() throws {
    let (bia, cid) = (try member("Bia", "bia@x.test"), try member("Cid", "cid@x.test"))
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(bia.post("/drafts/\(draft)/claim").status == 303)
    site.pass(minutes: 9)
    #expect(bia.post("/drafts/\(draft)", ["version": desk.fields(draft, as: bia).version, "text": "Half of it"]).status == 303)
    site.pass(minutes: 9)
    #expect(cid.get("/drafts").fact("claimed-by") == "Bia")
    site.pass(minutes: 2)
    #expect(cid.get("/drafts").fact("claimed-by") == "")
    // What was typed stays, whoever takes it up.
    #expect(cid.get("/drafts/\(draft)").area("text") == "Half of it")
  }
}
