import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// What is kept of what was said to a model about drafts, sealed, by a real server (RULES 6.36).
@Suite struct ModelTextsTests {
  private let sink: Sink
  private let test = UUID().uuidString

  init() throws { sink = try Sink.shared("model_sink.py") }

  private static let good = ModelAsking.content(
    JSONText.object([
      ("language", .string("en")), ("nothing_fits", .bool(false)),
      (
        "sentences",
        .array([.object([("text", .string("We deliver within 3 days [1].")), ("passages", .array([.number(1)]))])])
      ),
    ]).text)

  private func desk(_ steps: [String] = [Self.good], seconds: Int = 10) throws -> Desk {
    let endpoint = CoachEndpoint("http://127.0.0.1:\(sink.port)/\(test)/\(steps.joined(separator: ","))")
    let desk = try Desk(Site(model: ModelServer(endpoint: try endpoint.unwrapped, model: "tiny", daily: 60, seconds: seconds)))
    _ = try desk.owner.source([
      "title": "Delivery", "url": "https://shop.example/delivery", "text": "# Delivery\n\nWe deliver within three days.",
    ])
    return desk
  }

  private func texts(_ desk: Desk) throws -> Int { try desk.site.count("SELECT count(*) FROM prompt_texts") }

  /// What a column of the only row holds, opened at its own place or at another.
  private func opened(_ desk: Desk, _ column: SecretColumn, at place: ID<ModelRun>? = nil) throws -> String {
    let row = try desk.site.owner.row(
      Query<(ID<ModelRun>, [UInt8])>(tuple: "SELECT run_id, \(raw: column.column) FROM prompt_texts"))
    let (run, sealed) = try row.unwrapped
    let vault = Vault(masters: desk.site.services.masters, db: desk.site.owner)
    return String(decoding: try vault.open(sealed, of: desk.owner.account, at: column.place(place ?? run)), as: UTF8.self)
  }

  @Test func `request and answer are kept as they went, sealed for their row`() throws {
    let desk = try desk()
    try desk.write("My zebra is late. How long does delivery take?")
    _ = try desk.draft()
    let prompt = try opened(desk, ModelTexts.promptColumn)
    let answer = try opened(desk, ModelTexts.answerColumn)
    #expect(prompt.contains("My zebra is late.") && answer.contains("We deliver within 3 days"))
    let same: SQL = """
      SELECT count(*) FROM prompt_runs
      WHERE prompt_hash = sha256(\(Array(prompt.utf8))) AND answer_hash = sha256(\(Array(answer.utf8)))
      """
    #expect(try desk.site.count(same) == 1)
    #expect(try desk.site.count("SELECT position(convert_to('zebra', 'UTF8') IN prompt || answer) FROM prompt_texts") == 0)
    let elsewhere = ID<ModelRun>.new(at: desk.site.now)
    #expect(throws: VaultError.doesNotOpen) { try opened(desk, ModelTexts.promptColumn, at: elsewhere) }
  }

  @Test func `owner and admin read them, nobody else does`() throws {
    let desk = try desk()
    try desk.write("My zebra is late. How long does delivery take?")
    let draft = try desk.draft()
    let path = "/drafts/\(draft)/prompts"
    for role in Role.allCases {
      let person = try desk.member("some-\(role)@x.test", role)
      let (page, runs) = (person.get(path), role == .owner || role == .admin)
      #expect(page.status == (runs ? 200 : 403), "\(role)")
      #expect(page.text.contains("My zebra is late.") == runs && page.text.contains("We deliver within 3 days") == runs, "\(role)")
      #expect(person.get("/drafts/\(draft)").links.contains(path) == runs, "\(role)")
      try desk.site.web.transaction {
        _ = try desk.site.web.rows(Query<Void>.setting(user: person.user, account: person.account, role: role))
        #expect(try desk.site.web.value("SELECT count(*) FROM prompt_texts", as: Int.self) == (runs ? 1 : 0), "\(role)")
      }
    }
    #expect(try desk.site.person("eve@x.test").get(path).status == 404)
    #expect(desk.site.browser().get(path).status == 303)
  }

  @Test func `every call is there, with why nothing of it was taken`() throws {
    let desk = try desk([ModelAsking.content("Sure, my friend.")])
    try desk.write("How long does delivery take?")
    let page = desk.owner.get("/drafts/\(try desk.draft())/prompts").text
    #expect(page.components(separatedBy: "Sure, my friend.").count == 4)
    #expect(page.components(separatedBy: "Nothing of it was taken: not the JSON object that was asked for.").count == 4)
  }

  @Test(arguments: [(29, 1), (31, 0)])
  func `after thirty days they are gone, and the call's numbers stay`(days: Int, left: Int) throws {
    let desk = try desk()
    try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    desk.site.pass(hours: 24 * days)
    try desk.site.work()
    #expect(try texts(desk) == left && desk.site.count("SELECT count(*) FROM prompt_runs") == 1)
    try desk.owner.openSession()
    #expect(desk.owner.get("/drafts/\(draft)/prompts").text.contains("Nothing is kept of this draft") == (left == 0))
  }

  @Test func `Hard case 29: whose customer is erased are gone at once`() throws {
    let desk = try desk()
    try desk.write("My zebra is late. How long does delivery take?")
    _ = try desk.draft()
    #expect(try texts(desk) == 1)
    let customer = try desk.site.text("SELECT customer_id::text FROM conversations").unwrapped
    #expect(desk.owner.post("/customers/\(customer)/erasure", ["password": Site.password]).status == 303)
    #expect(try texts(desk) == 0 && desk.site.count("SELECT count(*) FROM prompt_runs") == 1)
  }

  @Test func `Hard case 29: so are those with a word of theirs in somebody else's conversation, and no others`() throws {
    let desk = try desk()
    let first = try desk.write("How long does delivery take?")
    try desk.write("My zebra waits for delivery, too.", email: "bob@customer.test", name: "Bob Lee")
    _ = try desk.draft(first)
    let other = try desk.write("How long does delivery take?", in: "c2", email: "eve@customer.test", name: "Eve")
    _ = try desk.draft(other)
    #expect(try texts(desk) == 2)
    let bob = try desk.site.text("SELECT customer_id::text FROM customer_addresses WHERE address_key = 'bob@customer.test'").unwrapped
    #expect(desk.owner.post("/customers/\(bob)/erasure", ["password": Site.password]).status == 303)
    try desk.site.work()
    #expect(
      try desk.site.text("SELECT string_agg(d.conversation_id::text, ' ') FROM prompt_texts t JOIN drafts d ON d.id = t.draft_id") == other)
  }

  @Test func `a rotation of the vault seals both anew`() throws {
    let desk = try desk()
    try desk.write("My zebra is late. How long does delivery take?")
    _ = try desk.draft()
    var rotation = VaultRotation(desk.site.services, desk.site.owner, at: desk.site.now) { _ in }
    let outcome = try rotation.run()
    // And the channel's.
    #expect(outcome.secrets == 3 && outcome.unreadable == 0)
    #expect(try opened(desk, ModelTexts.promptColumn).contains("My zebra is late."))
    #expect(try opened(desk, ModelTexts.answerColumn).contains("We deliver within 3 days"))
  }

  @Test func `no draft waits for a key that does not open`() throws {
    let desk = try desk()
    try desk.write("How long does delivery take?")
    try desk.site.owner.run("UPDATE account_keys SET wrapped = \([UInt8](repeating: 0, count: 60))")
    let page = desk.owner.get("/drafts/\(try desk.draft())")
    #expect(page.fact("model") == "tiny")
    #expect(try texts(desk) == 0)
  }
}
