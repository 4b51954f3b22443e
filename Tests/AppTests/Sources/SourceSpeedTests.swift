import Postgres
import Testing

@testable import App
@testable import Domain

/// RULES 6.12: a draft takes no longer because an account has written much.
@Suite(.serialized) struct SourceSpeedTests {
  private static let questions = SourceQuestions.english.map(\.question)

  /// Passages of the words of the demo, and of a few thousand that no question has.
  private func fill(_ site: Site, _ account: ID<Account>, passages: Int) throws {
    let words = SourcesDemo.english.flatMap { DeskWords.all(of: $0.text).map(\.text) } + (0..<3_000).map { "zq\($0)" }
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    func text(_ count: Int) -> String { (0..<count).map { _ in words[next(words.count)] }.joined(separator: " ") }
    for _ in 0..<(passages / 10) {
      let id = ID<SourceDocument>.new(at: site.now)
      let draft = SourceDraft(title: text(3), url: nil, text: "x", language: .english)
      try site.owner.run(draft.inserting(id, of: account, at: site.now))
      let (heads, texts) = ((0..<10).map { _ in text(3) }, (0..<10).map { _ in text(140) })
      try site.owner.run(
        "SELECT door.index_passages(\(id), \(heads), \(texts), \(heads.map(DeskWords.plain)), \(texts.map(DeskWords.plain)), \(site.now))")
    }
    try site.owner.run("ANALYZE passages")
  }

  /// The median of a draft, in milliseconds.
  private func median(_ site: Site, _ account: ID<Account>) throws -> Double {
    let clock = ContinuousClock()
    var times: [Double] = []
    for round in 0..<3 {
      for question in Self.questions {
        let time = try clock.measure { _ = try PassageSearch.run(question, .english, of: account, at: site.now, site.owner).draft() }
        if round > 0 { times.append(Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1_000) }
      }
    }
    return times.sorted()[times.count / 2]
  }

  @Test func `over 5,000 passages it takes at most three times as long as over 50, and at most 50 ms`() throws {
    let site = try Site()
    let (few, many) = (try site.person("few@x.test"), try site.person("many@x.test"))
    try fill(site, few.account, passages: 50)
    try fill(site, many.account, passages: 5_000)
    let (short, long) = (try median(site, few.account), try median(site, many.account))
    print("a draft over 50 passages takes \(short) ms, over 5,000 \(long) ms")
    #expect(long <= 50 && long <= 3 * short, "\(short) ms over 50, \(long) ms over 5,000")
  }
}
