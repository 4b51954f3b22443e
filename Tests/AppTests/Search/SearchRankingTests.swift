import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// The list of what search finds (RULES 9.44). Monday 4 January 2027, noon in São Paulo.
@Suite struct SearchRankingTests {
  private let site: Site
  private let ana: Browser

  private struct Kept: Sendable {
    let site: Site.Kept
    let ana: Browser.Kept
  }

  private static let kept = Result<Kept, any Error> {
    let site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    let ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
    for (title, notes) in [
      ("Paint the kitchen", "White. Ask Ana Souza about the 🎉 party <b>there</b> & then."), ("Party 🎉 for Ana", ""),
      ("שלום עולם", "مرحبا"), ("Anaconda", ""), ("Zebra", "The painter is Bia."),
    ] {
      _ = try ana.task(["title": title, "notes": notes])
      site.pass(minutes: 1)
    }
    return Kept(site: try site.keep(), ana: ana.kept)
  }

  init() throws {
    let kept = try Self.kept.get()
    site = try Site(copying: kept.site)
    ana = Browser(site, kept.ana)
  }

  private func search(_ query: String, _ more: String = "", _ browser: Browser? = nil) -> Page {
    let page = (browser ?? ana).get("/search?q=" + Browser.encoded(query) + more)
    #expect(page.status == 200 && site.logged.isEmpty, "\(query)")
    return page
  }

  /// The titles of the list, in order.
  private func titles(_ page: Page) -> [String] {
    page.text.components(separatedBy: "data-fact=\"hit\" value=\"").dropFirst().map {
      $0.components(separatedBy: "</data>")[0].replacing("<mark>", with: "").replacing("</mark>", with: "").components(separatedBy: ">")
        .last
        ?? ""
    }
  }

  @Test func `Hard case 39: names, addresses, marks, signs and scripts are found, and what cannot be followed is said`() throws {
    let person = try ana.known(["name": "Ana Souza", "email": "ana.souza@x.test", "phone": "+55 11 91234-5678"])
    let eve = try site.person("eve@x.test")
    _ = try eve.known(["name": "Ana Souza"])
    for (query, first) in [
      ("ANA souza", "Ana Souza"), ("ana.souza@X.test", "Ana Souza"), ("11 91234-5678", "Ana Souza"), ("+5511912345678", "Ana Souza"),
      ("type:person \"ana\"", "Ana Souza"), ("tipo:person ana", "Ana Souza"), ("anac", "Anaconda"), ("z", "Zebra"),
      ("🎉", "Party 🎉 for Ana"),
      ("של", "שלום עולם"), ("مرحبا", "שלום עולם"), ("before:2027-13-01 zebra", "Zebra"),
    ] {
      #expect(titles(search(query)).first == first, "\(query)")
    }
    let called = search("ana souza")
    #expect(called.facts("hit").first == "person:\(person)" && called.facts("match") == ["name", "words"])
    let ranks = called.facts("rank").compactMap { Double($0) }
    #expect(ranks.count == 2 && ranks[0] > 1 && ranks[1] < 0.04 && ranks[1] > 0.015)
    // Words are marked in names and in a part of the text, which is no markup.
    #expect(called.text.contains("<mark>Ana</mark> <mark>Souza</mark></data>"))
    #expect(called.text.contains("Ask <mark>Ana</mark> <mark>Souza</mark> about the 🎉 party &lt;b&gt;there&lt;/b&gt; &amp; then."))
    let complained = search("before:2027-13-01 tipo:walrus zebra")
    #expect(complained.complaints == ["q"] && titles(complained) == ["Zebra"])
    #expect(complained.text.contains("“before:2027-13-01” is left out") && complained.text.contains("“tipo:walrus” is left out"))
    #expect(search("before:2027-13-01").text.contains("What are you looking for?"))
    for bad in ["q=" + String(repeating: "x", count: 401), "q=a&after=-1", "q=a&after=x", "q=a&sense=x", "q=a&kind=x", "q=a&since=soon"] {
      #expect(ana.get("/search?" + bad).status == 422, "\(bad)")
    }
    #expect(ana.get("/search?q=a&sense=0191a000-0000-7000-8000-00000000000a").status == 404)
    #expect(!titles(search("anaconda", "", eve)).contains("Anaconda") && !search("zebra").text.contains("meaning"))
  }

  @Test func `kinds are chips with their numbers, and where nothing is found the page says what to try`() throws {
    _ = try ana.known(["name": "Ana Souza"])
    _ = try ana.goal(["title": "Goal of Ana"])
    let page = search("ana")
    let chips = page.text.components(separatedBy: "<ul class=\"chips\"")[1].components(separatedBy: "</ul>")[0]
    for chip in [
      "All <span class=\"count\">5<", "Task <span class=\"count\">3<", "Goal <span class=\"count\">1<", "Person <span class=\"count\">1<",
    ] {
      #expect(chips.contains(chip), "\(chip)")
    }
    #expect(page.links.contains("/search?q=ana&kind=goal") && chips.components(separatedBy: "aria-current").count == 2)
    let chosen = search("ana", "&kind=goal")
    #expect(titles(chosen) == ["Goal of Ana"] && chosen.field("kind", ofForm: "/search") == "goal")
    #expect(chosen.links.contains("/search?q=ana") && chosen.links.contains("/search?q=ana&kind=goal&kind=task"))
    #expect(chosen.text.contains("Task <span class=\"count\">3<"))
    let none = search("tag:home type:task zebra")
    #expect(none.facts("hit").isEmpty && none.text.contains("Nothing found") && none.text.contains("Try without tag:home"))
    let wider = try none.links.first { $0.hasPrefix("/search?q=type") }.unwrapped
    #expect(titles(ana.get(wider)) == ["Zebra"])
    #expect(search("zebra", "&tag=home").links.contains("/search?q=zebra"))
    let similar = search("type:task zebrra")
    #expect(titles(similar) == ["Zebra"] && similar.facts("match") == ["similar"] && similar.text.contains("Spelled like it"))
    // Thrown away: found no more.
    let task = try site.text("SELECT id::text FROM tasks WHERE title = 'Zebra'").unwrapped
    #expect(ana.post("/tasks/\(task)/deletion").status == 303)
    #expect(search("zebra").facts("hit").isEmpty)
  }

  @Test func `a long list goes on where it ended, and a rare word is first among thousands`() throws {
    try site.owner.run(
      """
      INSERT INTO tasks (id, user_id, title, notes, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'Quince ' || n, CASE n WHEN 777 THEN 'A gooseberry, once.' ELSE 'Fruit.' END, \(site.now),
        \(site.now)::timestamptz - n * interval '1 second' FROM generate_series(1, 5000) n
      """)
    // Hard case 39.
    let rare = search("gooseberry")
    #expect(titles(rare) == ["Quince 777"] && rare.text.contains("A <mark>gooseberry</mark>, once."))
    let narrow = search("fruit -quince")
    #expect(narrow.facts("hit").isEmpty)
    var seen: [String] = []
    var target: String? = "/search?q=fruit+tag:none"
    try site.owner.run(
      """
      INSERT INTO tags (user_id, thing, tag)
      SELECT t.user_id, t.id, 'none' FROM generate_series(3, 360, 3) n JOIN tasks t ON t.title = 'Quince ' || n AND t.user_id = \(ana.user)
      """)
    while let next = target {
      let page = ana.get(next)
      #expect(page.status == 200 && page.facts("hit").count <= SearchFinder.most)
      seen += titles(page)
      target = page.links.first { $0.contains("after=") }
    }
    #expect(seen == (1...120).map { "Quince \($0 * 3)" })
    // Of more than are put in order it is said that there are more.
    #expect(search("quince").text.contains("+</span>"))
  }

  @Test func `Hard case 39: what lies near by meaning joins the list, and nothing of others does`() throws {
    let eve = try site.person("eve@x.test")
    let (set, theirs) = (ID<EmbeddingSet>.new(at: site.now), ID<EmbeddingSet>.new(at: site.now.advanced(seconds: 1)))
    for (id, browser) in [(set, ana), (theirs, eve)] {
      try site.owner.run(
        """
        INSERT INTO embedding_sets (id, user_id, fingerprint, host, model, query_prefix, passage_prefix, state, dimension, created_at)
        VALUES (\(id), \(browser.user), sha256('x'), 'x.test', 'm', '', '', 'live', 2, \(site.now))
        """)
    }
    let vectors = try (0...400).map { try UnitVector([1, Float($0) / 20]).unwrapped.half }
    try site.owner.run(
      """
      INSERT INTO tasks (id, user_id, title, notes, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'Near ' || n, '', \(site.now), \(site.now) FROM generate_series(1, 399) n
      """)
    _ = try eve.task(["title": "Hers"])
    _ = try ana.task(["title": "Owl"])
    let gone = try ana.task(["title": "Gone"])
    #expect(ana.post("/tasks/\(gone)/deletion").status == 303)
    // The nearest is in the trash, and the one that is called so is the last.
    func embed(_ title: String, _ place: Int, of browser: Browser, in set: ID<EmbeddingSet>) -> SQL {
      """
      INSERT INTO embeddings (set_id, thing, chunk, user_id, kind, trashed, cut, content, sha256, half, bits)
      SELECT \(set), id, 1, user_id, 'task', false, false, title, sha256('x'), \(vectors[place]), B'11' FROM tasks
      WHERE title = \(title) AND user_id = \(browser.user)
      """
    }
    for statement in (1...399).map({ embed("Near \($0)", $0, of: ana, in: set) }) { try site.owner.run(statement) }
    try site.owner.run(embed("Owl", 400, of: ana, in: set))
    try site.owner.run(embed("Gone", 0, of: ana, in: set))
    try site.owner.run(embed("Hers", 0, of: eve, in: theirs))
    let asked = ID<SenseQuestion>.new(at: site.now)
    try site.owner.run(
      """
      INSERT INTO query_vectors (id, user_id, set_id, sha256, words, half, state, at)
      VALUES (\(asked), \(ana.user), \(set), sha256('owl'), NULL, \(vectors[0]), 'answered', \(site.now))
      """)
    let page = search("owl", "&sense=\(asked.text)")
    let found = titles(page)
    #expect(found.count == 50 && Array(found.prefix(3)) == ["Owl", "Near 1", "Near 2"], "\(found.prefix(5))")
    #expect(Array(page.facts("match").prefix(2)) == ["name", "sense"] && page.text.contains("By words and by meaning."))
    #expect(!found.contains("Gone") && !found.contains("Hers") && eve.get("/search?q=owl&sense=\(asked.text)").status == 404)
    #expect(titles(search("type:goal owl", "&sense=\(asked.text)")).isEmpty)
    // While nothing has answered the page looks again, for a moment.
    let waiting = ID<SenseQuestion>.new(at: site.now.advanced(seconds: 1))
    try site.owner.run(
      """
      INSERT INTO query_vectors (id, user_id, set_id, sha256, words, half, state, at)
      VALUES (\(waiting), \(ana.user), \(set), sha256('bat'), 'bat', NULL, 'asked', \(site.now))
      """)
    let early = search("owl", "&sense=\(waiting.text)")
    #expect(titles(early) == ["Owl"] && early.text.contains("data-refresh=\"2\""))
    site.pass(seconds: 5)
    let late = search("owl", "&sense=\(waiting.text)")
    #expect(titles(late) == ["Owl"] && late.text.contains("did not answer") && !late.text.contains("data-refresh=\"2\""))
    // The assistant finds the same in the worker, past no wall.
    let db = try site.connection("heed_web")
    let lists: [String] = try db.transaction {
      _ = try db.rows(Query<Void>.setting(user: ana.user, account: ana.account, role: nil))
      let person = try db.row(Person.mine(site.services.zones)).unwrapped
      let nine = try TimeOfDay(hour: 9, minute: 0).unwrapped
      let reader = PhraseReader(zone: .utc, language: .english, defaultHour: nine, now: site.now)
      let query = SearchQuery("owl", reader: reader) { $0 }
      let vector = QueryVector(set: set, vector: [1, 0])
      return try SearchFinder.find(query, person: person, sense: vector, most: 2, db).map { "\($0.kind) \($0.title) \($0.match)" }
    }
    #expect(lists == ["task Owl name", "task Near 1 sense"])
  }
}
