import Postgres
import Testing

@testable import App
@testable import Domain

@Suite("Mails in quarantine")
struct QuarantineTests {
  @Test func `Nothing is there, and the page says so`() throws {
    let site = try Site()
    let page = try site.person("ana@x.test").get("/quarantine")
    #expect(page.status == 200 && page.text.contains("Nothing is in quarantine"))
  }

  @Test func `A mail is shown with why, given back byte for byte, and kept where it still cannot be read`() throws {
    let box = try Mailbox()
    let parts = Array(
      ("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 50_000)).utf8)
    try box.put(parts, "000001.parts")
    try box.site.work()
    let owner = box.desk.owner
    let id = try box.site.text("SELECT id::text FROM quarantine").unwrapped
    #expect(owner.get("/quarantine").text.contains("000001.parts"))
    let page = owner.get("/quarantine/\(id)")
    #expect(page.fact("reason") == "too_many_parts" && page.fact("state") == "waiting")
    #expect(owner.get("/quarantine/\(id)/raw").response.body == parts)
    #expect(owner.post("/quarantine/\(id)/retry").location == "/quarantine/\(id)")
    #expect(try box.site.text("SELECT concat_ws(' ', state, tries) FROM quarantine") == "waiting 1")
    #expect(owner.post("/quarantine/\(id)/deletion").status == 303)
    #expect(owner.get("/quarantine/\(id)/raw").status == 404)
    #expect(try box.site.count("SELECT count(*) FROM files") == 0)
    // What was deleted is there no more than what never was.
    let unknown = ID<QuarantinedMail>.new(at: box.site.now).text
    let missing = owner.get("/quarantine/\(unknown)")
    let gone = owner.get("/quarantine/\(id)")
    #expect(missing.status == 404 && gone.status == 404 && gone.unmasked == missing.unmasked)
    for press in ["/retry", "/deletion"] { #expect(owner.post("/quarantine/\(id)\(press)").status == 404, "\(press)") }
    #expect(owner.get("/quarantine?state=deleted").status == 422 && !owner.get("/quarantine").text.contains("000001.parts"))
    // The same once more stays deleted, and no bytes are kept that nothing names.
    try box.put(parts, "000002.parts")
    try box.site.work()
    #expect(try box.site.text("SELECT string_agg(state, ' ') FROM quarantine") == "deleted")
    #expect(try box.site.count("SELECT count(*) FROM files") == 0)
  }

  @Test(arguments: [(Language.english, "There is nothing in it."), (.portuguese, "Não há nada nela.")])
  func `An empty mail is given back as it came, and read anew it is as empty`(language: Language, words: String) throws {
    let box = try Mailbox()
    try box.put([], "000001.empty")
    try box.site.work()
    let admin = try box.site.person("admin@x.test", sharing: box.desk.owner, role: .admin, language: language)
    let id = try box.site.text("SELECT id::text FROM quarantine WHERE reason = 'empty' AND size = 0").unwrapped
    let raw = admin.get("/quarantine/\(id)/raw")
    #expect(raw.status == 200 && raw.response.body.isEmpty && raw.header("Content-Type") == "message/rfc822")
    #expect(admin.get("/quarantine/\(id)").links.contains("/quarantine/\(id)/raw"))
    #expect(admin.post("/quarantine/\(id)/retry").location == "/quarantine/\(id)")
    let page = admin.get("/quarantine/\(id)")
    #expect(page.text.components(separatedBy: words).count == 3)
    #expect(try box.site.text("SELECT concat_ws(' ', state, tries, reason) FROM quarantine") == "waiting 1 empty")
    #expect(admin.post("/quarantine/\(id)/deletion").status == 303)
    #expect(admin.get("/quarantine/\(id)/raw").status == 404)
  }

  @Test func `What was never fetched is neither given out nor read anew`() throws {
    let box = try Mailbox()
    let stored = try box.site.owner.row(DeskChannel.query("c.id = \(box.desk.channel)")).unwrapped
    try box.site.owner.runAll(QuarantinedMail.keeping(nil, "000001.gone", .withheld, "NO", size: 0, of: stored, at: box.site.now))
    let id = try box.site.text("SELECT id::text FROM quarantine").unwrapped
    #expect(box.desk.owner.get("/quarantine/\(id)/raw").status == 404)
    #expect(box.desk.owner.post("/quarantine/\(id)/retry").status == 409)
  }

  @Test func `One that can be read by now is taken into its conversation, once`() throws {
    let site = try Site()
    let owner = try site.person("ana@x.test")
    let id = try owner.someQuarantined()
    let taken = owner.post("/quarantine/\(id)/retry")
    let place = try taken.location.unwrapped
    #expect(taken.status == 303 && place.hasPrefix("/conversations/"))
    #expect(owner.get(place).text.contains("Read me."))
    #expect(owner.post("/quarantine/\(id)/retry").location == place)
    #expect(try site.count("SELECT count(*) FROM messages") == 1)
    #expect(try site.count("SELECT count(*) FROM files") == 1)
  }

  @Test func `Agents and viewers see nothing of it, and after 90 days it is gone with its bytes`() throws {
    let site = try Site()
    let owner = try site.person("ana@x.test")
    let id = try owner.someQuarantined()
    for role in [Role.agent, .viewer] {
      let member = try site.person("\(role)@x.test", sharing: owner, role: role)
      #expect(member.get("/quarantine").status == 403 && member.get("/quarantine/\(id)/raw").status == 403)
    }
    #expect(try site.person("eve@x.test").get("/quarantine/\(id)").status == 404)
    site.pass(hours: 91 * 24)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM quarantine") == 0)
    #expect(try site.count("SELECT count(*) FROM files") == 0)
  }
}
