import Testing

@testable import Domain

/// Marks in what somebody looks for (RULES 9.9).
@Suite struct SearchQueryTests {
  /// "words | phrases | without | kinds | tags | states | after | before".
  private func read(_ text: String) throws -> String {
    let now = try #require(Instant(iso: "2027-03-01T12:00:00Z"))
    let nine = try #require(TimeOfDay(hour: 9, minute: 0))
    let reader = PhraseReader(zone: .utc, language: .english, defaultHour: nine, now: now)
    let query = SearchQuery(text, reader: reader) { ["task", "goal"].contains($0) ? $0 : nil }
    let parts = [query.words, query.phrases, query.without, query.kinds, query.tags, query.states]
    let days = [query.after?.iso ?? "", query.before?.iso ?? ""]
    return (query.isPlain ? "plain " : "") + (parts.map { $0.joined(separator: ",") } + days).joined(separator: "|")
  }

  @Test(
    arguments: [
      ("paint the kitchen", "plain paint,the,kitchen|||||||"), ("", "plain |||||||"), ("type:task paint", "paint|||task||||"),
      ("type:nothing paint", "plain type:nothing,paint|||||||"), ("tag:home tag:\"two words\"", "||||home,two words|||"),
      ("status:done", "|||||done,completed,resolved||"), ("status:nope", "plain status:nope|||||||"),
      ("estado:bloqueada", "|||||blocked||"), ("before:2027-03-10 after:2027-03-01", "||||||2027-03-01|2027-03-10"),
      ("before:soon", "plain before:soon|||||||"), ("“new kitchen” paint", "paint|new kitchen||||||"),
      ("paint -kitchen", "paint||kitchen|||||"), ("- paint", "plain -,paint|||||||"), ("paint -\"new kitchen\"", "paint||new kitchen|||||"),
      ("100% a_b", "plain 100%,a_b|100%,a_b||||||"), ("\"open", "plain open|||||||"), ("\"open door", "|open door||||||"),
      ("10:30 http://x.test", "plain 10:30,http://x.test|||||||"),
      ("-", "plain -|||||||"), (":", "plain :|||||||"), ("tag:", "plain tag:|||||||"),
    ])
  func `what is a mark narrows, and what only looks like one is a word`(text: String, expected: String) throws {
    #expect(try read(text) == expected)
  }
}
