import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// What counts as an edit, from the form to what leaves and is learnt, and many drafts decided at once.
@Suite("Hard cases 17 and 19: edits and many at once")
struct HardCasesReviewTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private static let base =
    "Ol\u{E1} Ana,\n\nO caf\u{E9} fica pronto \u{1F44D}\u{1F3FB} \u{E0}s 10 h.\n\n\u{5D0}\u{5D1}\u{5D2}: pedido 4711\n\nAt\u{E9} logo"

  /// What somebody typed over ``base``.
  enum Typed: String, CaseIterable, CustomTestStringConvertible {
    case lineEnds, trailingBlanks, decomposed, skin, marks, everything

    var text: String {
      let base = HardCasesReviewTests.base
      return switch self {
      case .lineEnds: base.replacing("\n", with: "\r\n")
      case .trailingBlanks: base.replacing("\n\n", with: " \t\n\n") + "  \n\n"
      case .decomposed: base.replacing("caf\u{E9}", with: "cafe\u{301}")
      case .skin: base.replacing("\u{1F44D}\u{1F3FB}", with: "\u{1F44D}\u{1F3FD}")
      case .marks: base.replacing("\u{5D0}\u{5D1}\u{5D2}", with: "\u{202B}\u{5D0}\u{5D1}\u{5D2}\u{202C}\u{200F}")
      case .everything: "Something else altogether."
      }
    }

    var action: String { self == .lineEnds || self == .trailingBlanks ? "approve" : "edit" }
    var testDescription: String { rawValue }
  }

  /// A draft that waits and says ``base``.
  private func draft() throws -> String {
    let draft = try desk.draft(desk.write("When is it ready?"))
    try site.owner.run("UPDATE drafts SET generated = \(Self.base), text = \(Self.base) WHERE id = \(draft)::text::uuid")
    return draft
  }

  @Test(arguments: Typed.allCases)
  func `Hard case 17: line ends and blanks at an end are an approval, any other change an edit that replays byte by byte`(
    typed: Typed
  ) throws {
    let draft = try draft()
    // It is another text, though Swift may call it equal.
    #expect(!typed.text.utf8.elementsEqual(Self.base.utf8))
    #expect(desk.approve(draft, typed.text).status == 303)
    #expect(desk.owner.get("/drafts/\(draft)").fact("action") == typed.action)
    let sent = try site.text("SELECT source FROM messages WHERE direction = 'outbound'").unwrapped
    #expect(sent.utf8.elementsEqual((typed.action == "edit" ? typed.text : Self.base).utf8))
    let stored = desk.owner.get("/drafts/\(draft)/diff.json")
    #expect(stored.status == 200)
    let diff = try StoredDiff(json: stored.text)
    let made = try diff.applied(to: Self.base) { Keys.sha256($0) }
    let back = try diff.inverse.applied(to: sent) { Keys.sha256($0) }
    #expect(made.utf8.elementsEqual(sent.utf8) && back.utf8.elementsEqual(Self.base.utf8))
    #expect(diff.changes.isEmpty == (typed.action == "approve"))
    site.pass(seconds: 31)
    try site.work()
    #expect(try site.text("SELECT action FROM learning_samples") == typed.action)
    #expect(try site.mails().count == 1)
  }

  @Test func `Hard case 17: an answer of 300 kB is too long, and comes back as it was typed`() throws {
    let draft = try draft()
    let long = String(repeating: "Line of an answer.\n", count: 16_000)
    let refused = desk.approve(draft, long)
    #expect(refused.status == 422 && refused.complaints.contains("text"))
    #expect(refused.area("text") == long)
    #expect(desk.state(draft) == "pending")
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  /// So many drafts that wait, each in a conversation of its own: "S 1" and on.
  private func many(_ count: Int) throws -> [String] {
    let first = try desk.write("How long does delivery take?", subject: "First")
    try site.work()
    let id = ID<Conversation>(first)
    try site.owner.run(
      """
      INSERT INTO conversations (id, account_id, channel_id, subject, subject_key, customer_id, state, language, is_answerable, last_at, created_at)
      SELECT new_id(\(site.now)), v.account_id, v.channel_id, 'S ' || n, '', v.customer_id, 'open', 'en', true, \(site.now), \(site.now)
      FROM conversations v, generate_series(1, \(count)) n WHERE v.id = \(id)::uuid
      """)
    try site.owner.run(
      """
      INSERT INTO drafts (id, account_id, conversation_id, channel_id, state, generated, text, model_key, language, asked_at, ready_at)
      SELECT new_id(\(site.now)), v.account_id, v.id, v.channel_id, 'pending', 'Hello.', 'Hello.', 'builtin/extractive-1', 'en', \(site.now), \(site.now)
      FROM conversations v WHERE v.subject LIKE 'S %'
      """)
    return try site.owner.rows(
      Query(
        column: """
          SELECT d.id::text FROM drafts d JOIN conversations v ON v.id = d.conversation_id WHERE v.subject LIKE 'S %'
          ORDER BY substr(v.subject, 3)::integer
          """))
  }

  @Test(arguments: [("rejection", "reject"), ("claim", "claim"), ("regeneration", "regenerate")])
  func `Hard case 19: of 200 at once 196 are done, the 3 decided meanwhile are named, of another account's nothing is known`(
    action: String, decision: String
  ) throws {
    let ids = try many(199)
    try #require(ids.count == 199)
    let bia = try desk.member("bia@x.test")
    for id in ids.prefix(3) {
      #expect(bia.post("/drafts/\(id)/rejection", ["version": "1", "reason": "tone", "nonce": id]).status == 303)
    }
    let stranger = try Desk(site, as: site.person("eve@x.test"))
    let theirs = try stranger.draft(stranger.write("Hello", subject: "Walrus"))
    let fields: [(String, String)] =
      [("csrf", desk.owner.token()), ("action", action), ("reason", "tone")] + (ids + [theirs]).map { ("id", $0) }
    let body = fields.map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&")
    #expect(desk.owner.post("/drafts/bulk", raw: Array(body.utf8)).status == 303)
    let page = desk.owner.get("/drafts").text
    #expect(page.contains("196 drafts done.") && page.contains("1 was not there.") && !page.contains("Walrus"))
    for n in 1...3 { #expect(page.contains("“S \(n)”"), "\(n)") }
    let done = try site.count("SELECT count(*) FROM decisions WHERE action = \(decision) AND user_id = \(desk.owner.user)")
    #expect(done == 196)
    #expect(try site.count("SELECT count(*) FROM decisions WHERE account_id = \(stranger.owner.account)") == 0)
    #expect(stranger.state(theirs) == "pending")
    #expect(try site.text("SELECT DISTINCT decided_by::text FROM drafts WHERE id::text = ANY (\(Array(ids.prefix(3))))") == bia.user.text)
  }

  @Test func `Hard case 19: nobody approves many at once`() throws {
    let draft = try draft()
    for action in ["approval", "approve", "edit"] {
      #expect(desk.owner.post("/drafts/bulk", ["id": draft, "action": action]).status == 422, "\(action)")
    }
    #expect(desk.state(draft) == "pending")
  }
}
