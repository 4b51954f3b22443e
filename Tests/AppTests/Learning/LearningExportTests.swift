import Domain
import Foundation
import Postgres
import Testing
import Web

@testable import App

@Suite("What was learnt, as lines of JSON")
struct LearningExportTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
    try desk.owner.source([
      "title": "Delivery", "url": "https://shop.example/delivery", "text": "# Delivery\n\nWe deliver within three days.",
    ])
  }

  /// - Parameter least: as many are waited for: a transaction of another database of the cluster holds them back as well.
  private func lines(since cursor: String? = nil, as browser: Browser? = nil, atLeast least: Int = 0) -> [String] {
    for _ in 0..<500 {
      let page = (browser ?? desk.owner).get("/learning/export.jsonl" + (cursor.map { "?since=\($0)" } ?? ""))
      #expect(page.status == 200, "\(page.text)")
      let found = page.text.split(separator: "\n").map { String($0) }
      if found.count >= least { return found }
      usleep(20_000)
    }
    return []
  }

  private func member(_ line: String, _ name: String) -> String? {
    let value = JSONValue(Array(line.utf8))?[name]
    return value?.text ?? value?.number
  }

  /// A sample more, of the draft that was rejected.
  private static let another: SQL = """
    INSERT INTO learning_samples (id, account_id, draft_id, conversation_id, created_at, action, reason)
    SELECT gen_random_uuid(), account_id, draft_id, conversation_id, created_at, 'reject', 'tone' FROM learning_samples ORDER BY tx, id LIMIT 1
    """

  private func reject(_ question: String = "How long does delivery take?", in conversation: String = "c1") throws {
    let id = try desk.write(question, in: conversation)
    let draft = try desk.draft(id)
    let fields: KeyValuePairs = ["version": desk.fields(draft).version, "nonce": "r" + draft, "reason": "tone"]
    #expect(desk.owner.post("/drafts/\(draft)/rejection", fields).status == 303)
  }

  private func send(_ question: String, _ text: String? = nil, in conversation: String) throws {
    let id = try desk.write(question, in: conversation)
    #expect(desk.approve(try desk.draft(id), text).status == 303)
    site.pass(seconds: 31)
    try site.work()
  }

  @Test func `An approval, an edit and a rejection each have their members`() throws {
    try send("How long does delivery take?", in: "c1")
    try send("And how long does delivery take?", "Three days, at most.", in: "c2")
    try reject("How long will delivery take?", in: "c3")
    // What models wrote was once stored without a reason.
    try site.owner.run("UPDATE drafts SET fallback = NULL WHERE action = 'edit'")
    let page = desk.owner.get("/learning/export.jsonl")
    #expect(page.header("Content-Type") == "application/jsonl")
    let all = lines(atLeast: 3)
    #expect(all.map { member($0, "action") } == ["approve", "edit", "reject"])
    let values = try all.map { try JSONValue(Array($0.utf8)).unwrapped }
    for value in values {
      for name in ["id", "cursor", "created_at", "model", "language", "channel", "draft", "conversation"] {
        #expect(value[name]?.text?.utf8.isEmpty == false, "\(name)")
      }
      #expect(value["prompt"]?.elements.last?["role"]?.text == "user")
      #expect(value["prompt"]?.elements.last?["content"]?.text?.contains("delivery take?") == true)
      #expect(value["sources"]?.elements.first?["title"]?.text == "Delivery")
      #expect(value["fallback"]?.text == "none")
    }
    #expect(all[0].contains(#""label":true"#) && all[0].contains(#""completion":""#) && all[0].contains(#""distance":0.000000"#))
    #expect(values[1]["chosen"]?.text == "Three days, at most.")
    #expect(!all[1].contains("\"label\""))
    #expect(all[2].contains(#""label":false,"reason":"tone""#))
  }

  @Test func `Hard case 18: what tells who somebody is is a mark, order numbers stay, and the changes replay over the marks`() throws {
    try send(
      "Order 20261234, where is it? Ask ana.maria@customer.example or +55 11 98765-4321, CPF 529.982.247-25, card 4111 1111 1111 1111.",
      "We write to ana.maria@customer.example and to bia@customer.example about order 20261234.", in: "c1")
    let line = try lines(atLeast: 1).first.unwrapped
    for text in ["ana.maria@", "bia@", "98765-4321", "529.982", "4111 1111"] { #expect(!line.contains(text), "\(text)") }
    #expect(line.contains("[email]") && line.contains("[email 2]") && line.contains("[phone]") && line.contains("[cpf]"))
    #expect(line.contains("20261234"))
    let start = try line.range(of: "\"diff\":").unwrapped
    let diff = try StoredDiff(json: String(line[start.upperBound...].dropLast()))
    let made = try diff.applied(to: try member(line, "rejected").unwrapped) { Keys.sha256($0) }
    #expect(made == member(line, "chosen"))
  }

  @Test func `Hard case 18: a transaction that began earlier and ends later is overtaken by none`() throws {
    try reject()
    let first = try lines(atLeast: 1).last.unwrapped
    let (one, two) = (try site.connection("heed_owner"), try site.connection("heed_owner"))
    var seen = [first]
    let cursor = try member(first, "cursor").unwrapped
    try one.transaction {
      try one.run(LearningExportTests.another)
      try two.run(LearningExportTests.another)
      // The second has ended, and may not be given out: the first would be missed.
      #expect(lines(since: cursor).isEmpty)
    }
    let rest = lines(since: cursor, atLeast: 2)
    #expect(rest.count == 2)
    seen += rest
    #expect(Set(seen.map { member($0, "id") }).count == 3)
    #expect(lines(since: try member(rest[1], "cursor").unwrapped).isEmpty)
    // Resumed between the two, which may be of one microsecond.
    #expect(lines(since: try member(rest[0], "cursor").unwrapped) == [rest[1]])
  }

  @Test func `Hard case 18: an export that goes on while decisions are made gives each out once`() throws {
    try reject()
    var (seen, cursor): ([String?], String?) = ([], nil)
    let writers = try (0..<4).map { _ in try site.connection("heed_owner") }
    for round in 0..<12 {
      // Some overlap, some do not.
      if round % 3 == 0 {
        try writers[0].transaction {
          try writers[0].run(LearningExportTests.another)
          try writers[1].run(LearningExportTests.another)
          for line in lines(since: cursor) { (cursor, _) = (member(line, "cursor"), seen.append(member(line, "id"))) }
        }
      } else {
        try writers[round % 4].run(LearningExportTests.another)
      }
      for line in lines(since: cursor) { (cursor, _) = (member(line, "cursor"), seen.append(member(line, "id"))) }
    }
    let count = try site.count("SELECT count(*) FROM learning_samples")
    for line in lines(since: cursor, atLeast: count - seen.count) { seen.append(member(line, "id")) }
    #expect(seen.count == count && Set(seen).count == count)
  }

  @Test func `A cursor that is none is refused, and only who runs the account reads it`() throws {
    try reject()
    for cursor in [
      "x", "1", "1.", ".0193", "-1.00000000-0000-7000-8000-000000000000", "99999999999999999999999.00000000-0000-7000-8000-000000000000",
    ] {
      #expect(desk.owner.get("/learning/export.jsonl?since=\(cursor)").status == 422, "\(cursor)")
    }
    #expect(lines(since: "1.00000000-0000-7000-8000-000000000000", atLeast: 1).count == 1)
    #expect(lines(as: try desk.member("admin@x.test", .admin)).count == 1)
    for role in [Role.agent, .viewer] {
      #expect(try desk.member("\(role.rawValue)@x.test", role).get("/learning/export.jsonl").status == 403)
    }
    #expect(lines(as: try site.person("eve@x.test")).isEmpty)
  }

  @Test func `Every night what is new is counted`() throws {
    try reject()
    #expect(desk.owner.post("/jobs", ["type": "corrections_sync"]).status == 303)
    try site.work()
    let metrics: SQL = """
      SELECT string_agg(concat_ws(' ', state, metrics->>'samples', metrics->>'reject'), ', ' ORDER BY id) FROM jobs WHERE kind = 'corrections_sync'
      """
    #expect(try site.text(metrics) == "done 1 1")
    site.pass(hours: 24)
    try site.owner.run(LearningExportTests.another)
    try site.work()
    try site.work()
    #expect(try site.text(metrics) == "done 1 1, done 1 1")
  }
}
