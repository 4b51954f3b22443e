import Domain
import Postgres
import TestSupport
import Testing

@testable import App

/// Proposals of the assistant: how they are made, shown, accepted and refused (RULES 9.33, 9.34; issue 14's hard cases 47 and 48). Monday 4 January
/// 2027, 09:00 in New York.
@Suite struct ProposalTests {
  private let site: Site
  private let ana: Browser
  private let assistant: Proposing

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T14:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
    assistant = try Proposing(ana)
  }

  private func state(_ proposal: String) throws -> String? {
    try site.text("SELECT state FROM proposals WHERE id = \(proposal)::text::uuid")
  }

  private func field(_ proposal: String, _ name: String) throws -> String? {
    try site.text(
      """
      SELECT f.x ->> 1 FROM proposals p, jsonb_array_elements(p.fields) AS f (x) WHERE p.id = \(proposal)::text::uuid AND f.x ->> 0 = \(name)
      """)
  }

  private func accept(_ proposal: String, _ fields: KeyValuePairs<String, String> = [:]) -> Page {
    ana.post("/proposals/\(proposal)/acceptance", fields)
  }

  /// A detail of the newest entry of the audit log about what was done.
  private func logged(_ action: String, _ name: String) throws -> String? {
    try site.text("SELECT payload::jsonb ->> \(name) FROM audit_log WHERE action = \(action) ORDER BY number DESC LIMIT 1")
  }

  @Test func `Hard case 47: what cannot be proposed is refused in words, and the same is proposed once`() throws {
    let task = try ana.task(["title": "Buy milk"])
    let given = Proposing.Given(kind: "task", id: task)
    let note = Proposing.Given(kind: "event", id: task, title: "From a feed", isForeign: true)
    let pills = Proposing.Given(kind: "reminder", id: try ana.remind(["title": "Take pills", "at": "2027-01-04T20:00"]))
    typealias Wrong = (ProposalAction, ProposedKind, [(String, String)], Proposing.Given?, [Proposing.Given], ProposalComplaint)
    let other = "0192f000-0000-7000-8000-000000000000"
    let refused: [Wrong] = [
      (.update, .task, [("title", "Milk")], given, [], .notGiven),
      (.update, .goal, [("title", "Milk")], given, [given], .notGiven),
      (.create, .task, [("title", "Milk"), ("parent", other)], nil, [given], .notGiven),
      (.link, .link, [("from", "task:\(task)"), ("to", "task:\(other)"), ("type", "blocks")], nil, [given], .notGiven),
      (.delete, .task, [], given, [given, note], .foreignDeletion),
      (.delete, .reminder, [], pills, [pills], .cannot),
      (.snooze, .task, [("until", "friday")], given, [given], .cannot),
      (.update, .task, [], given, [given], .empty),
      (.create, .task, [("title", "x"), ("notes", String(repeating: "n", count: 30_000))], nil, [], .tooLong),
    ]
    for (action, kind, fields, thing, read, complaint) in refused {
      let result = try assistant.result(action, kind, fields, of: thing, read: read)
      #expect(result == .failure(complaint), "\(action) \(kind)")
    }
    let badFields: [(ProposalAction, ProposedKind, [(String, String)], String)] = [
      (.create, .task, [("title", "Pay"), ("due", "2027-02-30")], "due"), (.create, .task, [], "title"),
      (.create, .event, [("title", "Dinner"), ("starts", "never")], "starts"),
      (.create, .person, [("name", "Bo"), ("email", "no")], "email"),
      (.update, .task, [("priority", "9")], "priority"), (.status, .task, [("status", "explode")], "status"),
      (.status, .task, [("status", "deferral"), ("until", "yesterday")], "until"),
    ]
    for (action, kind, fields, name) in badFields {
      let result = try assistant.result(action, kind, fields, of: action.needsThing ? given : nil, read: [given])
      guard case .failure(.wrong(let said)) = result else {
        Issue.record("\(fields) was taken")
        continue
      }
      #expect(said.contains { $0.hasPrefix(name + ": ") }, "\(said)")
    }
    #expect(try site.count("SELECT count(*) FROM proposals") == 0)

    let first = try assistant.propose(.create, .task, [("title", "Call Bo"), ("due", "tomorrow at 9")])
    #expect(try assistant.propose(.create, .task, [("due", "tomorrow at 9"), ("title", "Call Bo")], number: 2) == first)
    #expect(try field(first, "due") == "2027-01-05 09:00", "words mean what they meant when it was proposed")
    for number in 2...10 { try assistant.propose(.create, .task, [("title", "Task \(number)")]) }
    #expect(try assistant.result(.create, .task, [("title", "The eleventh")]) == .failure(.fullAnswer))
    for number in 11...20 { try assistant.propose(.create, .task, [("title", "Task \(number)")], number: 2) }
    #expect(try assistant.result(.create, .task, [("title", "The 21st")], number: 3) == .failure(.fullChat))
    for talk in 2...4 {
      site.pass(seconds: 1)
      let more = try Proposing(ana)
      for number in 1...10 { try more.propose(.create, .task, [("title", "Of \(talk), \(number)")]) }
    }
    site.pass(seconds: 1)
    #expect(try Proposing(ana).result(.create, .task, [("title", "The 51st")]) == .failure(.full))
    #expect(ana.get("/proposals").text.contains("50 to decide"))
    // After their week they make room, whether a worker has come by or not.
    site.pass(hours: 24 * 7)
    #expect(throws: Never.self) { try Proposing(ana).propose(.create, .task, [("title", "The 51st")]) }
    #expect(try site.count("SELECT count(*) FROM proposals WHERE state = 'ended'") == 50)
  }

  @Test func `Hard case 47: a proposal is the form filled in, accepted once as the person, within its week`() throws {
    #expect(ana.get("/proposals").text.contains("Nothing to decide"))
    let plain = try assistant.propose(.create, .task, [("title", "Call Bo"), ("due", "2027-01-08"), ("private", "true")])
    let list = ana.get("/proposals")
    #expect(list.fact("state") == "open" && list.fact("action") == "create" && list.fact("foreign") == "false")
    #expect(list.text.contains("Call Bo") && list.text.contains("It was asked for") && list.text.contains("75 %"))
    #expect(ana.get("/").text.contains("1 to decide"))
    let page = ana.get("/proposals/\(plain)")
    #expect(page.status == 200 && page.shows("title", "Call Bo", in: plain))
    #expect(page.shows("due", "2027-01-08", in: plain))

    // Nothing sent: as proposed.
    let accepted = accept(plain)
    #expect(accepted.status == 303 && accepted.location?.hasPrefix("/tasks/") == true)
    #expect(ana.get(accepted.location ?? "").text.contains("“Call Bo” is written down."))
    #expect(try site.count("SELECT count(*) FROM tasks WHERE title = 'Call Bo' AND due = '2027-01-08' AND private") == 1)
    #expect(try state(plain) == "accepted")
    #expect(
      try site.text("SELECT actor || ' ' || (actor_id = \(ana.user))::text FROM audit_log WHERE action = 'task.made'") == "assistant true")
    #expect(try logged("task.made", "confidence") == "0.75" && logged("task.made", "intent") == "To get it done")
    #expect(try logged("task.made", "reasoning") == "It was asked for" && logged("task.made", "proposal") == plain)
    let twice = accept(plain)
    #expect(twice.status == 409 && twice.text.contains("This was accepted already.") && twice.fact("state") == "accepted")
    #expect(ana.get("/proposals/\(plain)").text.contains("This was accepted already."))
    #expect(ana.post("/proposals/\(plain)/refusal").status == 409)

    // Changed before accepting; what is not sent stays as proposed.
    let other = try assistant.propose(.create, .task, [("title", "Call Cy"), ("priority", "2")])
    let invalid = accept(other, ["due": "2027-02-30"])
    #expect(invalid.status == 422 && invalid.complaints.contains("due") && invalid.form("/proposals/\(other)/acceptance") != nil)
    #expect(try invalid.shows("title", "Call Cy", in: other) && invalid.shows("due", "2027-02-30", in: other) && state(other) == "open")
    #expect(accept(other, ["title": "Call Cyd"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE title = 'Call Cyd' AND priority = 2") == 1)
    #expect(try state(other) == "changed" && logged("task.made", "proposal_changed") == "title")
    site.pass(seconds: 1)
    // A browser says that it sends all of the form: a box that is missing was taken out.
    let boxed = try assistant.propose(.create, .task, [("title", "Hide"), ("private", "on")])
    #expect(ana.get("/proposals/\(boxed)").field("whole", ofForm: "/proposals/\(boxed)/acceptance") == "on")
    #expect(accept(boxed, ["whole": "on", "title": "Hide"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE title = 'Hide' AND NOT private") == 1)
    #expect(try state(boxed) == "changed")
    // A browser sends the days of its repetition too, though nothing repeats.
    #expect(try logged("task.made", "proposal_changed")?.hasSuffix("private") == true)

    // Somebody else's is missing, and so is what never was.
    let eve = try site.person("eve@x.test")
    let late = try assistant.propose(.create, .task, [("title", "Late")])
    for path in ["/proposals/\(late)", "/proposals/\(plain)"] { #expect(eve.get(path).status == 404) }
    for answer in ["acceptance", "refusal"] { #expect(eve.post("/proposals/\(late)/\(answer)", ["title": ""]).status == 404) }
    #expect(ana.get("/proposals?state=nonsense").status == 422)

    let unwanted = try assistant.propose(.create, .task, [("title", "Unwanted")])
    let refused = ana.post("/proposals/\(unwanted)/refusal")
    #expect(refused.location == "/proposals" && ana.get("/proposals").text.contains("Refused. Nothing was changed."))
    #expect(try state(unwanted) == "refused" && logged("proposal.refused", "title") == "Unwanted")
    #expect(ana.get("/proposals?state=refused").text.contains("Unwanted"))

    let week = try assistant.propose(.create, .task, [("title", "In a week")])
    site.pass(hours: 24 * 7 - 1)
    #expect(ana.get("/proposals/\(week)").status == 200 && ana.get("/proposals").text.contains("In a week"))
    site.pass(hours: 1)
    let over = accept(week)
    #expect(over.status == 409 && over.fact("state") == "ended" && !ana.get("/proposals").text.contains("In a week"))
    #expect(ana.get("/proposals?state=ended").text.contains("In a week"))
    let work = try site.connection("heed_work")
    for retention in features.flatMap(\.retention) where retention.noun.hasPrefix("proposals") {
      try work.run(retention.deletion(site.now.advanced(seconds: 1), site.services))
    }
    #expect(try state(week) == "ended" && state(plain) == "accepted")
    for retention in features.flatMap(\.retention) where retention.noun.hasPrefix("proposals") {
      try work.run(retention.deletion(site.now.advanced(days: 90), site.services))
    }
    #expect(try site.count("SELECT count(*) FROM proposals") == 0)
  }
}
