import Postgres
import Testing

@testable import App
@testable import Domain

/// Search by sense (RULES 9.43, 9.44), with issue 14's hard cases 39 and 43.
@Suite struct VectorSearchTests {
  @Test func `what is looked for becomes a vector in a worker, and finds one's own things and none of the trash`() throws {
    let embedding = try Embedding()
    let (site, ana) = (embedding.site, embedding.ana)
    #expect(ana.post("/search/sense", ["q": "car"]).status == 404)
    let (car, lawn) = (try ana.task(["title": "Repair the vehicle"]), try ana.task(["title": "Mow the lawn"]))
    try embedding.look()
    #expect(ana.post("/search/sense", ["q": String(repeating: "a", count: 401)]).status == 422)
    #expect(ana.post("/search/sense", ["q": " "]).location == "/search?q=")
    let asked = ana.post("/search/sense", ["q": "type:task carro"])
    let id = try ID<SenseQuestion>(asked.location?.split(separator: "=").last.map { String($0) } ?? "").unwrapped
    #expect(asked.status == 303 && asked.location?.hasPrefix("/search?q=type") == true)
    func answer(_ db: Connection) throws -> SenseQuestion.Answer {
      let found = try db.read(Query<Void>.setting(user: ana.user, account: ana.account, role: nil), SenseQuestion.query(id)).1
      return try found.first.unwrapped.answer(at: site.now)
    }
    guard case .waiting = try answer(site.web) else { Issue.record("an answer before anybody was asked"); return }
    // A page that refreshes itself is the same until the answer is there, and another then.
    let target = try asked.location.unwrapped
    _ = ana.get(target)
    let waiting = ana.get(target)
    let tag = try waiting.header("ETag").unwrapped
    #expect(waiting.text.contains("data-refresh=\"2\"") && ana.get(target, ["if-none-match": tag]).status == 304)
    try site.work()
    let answered = ana.get(target, ["if-none-match": tag])
    #expect(answered.status == 200 && answered.header("ETag") != tag && !answered.text.contains("data-refresh=\"2\""))
    #expect(answered.facts("match") == ["sense", "sense"])
    #expect(try embedding.sent().last == ["query: carro"])
    guard case .found(let vector) = try answer(site.web) else { Issue.record("no answer"); return }
    #expect(try site.text("SELECT state || coalesce(words, '') FROM query_vectors") == "answered")
    // The same again asks nobody.
    #expect(ana.post("/search/sense", ["q": "carro"]).location?.hasSuffix(id.text) == true)
    func nearest(_ browser: Browser, kinds: [String] = ["task"]) throws -> [String] {
      try site.web.transaction {
        _ = try site.web.rows(Query<Void>.setting(user: browser.user, account: browser.account, role: nil))
        return try VectorSearch.nearest(to: vector, kinds: kinds, most: 9, site.web).map(\.thing.text)
      }
    }
    #expect(try nearest(ana) == [car, lawn] && nearest(ana, kinds: ["goal"]).isEmpty)
    let eve = try site.person("eve@x.test")
    #expect(try nearest(eve).isEmpty)
    #expect(ana.post("/tasks/\(car)/deletion").status == 303)
    #expect(try nearest(ana) == [lawn])
    // Nobody answers in time.
    try embedding.script("500")
    let late = ana.post("/search/sense", ["q": "dog"])
    #expect(late.status == 303)
    try site.work()
    #expect(try site.text("SELECT state FROM query_vectors WHERE words IS NULL AND half IS NULL") == "failed")
    // A day later the vector is gone, and nothing says what was looked for; the old address says that nothing answered, to its person alone.
    site.pass(hours: 49)
    try site.work()
    let kept = try site.count(
      "SELECT count(*) FROM query_vectors WHERE words IS NOT NULL OR half IS NOT NULL OR sha256 IN (sha256('carro'), sha256('dog'))")
    #expect(try kept == 0 && site.count("SELECT count(*) FROM query_vectors") == 2)
    for browser in [ana, eve] { try browser.openSession() }
    let old = "/search?q=carro&sense=" + id.text
    #expect(ana.get(old).text.contains("did not answer") && eve.get(old).status == 404)
  }

  /// Numbers that are the same in each run (SplitMix64).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    /// About normal: the sum of four.
    mutating func vector(_ dimension: Int) -> [Float] {
      (0..<dimension).map { _ in (0..<4).reduce(Float(0)) { sum, _ in sum + Float.random(in: -1...1, using: &self) } }
    }
  }

  private static let dimension = 64

  /// Vectors that point all one way, as those of models do, in clusters around 100 directions.
  private static func made(_ count: Int, _ numbers: inout Numbers) -> [UnitVector] {
    let common = numbers.vector(dimension)
    let centres = (0..<100).map { _ in numbers.vector(dimension) }
    return (0..<count).compactMap { place in
      let (centre, own) = (centres[place % 100], numbers.vector(dimension))
      return UnitVector((0..<dimension).map { 2 * common[$0] + centre[$0] + 0.7 * own[$0] })
    }
  }

  @Test func `Hard case 43: of the ten nearest among 5,000 two steps find 98 of 100, pgvector all`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    var numbers = Numbers(state: 43)
    let vectors = Self.made(5_020, &numbers)
    let (kept, asked) = (vectors.prefix(5_000), vectors.suffix(20))
    var mean = VectorMean()
    for vector in kept { mean.add(half: vector.half) }
    let (set, ids) = (ID<EmbeddingSet>.new(at: site.now), (0..<5_000).map { _ in ID<FoundThing>.new(at: site.now) })
    // Things of the register say nothing to what is measured here.
    try site.owner.run("ALTER TABLE embeddings DROP CONSTRAINT embeddings_thing_fkey")
    try site.owner.run(
      """
      INSERT INTO embedding_sets (id, user_id, fingerprint, host, model, query_prefix, passage_prefix, state, dimension, mean, mean_chunks,
        chunks, created_at)
      VALUES (\(set), \(ana.user), sha256('x'), 'h', 'm', '', '', 'live', \(Self.dimension), \(HalfFloat.bytes(mean.numbers)), 5000,
        5000, \(site.now))
      """)
    try site.owner.run(
      SQL.insert(
        into: "embeddings", .all("set_id", "\(set)"), .all("user_id", "\(ana.user)"), .each("thing", ids), .all("chunk", "1"),
        .all("kind", "'task'"), .all("trashed", "false"), .all("cut", "false"), .all("content", "''"), .all("sha256", "sha256('x')"),
        .each("half", kept.map(\.half)), .each("bits", kept.map { $0.signs(above: mean.numbers) }, as: "t.bits::bit varying")))
    // One that the server refused has no vector, and is in nobody's way.
    try site.owner.run(
      """
      INSERT INTO embeddings (set_id, thing, chunk, user_id, kind, trashed, cut, content, sha256, half, bits)
      VALUES (\(set), \(ID<FoundThing>.new(at: site.now)), 1, \(ana.user), 'task', false, false, '', sha256('x'), '', '')
      """)
    try site.owner.run("ANALYZE embeddings")
    func recall() throws -> Double {
      var found = 0
      for question in asked {
        let exact = zip(ids, kept).map { (id: $0, cosine: HalfFloat.product($1.half, question.numbers) ?? 0) }
          .sorted { $0.cosine > $1.cosine }.prefix(10).map(\.id)
        let ours = try site.web.transaction {
          _ = try site.web.rows(Query<Void>.setting(user: ana.user, account: ana.account, role: nil))
          return try VectorSearch.nearest(to: QueryVector(set: set, vector: question.numbers), kinds: ["task"], most: 10, site.web).map(
            \.thing)
        }
        #expect(ours.count == 10)
        found += Set(exact).intersection(ours).count
      }
      return Double(found) / Double(10 * asked.count)
    }
    let two = try recall()
    #expect(two >= 0.98)
    // A type and an operator that stand in for those of pgvector: the column, its trigger and the branch of the search are the program's own.
    try site.owner.run("CREATE DOMAIN halfvec AS real[]")
    try site.owner.run(
      """
      CREATE FUNCTION less_product(a real[], b real[]) RETURNS float8 LANGUAGE sql IMMUTABLE AS
      'SELECT -sum(x * y)::float8 FROM unnest($1, $2) AS t(x, y)'
      """)
    try site.owner.run("CREATE OPERATOR <#> (LEFTARG = real[], RIGHTARG = real[], FUNCTION = less_product)")
    let column = VectorColumn(site.owner)
    #expect(try column.build() == 5_000 && column.status().isOn)
    let exact = try recall()
    #expect(exact == 1)
    try column.remove()
    let status = try column.status()
    #expect(!status.isOn && status.pieces == 5_001 && status.unfilled == 0)
    #expect(VectorColumn.isNew("0.7.0") && VectorColumn.isNew("0.10.1") && VectorColumn.isNew("1") && !VectorColumn.isNew("0.4.4"))
  }
}
