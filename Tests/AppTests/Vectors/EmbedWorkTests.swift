import Postgres
import Testing

@testable import App
@testable import Domain

/// Vectors of what a person allows, by a worker and a server that misbehaves: issue 14's hard cases 40 to 42 and 51.
@Suite struct EmbedWorkTests {
  @Test func `Hard case 42: one call for ten edits, anew what changed meanwhile, nothing of what was deleted`() throws {
    let embedding = try Embedding()
    let (site, ana) = (embedding.site, embedding.ana)
    let task = try ana.task(["title": "Paint the fence"])
    for number in 1...9 {
      site.pass(seconds: 5)
      try site.owner.run("UPDATE tasks SET notes = 'Coat x' || \(number)::text, updated_at = \(site.now) WHERE id = \(task)::text::uuid")
    }
    try site.work()
    #expect(try embedding.sent().isEmpty)
    try embedding.look()
    #expect(try embedding.sent() == [["passage: Paint the fence\n\nCoat x9"]] && embedding.runs() == ["taken"])
    #expect(try embedding.kept() == "Paint the fence\n\nCoat x9" && embedding.sets() == "bag-384 live 384")
    #expect(try site.text("SELECT octet_length(half) || ' ' || length(bits) FROM embeddings") == "768 384")
    // What is the same is not asked again.
    try site.owner.run("UPDATE tasks SET notes = notes || ' ', updated_at = \(site.now) WHERE id = \(task)::text::uuid")
    try site.owner.run(
      "UPDATE tasks SET notes = 'Coat x9', title = 'Paint the fence', updated_at = \(site.now) WHERE id = \(task)::text::uuid")
    try embedding.look()
    #expect(try embedding.sent().count == 1 && site.count("SELECT count(*) FROM embedding_jobs") == 0)
    // Two change while their call is under way: one is written anew, the other goes for good.
    let other = try ana.task(["title": "Mow the lawn"])
    try site.owner.run("UPDATE tasks SET title = 'Paint the wall', updated_at = \(site.now) WHERE id = \(task)::text::uuid")
    site.pass(seconds: 61)
    let worker = try embedding.worker()
    try embedding.run(worker) { worker.bench.outbound.transfers.count > 0 }
    try site.owner.run("UPDATE tasks SET title = 'Paint the door', updated_at = \(site.now) WHERE id = \(task)::text::uuid")
    try site.owner.run("DELETE FROM tasks WHERE id = \(other)::text::uuid")
    _ = try worker.runOnce { site.now }
    #expect(try embedding.kept() == "Paint the fence\n\nCoat x9")
    site.pass(seconds: 61)
    _ = try worker.runOnce { site.now }
    #expect(try embedding.kept() == "Paint the door\n\nCoat x9" && embedding.sent().count == 3)
    // That a thing has more than 64 pieces is said.
    try site.owner.run("UPDATE embeddings SET cut = true")
    #expect(ana.get("/settings/model").text.contains("1 thing is longer than 64 pieces"))
    // In the trash they stay, and are not found.
    #expect(ana.post("/tasks/\(task)/deletion").status == 303)
    #expect(try site.text("SELECT string_agg(trashed::text, ' ') FROM embeddings") == "true")
    try site.owner.run("DELETE FROM tasks")
    #expect(try site.count("SELECT count(*) FROM embeddings") == 0)
  }

  @Test func `Hard case 41: a server that misbehaves is asked again, waited for, and left alone in the end`() throws {
    let embedding = try Embedding()
    let (site, ana) = (embedding.site, embedding.ana)
    for title in ["Paint", "Mow", "Sand"] { _ = try ana.task(["title": title]) }
    // Each alone cannot be used, and is asked again at once; the order of the rows says nothing.
    try embedding.script("missing", "wrong", "shuffled")
    try embedding.look()
    #expect(try embedding.runs() == ["failed invalid_output", "failed invalid_output", "taken"])
    #expect(try embedding.kept() == "Mow, Paint, Sand")
    let nearest: String? = try site.text("SELECT count(DISTINCT half)::text FROM embeddings")
    #expect(nearest == "3" && ana.get("/settings/model").status == 200)
    // It hangs, and is asked again a minute later; asks for time, breaks, and comes back.
    try site.owner.run("DELETE FROM prompt_runs")
    _ = try ana.task(["title": "Rake"])
    try embedding.script("hang", "429@600", "500", "drop", "ok")
    site.pass(seconds: 61)
    _ = try embedding.worker(seconds: 1).runOnce { site.now }
    #expect(try embedding.runs() == ["failed timeout"] && site.count("SELECT count(*) FROM embeddings WHERE content = 'Rake'") == 0)
    try site.owner.run("DELETE FROM prompt_runs")
    try embedding.look()
    #expect(try embedding.runs() == ["failed status_429"])
    site.pass(seconds: 599)
    try site.work()
    #expect(try embedding.runs().count == 1)
    for (seconds, reason) in [(2, "failed status_500"), (250, "failed connection"), (490, "taken")] {
      site.pass(seconds: seconds)
      try site.work()
      #expect(try embedding.runs().last == reason)
    }
    #expect(try embedding.kept() == "Mow, Paint, Rake, Sand" && site.count("SELECT failures FROM embedding_servers") == 0)
    // What cannot be used three times in a row turns it off for a day, and the person is told once.
    try site.owner.run("DELETE FROM prompt_runs")
    _ = try ana.task(["title": "Wash"])
    try embedding.script("nan", "zero", "giant", "ok")
    try embedding.look()
    #expect(try embedding.runs() == Array(repeating: "failed invalid_output", count: 3))
    // Of 100 MB no more was read than an answer may have.
    #expect(try site.count("SELECT max(answer_bytes)::bigint FROM prompt_runs") <= VectorAnswer.limit)
    #expect(try site.text("SELECT kind || ' ' || words FROM notifications") == "job_failed vectors.embed")
    #expect(ana.get("/search?q=paint").status == 200 && ana.post("/search/sense", ["q": "paint"]).status == 404)
    site.pass(hours: 23)
    try site.work()
    #expect(try embedding.runs().count == 3)
    site.pass(hours: 2)
    try site.work()
    #expect(try embedding.runs().last == "taken" && embedding.kept().hasSuffix("Wash"))
    #expect(try site.text("SELECT sum(cost)::text || ' ' || bool_and(prompt_tokens > 0) FROM prompt_runs WHERE outcome = 'taken'") != nil)
  }

  @Test func `Hard case 41: a text that the server refuses holds up no other, and one that refuses everything is waited for`() throws {
    let embedding = try Embedding()
    let (site, ana) = (embedding.site, embedding.ana)
    var walrus = ""
    for title in ["Paint", "Weigh the walrus", "Mow", "Sand"] {
      let task = try ana.task(["title": title])
      if title.hasSuffix("walrus") { walrus = task }
      site.pass(seconds: 1)
    }
    try embedding.script("refuse:walrus")
    try embedding.look()
    // By halves: all, the first two, each of them, the others.
    #expect(try embedding.sent().map(\.count) == [4, 2, 1, 1, 2])
    #expect(try embedding.runs().sorted() == ["failed status_400", "failed status_400", "failed status_400", "taken", "taken"])
    #expect(try site.text("SELECT string_agg(content, ', ') FROM embeddings WHERE length(bits) = 0") == "Weigh the walrus")
    #expect(try embedding.kept() == "Mow, Paint, Sand, Weigh the walrus" && site.count("SELECT count(*) FROM embedding_jobs") == 0)
    let page = ana.get("/settings/model")
    #expect(page.text.contains("1 text was refused by the server.") && page.fact("vectors") == "3")
    #expect(try site.count("SELECT coalesce(max(failures), 0) FROM embedding_servers") == 0)
    // All is looked at again, and nothing of it asked; changed it is.
    try embedding.allow(["model": "task", "model": "goal"])
    try site.work()
    #expect(try embedding.sent().count == 5)
    try site.owner.run("UPDATE tasks SET title = 'Weigh the seal', updated_at = \(site.now) WHERE id = \(walrus)::text::uuid")
    try embedding.look()
    #expect(try embedding.sent().last == ["passage: Weigh the seal"] && !ana.get("/settings/model").text.contains("was refused"))
    // Alone, it is refused where the server takes a text of nobody's.
    _ = try ana.task(["title": "Feed the walrus"])
    try embedding.script("refuse:walrus@413")
    try embedding.look()
    #expect(try embedding.sent().suffix(2) == [["passage: Feed the walrus"], ["passage: Hello, there."]])
    #expect(try site.count("SELECT count(*) FROM embeddings WHERE length(bits) = 0") == 1)
    // A server that refuses that too is out of order: it is waited for, and nothing is marked.
    _ = try ana.task(["title": "Rake"])
    try embedding.script("422")
    try embedding.look()
    #expect(try embedding.sent().suffix(2) == [["passage: Rake"], ["passage: Hello, there."]])
    #expect(try site.count("SELECT failures FROM embedding_servers") == 1 && site.count("SELECT count(*) FROM embedding_jobs") == 1)
    #expect(try site.count("SELECT count(*) FROM embeddings WHERE length(bits) = 0") == 1)
    try embedding.script("ok")
    try embedding.look()
    #expect(try site.count("SELECT count(*) FROM embedding_jobs") == 0 && embedding.sent().last == ["passage: Rake"])
  }

  @Test func `Hard case 40: another model is made beside the old one, goes on after a death, and is left for the old again`() throws {
    let embedding = try Embedding()
    let (site, ana) = (embedding.site, embedding.ana)
    try site.owner.run(
      """
      INSERT INTO tasks (id, user_id, title, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'Note ' || n, \(site.now), \(site.now) FROM generate_series(1, 150) n
      """)
    // Hard case 41: one of 64 is missing, so none is used, and all are asked for again.
    try embedding.script("missing", "ok")
    try embedding.look()
    #expect(try embedding.sets() == "bag-384 live 384" && embedding.sent().map(\.count) == [64, 64, 64, 22])
    #expect(try embedding.runs().sorted() == ["failed invalid_output", "taken", "taken", "taken"])
    let first: [String] = try site.owner.rows(Query(column: "SELECT content || encode(half, 'hex') FROM embeddings ORDER BY content"))
    // Another model; its worker dies with the second batch on its way.
    var other: Worker? = try embedding.worker("bag-1536")
    try embedding.run(other) { try site.count("SELECT count(*) FROM embeddings") >= 214 }
    try embedding.run(other) { other?.bench.outbound.transfers.count != 0 }
    other = nil
    #expect(try embedding.sets() == "bag-1536 building 1536, bag-384 live 384")
    // Search goes on with the old one meanwhile, and is whole.
    let known = ID<SenseQuestion>.new(at: site.now)
    try site.owner.run(
      """
      INSERT INTO query_vectors (id, user_id, set_id, sha256, words, half, state, at)
      SELECT \(known), e.user_id, e.set_id, sha256('known'), NULL, e.half, 'answered', \(site.now) FROM embeddings e
      JOIN embedding_sets s ON s.id = e.set_id WHERE s.state = 'live' AND e.content = 'Note 7'
      """)
    let whole = ana.get("/search?q=known&sense=\(known.text)")
    let seventh: String? = try site.text("SELECT 'task:' || id FROM tasks WHERE title = 'Note 7'")
    #expect(whole.facts("hit").count == 50 && whole.facts("hit").first == seventh && whole.facts("match").first == "sense")
    #expect(ana.get("/settings/model").fact("vector-search") == "exact")
    let asked = ana.post("/search/sense", ["q": "note 7"])
    #expect(asked.status == 303)
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    _ = try embedding.worker("bag-1536").runOnce { site.now }
    #expect(try embedding.sets() == "bag-1536 live 1536")
    #expect(try site.text("SELECT count(*) || ' ' || min(length(bits)) FROM embeddings") == "150 1536")
    // What was asked of the old one says that nothing answered, and can be asked again.
    let place = try asked.location.unwrapped
    let old = ana.get(place)
    #expect(old.status == 200 && old.text.contains("did not answer") && old.field("q", ofForm: "/search/sense") == "note 7")
    let again = ana.post("/search/sense", ["q": "note 7"])
    #expect(again.status == 303 && again.location != place && ana.get(place).status == 200)
    #expect(try embedding.runs().contains("failed interrupted"))
    // Back in the middle of the way: what was begun goes, the live one stays as it was.
    other = try embedding.worker("bag-384")
    try embedding.run(other) { try embedding.sets().contains("bag-384 building") && site.count("SELECT count(*) FROM embeddings") >= 214 }
    other = nil
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    _ = try embedding.worker("bag-1536").runOnce { site.now }
    #expect(try embedding.sets() == "bag-1536 live 1536" && site.count("SELECT count(*) FROM embeddings") == 150)
    // And all the way back: the same vectors as at first.
    _ = try embedding.worker("bag-384").runOnce { site.now }
    #expect(try embedding.sets() == "bag-384 live 384")
    let last: [String] = try site.owner.rows(Query(column: "SELECT content || encode(half, 'hex') FROM embeddings ORDER BY content"))
    #expect(last == first)
  }

  @Test func `Hard case 51: what is switched off is deleted, and nothing private is ever sent`() throws {
    let embedding = try Embedding(kinds: ["model": "task", "model": "person"])
    let (site, ana) = (embedding.site, embedding.ana)
    let task = try ana.task(["title": "Paint"])
    _ = try ana.task(["title": "Hidden heron", "private": "on"])
    _ = try ana.goal(["title": "Hidden walrus"])
    #expect(ana.post("/people", ["name": "Bia", "email": "bia@secret.test", "company": "Umbrella"]).status == 303)
    try embedding.look()
    #expect(try embedding.kept() == "Bia\n\nUmbrella, Paint")
    #expect(try site.text("SELECT kinds::text FROM prompt_runs") == "{task,person}")
    // Private from now on; no longer so.
    try site.owner.run("UPDATE tasks SET private = true WHERE id = \(task)::text::uuid")
    #expect(try embedding.kept() == "Bia\n\nUmbrella")
    try site.owner.run("UPDATE tasks SET private = false, updated_at = \(site.now) WHERE id = \(task)::text::uuid")
    try embedding.look()
    #expect(try embedding.kept() == "Bia\n\nUmbrella, Paint")
    // People off: their vectors go at once, and no call is made.
    let calls = try embedding.sent().count
    try embedding.allow(["model": "task"])
    try site.work()
    #expect(try embedding.kept() == "Paint" && embedding.sent().count == calls)
    try embedding.allow([:])
    try site.work()
    for table in ["embeddings", "embedding_sets", "embedding_jobs"] as [Columns] {
      #expect(try site.count("SELECT count(*) FROM \(table)") == 0)
    }
    _ = try ana.task(["title": "After"])
    try embedding.look()
    let all = try embedding.sent().joined().joined(separator: "\n")
    #expect(try embedding.sent().count == calls && !all.contains("Hidden") && !all.contains("secret.test") && !all.contains("After"))
    #expect(ana.post("/search/sense", ["q": "paint"]).status == 404)
  }
}
