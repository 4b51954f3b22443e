import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// A site with a server of vectors that does what it is told, and somebody who allows a model to be told of their tasks.
final class Embedding {
  let site: Site
  let ana: Browser
  let sink: Sink
  private let test: String

  init(kinds: KeyValuePairs<String, String> = ["model": "task"]) throws {
    sink = try Sink.shared("embed_sink.py")
    test = UUID().uuidString
    site = try Site(embedding: Self.server("bag-384", sink, test))
    site.now = try Instant(iso: "2027-03-01T17:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
    try allow(kinds)
  }

  private static func server(_ model: String, _ sink: Sink, _ test: String, seconds: Int = 30) throws -> EmbedServer {
    let endpoint = try CoachEndpoint("http://127.0.0.1:\(sink.port)/\(test)/ok", asking: ["embeddings"]).unwrapped
    return EmbedServer(
      endpoint: endpoint, key: "sk-secret", model: model, queryPrefix: "query:", passagePrefix: "passage:", price: ModelPrice("0.02 0"),
      seconds: seconds)
  }

  /// Lets a model be told of these, and of nothing else.
  func allow(_ kinds: KeyValuePairs<String, String>) throws {
    let version = try ana.get("/settings/privacy").field("version", ofForm: "/settings/privacy").unwrapped
    let fields = kinds.map { "\($0.key)=\($0.value)" } + ["version=\(version)", "csrf=\(Browser.encoded(ana.token()))"]
    #expect(ana.post("/settings/privacy", raw: Array(fields.joined(separator: "&").utf8)).status == 303)
  }

  /// What the server does from now on, call by call.
  func script(_ steps: String...) throws {
    try steps.joined(separator: " ").write(to: sink.folder.appendingPathComponent("steps-\(test)"), atomically: true, encoding: .utf8)
  }

  /// A worker that starts now, with a server of that model that has so many seconds for a call, and another that talks.
  func worker(_ model: String = "bag-384", seconds: Int = 30, talking: ModelServer? = nil) throws -> Worker {
    var services = site.services
    services.model = talking ?? services.model
    services.embedding = try Self.server(model, sink, test, seconds: seconds)
    let mailer = Mailer(
      .maildir(Maildir(path: sink.folder.path + "/mail")), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    return Worker(try WorkBench(services, site.connection("heed_work"), mailer) { _, _ in }, features)
  }

  /// Lets a worker go on until something is so; what takes longer than any call may is a failure.
  func run(_ worker: Worker?, until isSo: () throws -> Bool) throws {
    let began = ContinuousClock.now
    while try !isSo() {
      let stands = try "\(sets()): \(runs().suffix(5))"
      try #require(ContinuousClock.now - began < .seconds(60), "\(stands)")
      try worker?.cycle(site.now)
      if try !isSo() { _ = worker?.bench.outbound.transfers.wait(milliseconds: 100) }
    }
  }

  /// A minute later, all that is due.
  func look() throws {
    site.pass(seconds: 61)
    try site.work()
  }

  /// The texts of each call so far.
  func sent() throws -> [[String]] {
    try sink.log().filter { $0["test"] as? String == test }.map { line in
      let body = try #require(line["body"] as? String)
      let object = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
      return object?["input"] as? [String] ?? []
    }
  }

  /// "outcome reason" of each run, in order: of one instant by which call in a row it was.
  func runs() throws -> [String] {
    try site.owner.rows(
      Query(
        column:
          "SELECT concat_ws(' ', outcome, nullif(reason, '')) FROM prompt_runs WHERE event = 'embedding' ORDER BY started_at, call, id")
    )
  }

  /// The first lines of what is kept, in order.
  func kept() throws -> String {
    try site.text("SELECT string_agg(content, ', ' ORDER BY content) FROM embeddings") ?? ""
  }

  func sets() throws -> String {
    try site.text("SELECT string_agg(concat_ws(' ', model, state, dimension), ', ' ORDER BY state, model) FROM embedding_sets") ?? ""
  }
}
