import Testing

@testable import App
@testable import Domain

/// What was so already is said to be so, and there is nothing to undo.
@Suite struct NothingNewTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  @Test(arguments: [("completion", "was done already"), ("archival", "was archived already")])
  func `a second press says that it was so, without Undo`(action: String, says: String) throws {
    let id = try ana.remind()
    let undo = "/reminders/\(id)/reopening"
    #expect(ana.post("/reminders/\(id)/\(action)").status == 303)
    let line = try ana.get("/reminders/\(id)").lastChange()
    #expect(line.contains(undo) && line.contains("Undo"))
    #expect(ana.post("/reminders/\(id)/\(action)").status == 303)
    let second = try ana.get("/reminders/\(id)").lastChange()
    #expect(second.contains(says) && !second.contains("Undo") && !second.contains(undo))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE subject = 'reminder'") == 2)
  }

  @Test func `on the timeline and at its second end, too`() throws {
    let id = try ana.remind()
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    for isFirst in [true, false] {
      #expect(ana.post("/escalations/\(escalation)/completion").status == 303)
      #expect(try ana.get("/escalations/\(escalation)").lastChange().contains("Undo") == isFirst)
    }
  }

  @Test func `rung while it rings it says so, and its timeline who rang it`() throws {
    let id = try ana.remind()
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    #expect(ana.get("/reminders/\(id)").text.contains("“Pay the rent” rings now."))
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    #expect(ana.get("/reminders/\(id)").text.contains("“Pay the rent” is ringing already; its timeline says that you rang it again."))
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    let timeline = ana.get("/escalations/\(escalation)").text
    #expect(timeline.contains("Ana rang it again.") && !timeline.contains("It was due again."))
    // Snoozed, it begins to ring by it.
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "2 hours"]).status == 303)
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    #expect(ana.get("/reminders/\(id)").text.contains("“Pay the rent” rings now."))
  }

  @Test func `an occurrence of the schedule is told as before`() throws {
    _ = try ana.remind(.interval(minutes: 10), .low)
    for _ in 0..<2 {
      site.pass(minutes: 10)
      try site.work()
    }
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    let timeline = ana.get("/escalations/\(escalation)").text
    #expect(timeline.contains("It was due again.") && !timeline.contains("rang it again"))
  }
}

extension Page {
  /// The line about the last change.
  fileprivate func lastChange() throws -> String {
    try text.components(separatedBy: "role=\"status\"").dropFirst().first.unwrapped.components(separatedBy: "</div>").first ?? ""
  }
}
