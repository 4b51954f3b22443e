import Foundation
import Net
import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// Jobs that need the network: steps between transfers, to a real server.
@Suite struct JobTransferTests {
  private let site: Site
  private let sink: Sink

  init() throws {
    site = try Site()
    sink = try Sink("http_sink.py")
  }

  /// Fetches three pages, one after the other.
  private func fetching(_ path: String = "/slow") -> Feature {
    let address = "http://127.0.0.1:\(sink.port)\(path)"
    return Feature(jobs: [
      JobKind("fetch") { run, _, _ in
        if let answer = run.answer {
          guard case .response(let response) = answer, response.status == 200 else { throw PostgresError.value("\(answer)") }
          run.count("bytes", response.body.count)
          (run.done, run.total, run.place) = (run.done + 1, 3, "\(run.done + 1)")
        }
        return run.done == 3 ? .done : .transfer(try HTTPRequest(.get, "\(address)?page=\(run.done)"))
      }
    ])
  }

  /// One that may dial this machine.
  private func worker(_ feature: Feature, isOpen: Bool = true) throws -> Worker {
    let opened = isOpen ? [try AddressRange("127.0.0.0/8").unwrapped] : []
    let services = Services(
      origin: site.services.origin, secret: Site.secret, zones: site.services.zones, assets: Assets(folder: nil),
      addresses: AddressGuard(opening: opened))
    let mailer = Mailer(
      .maildir(Maildir(path: sink.folder.path + "/mail")), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    return Worker(try WorkBench(services, site.connection("heed_work"), mailer) { _, _ in }, features + [feature])
  }

  private func job(_ columns: Columns) throws -> String? {
    try site.text("SELECT concat_ws(' ', \(columns)) FROM jobs WHERE kind = 'fetch'")
  }
  private func pages() throws -> [String] { try sink.log().compactMap { $0["path"] as? String } }

  @Test func `other work is done while a transfer is under way`() throws {
    let ana = try site.person("ana@x.test")
    _ = try ana.remind(nil)
    try site.owner.run(Job.asking(for: "fetch", now: site.now))
    let worker = try worker(fetching())
    while worker.bench.outbound.transfers.count == 0 { try worker.cycle(site.now) }
    site.pass(hours: 1)
    while worker.bench.tally.sent == 0 { try worker.cycle(site.now) }
    // The first page takes a second to come.
    #expect(worker.bench.tally.fired == 1)
    #expect(try job("state, done") == "running 0")
    _ = try worker.runOnce { site.now }
    #expect(try job("state, done, total, attempts, metrics->>'steps', metrics->>'bytes'") == "done 3 3 1 4 12")
    #expect(try pages() == ["/slow?page=0", "/slow?page=1", "/slow?page=2"])
  }

  @Test func `killed between two steps it goes on, and asks again for what it has no answer to`() throws {
    try site.owner.run(Job.asking(for: "fetch", now: site.now))
    var first: Worker? = try worker(fetching())
    while try job("done") != "1" {
      try first?.cycle(site.now)
      _ = first?.bench.outbound.transfers.wait(milliseconds: 50)
    }
    // The request for the second page is on its way.
    while try pages().count < 2 { _ = first?.bench.outbound.transfers.wait(milliseconds: 20) }
    first = nil
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    _ = try worker(fetching()).runOnce { site.now }
    #expect(try job("state, done, attempts, metrics->>'bytes'") == "done 3 2 12")
    #expect(try pages() == ["/slow?page=0", "/slow?page=1", "/slow?page=1", "/slow?page=2"])
  }

  @Test func `a worker that ends gives back a job whose answer it does not wait for`() throws {
    try site.owner.run(Job.asking(for: "fetch", now: site.now))
    let worker = try worker(fetching("/hang"))
    try worker.run({ site.now }, longest: 1) { worker.bench.outbound.transfers.count > 0 }
    #expect(try job("state, done, failures") == "pending 0 0")
  }

  @Test func `an address that the guard refuses is an error of the job, and is tried again`() throws {
    try site.owner.run(Job.asking(for: "fetch", now: site.now))
    _ = try worker(fetching(), isOpen: false).runOnce { site.now }
    #expect(try job("state, done, failures") == "pending 0 1")
    #expect(try job("error").unwrapped.contains("loopback"))
    #expect(try pages().isEmpty)
  }
}
