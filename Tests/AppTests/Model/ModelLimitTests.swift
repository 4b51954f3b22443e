import Net
import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// When the model is not asked, or no longer (hard case 21).
@Suite struct ModelLimitTests {
  private static let good = ModelAsking.saying("14 days of “Read”.")
  private static let said = "“14 days of “Read”.”"

  @Test func `without a server nothing is asked and nothing is noted`() throws {
    let asking = try ModelAsking()
    #expect(try asking.asked(nil) == "off")
    #expect(try asking.runs().isEmpty)
  }

  @Test func `hard case 21: the call after the last of a date is not made, the person is told once, and the next date is another`() throws {
    let asking = try ModelAsking()
    let server = try asking.server([Self.good], daily: 2)
    let said = try (1...4).map { _ in try asking.asked(server) }
    #expect(said == [Self.said, Self.said, "limit(isNews: true)", "limit(isNews: false)"])
    #expect(try asking.requests().count == 2)
    // By the person's date, not by the clock.
    #expect(try asking.asked(server, on: Day(20_779)) == Self.said)
    #expect(try asking.requests().count == 3)
  }

  @Test func `retries count, and end where the calls do`() throws {
    let asking = try ModelAsking()
    #expect(try asking.asked(asking.server(["500"], daily: 2)) == "limit(isNews: true)")
    #expect(try asking.runs() == ["1 failed status_500", "2 failed status_500"])
  }

  @Test func `two workers together allow no more than one does`() throws {
    let asking = try ModelAsking()
    let (one, other) = (try asking.site.connection("heed_work"), try asking.site.connection("heed_work"))
    var taken: [Bool] = []
    for db in [one, other, one, other, one] { taken.append(try ModelLimit.take(asking.ana.user, on: Day(20_778), of: 3, db)) }
    #expect(taken == [true, true, true, false, false])
    #expect(try asking.site.count("SELECT calls FROM model_days") == 3)
  }

  @Test func `hard case 21: after five failures in a row no worker asks for five minutes, then one tries`() throws {
    let asking = try ModelAsking()
    let server = try asking.server(["500", "500", "500", "500", "500", "500", Self.good])
    #expect(try asking.asked(server) == "failed(\"status_500\")")
    // The second job fails twice, and makes no third call. Each has a worker of its own.
    #expect(try asking.asked(server) == "paused")
    #expect(try asking.asked(server) == "paused")
    #expect(try asking.requests().count == 5)
    #expect(asking.logged.count { $0.hasPrefix("model.paused") } == 1)
    #expect(asking.logged.contains { $0.contains("status_500") && $0.contains("2026-11-21T09:05:00Z") })
    asking.site.pass(minutes: 4, seconds: 59)
    #expect(try asking.asked(server) == "paused")
    asking.site.pass(seconds: 1)
    #expect(try asking.asked(server) == "paused")
    #expect(try asking.requests().count == 6)
    asking.site.pass(minutes: 5)
    #expect(try asking.asked(server) == Self.said)
    #expect(try asking.asked(server) == Self.said)
    #expect(asking.logged.count { $0.hasPrefix("model.paused") } == 2)
    #expect(try asking.site.count("SELECT in_a_row FROM model_servers") == 0)
  }

  @Test func `while one call tries a server that was paused, others go without`() throws {
    let asking = try ModelAsking()
    let server = try asking.server([Self.good])
    let db = try asking.site.connection("heed_work")
    for _ in 1...5 { _ = try ModelPause.failed(server.endpoint.host, at: asking.site.now, db) }
    asking.site.pass(minutes: 5)
    #expect(try ModelPause.mayCall(server, at: asking.site.now, db))
    #expect(try !ModelPause.mayCall(server, at: asking.site.now, db))
    // Its worker may have died.
    asking.site.pass(seconds: server.seconds)
    #expect(try ModelPause.mayCall(server, at: asking.site.now, db))
  }

  @Test func `an answer that could be read ends the row of failures, whatever was in it`() throws {
    let asking = try ModelAsking()
    let server = try asking.server(["500", "500", "500", "500", ModelAsking.saying("41 days of “Read”."), "500"])
    let said = try (1...3).map { _ in try asking.asked(server) }
    #expect(said == ["failed(\"status_500\")", "failed(\"number\")", "failed(\"status_500\")"])
    #expect(try asking.site.count("SELECT in_a_row FROM model_servers") == 3)
  }

  @Test func `hard case 21: a worker killed while asking leaves one answer, by the next`() throws {
    let asking = try ModelAsking(sharing: Sink("model_sink.py"))
    let server = try asking.server(["hang", Self.good])
    try asking.ask()
    var first: Worker? = try asking.worker(server)
    while try asking.requests().isEmpty {
      try first?.cycle(asking.site.now)
      _ = first?.bench.outbound.transfers.wait(milliseconds: 20)
    }
    first = nil
    try asking.site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    _ = try asking.worker(server).runOnce { asking.site.now }
    #expect(asking.outcomes == [Self.said])
    #expect(try asking.runs() == ["1 failed interrupted", "2 taken"])
    #expect(try asking.site.count("SELECT calls FROM model_days") == 2)
    // Its end says nothing about the server.
    #expect(try asking.site.count("SELECT count(*) FROM model_servers WHERE in_a_row > 0") == 0)
  }

  @Test func `hard case 17: reminders fire and mail leaves while a server hangs`() throws {
    let asking = try ModelAsking()
    _ = try asking.ana.remind(nil)
    try asking.ask()
    let worker = try asking.worker(asking.server(["hang"], seconds: 1))
    while worker.bench.outbound.transfers.count == 0 { try worker.cycle(asking.site.now) }
    asking.site.pass(hours: 1)
    while worker.bench.tally.sent == 0 { try worker.cycle(asking.site.now) }
    #expect(worker.bench.tally.fired == 1 && asking.outcomes.isEmpty)
    _ = try worker.runOnce { asking.site.now }
    #expect(asking.outcomes == ["failed(\"timeout\")"])
  }

  @Test func `runs are kept for 90 days`() throws {
    let asking = try ModelAsking()
    _ = try asking.asked(asking.server([Self.good]))
    for (days, left) in [(89, 1), (2, 0)] {
      asking.site.pass(hours: 24 * days)
      _ = try asking.worker(nil).runOnce { asking.site.now }
      #expect(try asking.site.count("SELECT count(*) FROM prompt_runs") == left)
      #expect(try asking.site.count("SELECT count(*) FROM model_days") == left)
    }
  }
}
