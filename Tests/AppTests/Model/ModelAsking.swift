import Foundation
import Net
import TestSupport
import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// A site with a real model server, and a job that asks it about a streak of 14 days.
final class ModelAsking {
  let site: Site
  let ana: Browser
  let sink: Sink
  /// What the jobs came to, in order.
  private(set) var outcomes: [String] = []
  /// What workers wrote to the log, whole.
  private(set) var logged: [String] = []
  var facts: CoachFactTable
  /// Which requests to the server are ours.
  private let test = UUID().uuidString

  private static func file(_ name: String) -> String {
    (try? String(contentsOfFile: repository + "/templates/prompts/" + name, encoding: .utf8)) ?? ""
  }
  private static let prompt = CoachPromptFile(event: .streak, number: 1, text: file("streak.1.md"))
  private static let tone = CoachTone(CoachPhraseList(file("tone.en.1.txt")))

  init(sharing sink: Sink? = nil) throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    self.sink = try sink ?? Sink.shared("model_sink.py")
    facts = Self.facts(habit: "Read")
  }

  static func facts(habit: String, rows: [(String, CoachFactTable.Value)] = []) -> CoachFactTable {
    var facts = CoachFactTable(today: Day(20_778), firstName: "Ana")  // 2026-11-21
    facts.add("habit", .name(habit))
    facts.add("streak", .streak(CoachCount(14, .days)))
    for (name, value) in rows { facts.add(name, value) }
    return facts
  }

  /// - Parameter steps: what the server does, call by call.
  func server(_ steps: [String], daily: Int = 60, seconds: Int = 10, key: String? = nil, extra: JSONValue? = nil) throws -> ModelServer {
    let endpoint = CoachEndpoint("http://127.0.0.1:\(sink.port)/\(test)/\(steps.joined(separator: ","))")
    return ModelServer(endpoint: try endpoint.unwrapped, key: key, model: "tiny", extra: extra, daily: daily, seconds: seconds)
  }

  /// An answer with that message.
  static func saying(_ message: String) -> String { content(JSONText.object([("message", .string(message))]).text) }
  static func content(_ text: String) -> String { "say:" + encoded(text) }
  static func raw(_ body: String) -> String { "raw:" + encoded(body) }
  private static func encoded(_ text: String) -> String {
    text.utf8.map { (48...57).contains($0) || (97...122).contains($0) ? "\(UnicodeScalar($0))" : String(format: "%%%02X", $0) }.joined()
  }

  func question(on day: Day = Day(20_778)) -> ModelQuestion<String> {
    ModelQuestion(
      user: ana.user, account: ana.account, day: day, event: .streak, prompt: Self.prompt.rendered(facts, .general, .english),
      check: CoachCheck(facts, .streak, .english, Self.tone))
  }

  func worker(_ server: ModelServer?, on day: Day = Day(20_778)) throws -> Worker {
    var services = site.services
    services.model = server
    nonisolated(unsafe) let asking = self
    let kind = JobKind("ask") { run, bench, now in
      switch try ModelCall.step(asking.question(on: day), &run.place, run.moment, bench, now) {
      case .waiting(let request, let wait): return .transfer(request, after: wait)
      case .written(let text): asking.outcomes.append("“\(text)”")
      case .unwritten(let silence): asking.outcomes.append("\(silence)")
      }
      return .done
    }
    let mailer = Mailer(
      .maildir(Maildir(path: sink.folder.path + "/mail")), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    let bench = try WorkBench(services, site.connection("heed_work"), mailer) { event, details in self.logged.append("\(event) \(details)")
    }
    return Worker(bench, features + [Feature(jobs: [kind])])
  }

  func ask() throws { try site.owner.run(Job.asking(for: "ask", of: ana.account, ana.user, now: site.now)) }

  /// Asks once, and waits for the end.
  ///
  /// - Returns: what the job came to.
  func asked(_ server: ModelServer?, on day: Day = Day(20_778)) throws -> String {
    try ask()
    _ = try worker(server, on: day).runOnce { self.site.now }
    return try outcomes.last.unwrapped
  }

  /// "call outcome reason" of each run, in order.
  func runs() throws -> [String] {
    try site.owner.rows(Query(column: "SELECT concat_ws(' ', call, outcome, nullif(reason, '')) FROM prompt_runs ORDER BY call, reason"))
  }

  /// The requests that came for this test.
  func requests() throws -> [[String: Any]] { try sink.log().filter { $0["test"] as? String == test } }
}
