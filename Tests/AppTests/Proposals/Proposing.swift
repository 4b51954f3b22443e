import Domain
import Net
import Postgres
import TestSupport
import Testing

@testable import App

/// Proposes as an answer of the assistant does: in a worker, in the role of requests, as somebody.
struct Proposing {
  let browser: Browser
  let chat: ID<Chat>
  private let bench: WorkBench
  var site: Site { browser.site }

  /// A proposal's thing: its kind and id, and whether its text is others'.
  struct Given {
    let kind: String
    let id: String
    var title = "A thing"
    var isForeign = false
    var revision: Int?
  }

  /// A conversation with the assistant.
  init(_ browser: Browser) throws {
    self.browser = browser
    let (site, now) = (browser.site, browser.site.now)
    chat = ID<Chat>.new(at: now)
    try site.owner.run(
      """
      INSERT INTO chats (id, user_id, title, status, kind, said_at, created_at)
      VALUES (\(chat), \(browser.user), 'Talk', 'active', 'assistant', \(now), \(now))
      """)
    let mailer = Mailer(
      .maildir(Maildir(path: "/nonexistent")), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    bench = try WorkBench(site.services, site.connection("heed_work"), mailer) { _, _ in }
  }

  /// - Parameters:
  ///   - thing: what it is about.
  ///   - read: what else the answer was given.
  ///   - number: of the exchange.
  func result(
    _ action: ProposalAction, _ kind: ProposedKind, _ fields: [(String, String)] = [], of thing: Given? = nil, read: [Given] = [],
    number: Int = 1
  ) throws -> Result<ID<Proposal>, ProposalComplaint> {
    try bench.db.transaction {
      let person = try Person.acting(browser.user, bench).unwrapped
      let reach = AssistantReach(person, chat: chat, number: number, isForModel: false, bench, now: site.now)
      for given in read { _ = reach.number(of: try Proposing.given(given)) }
      let about = try thing.map { try Proposing.given($0) }
      let draft = ProposalDraft(
        action: action, kind: kind, thing: about, fields: fields.map { (name: $0.0, value: $0.1) }, intent: "To get it done",
        reasoning: "It was asked for", confidence: 75, read: reach.given, chat: chat, number: number)
      return try AssistantWall.behind(bench.db) { try ProposalWrites.propose(draft, reach) }
    }
  }

  /// One that is kept.
  @discardableResult
  func propose(
    _ action: ProposalAction, _ kind: ProposedKind, _ fields: [(String, String)] = [], of thing: Given? = nil, read: [Given] = [],
    number: Int = 1
  ) throws -> String {
    let ours = [thing].compactMap(\.self).filter { own in !read.contains { $0.id == own.id } }
    return try result(action, kind, fields, of: thing, read: read + ours, number: number).get().text
  }

  private static func given(_ given: Given) throws -> AssistantReach.Given {
    AssistantReach.Given(
      kind: given.kind, id: try ID<FoundThing>(given.id).unwrapped, title: given.title, revision: given.revision,
      isForeign: given.isForeign,
      isTold: true)
  }
}

extension Page {
  /// Whether the form of a proposal shows that in a line of text.
  func shows(_ name: String, _ value: String, in proposal: String) -> Bool {
    form("/proposals/\(proposal)/acceptance")?.contains("name=\"\(name)\" type=\"text\" value=\"\(value)\"") == true
  }
}
