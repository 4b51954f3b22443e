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
    let left = query.stumbles.map { "!" + $0.typed }
    return (query.isPlain ? "plain " : "") + (parts.map { $0.joined(separator: ",") } + days + left).joined(separator: "|")
  }

  @Test(
    arguments: [
      ("paint the kitchen", "plain paint,the,kitchen|||||||"), ("", "plain |||||||"), ("type:task paint", "paint|||task||||"),
      ("type:nothing paint", "plain paint||||||||!type:nothing"), ("tag:home tag:\"two words\"", "||||home,two words|||"),
      ("status:done", "|||||done,completed,resolved||"), ("status:nope", "plain ||||||||!status:nope"),
      ("estado:bloqueada", "|||||blocked||"), ("before:2027-03-10 after:2027-03-01", "||||||2027-03-01|2027-03-10"),
      ("before:soon", "plain ||||||||!before:soon"), ("“new kitchen” paint", "paint|new kitchen||||||"),
      ("paint -kitchen", "paint||kitchen|||||"), ("- paint", "plain -,paint|||||||"), ("paint -\"new kitchen\"", "paint||new kitchen|||||"),
      ("100% a_b", "plain 100%,a_b|100%,a_b||||||"), ("\"open", "plain open|||||||"), ("\"open door", "|open door||||||"),
      ("10:30 http://x.test", "plain 10:30,http://x.test|||||||"),
      ("ana before:2027-13-01 antes:\"2027-02-30\"", "plain ana||||||||!before:2027-13-01|!antes:\"2027-02-30\""),
      ("type:goal \"ana\"", "ana|||goal||||"), ("\"before:soon\"", "plain before:soon|||||||"),
      ("-", "plain -|||||||"), (":", "plain :|||||||"), ("tag:", "plain tag:|||||||"),
    ])
  func `what is a mark narrows, and what only looks like one is a word`(text: String, expected: String) throws {
    #expect(try read(text) == expected)
  }

  @Test func `each mark can be taken away, and what is looked for has a name`() throws {
    let now = try #require(Instant(iso: "2027-03-01T12:00:00Z"))
    let nine = try #require(TimeOfDay(hour: 9, minute: 0))
    let reader = PhraseReader(zone: .utc, language: .english, defaultHour: nine, now: now)
    for (text, name, looser) in [
      ("ana souza", "ana souza", []),
      ("type:task \"ana souza\" lima", "ana souza lima", ["type:task: \"ana souza\" lima", "\"ana souza\": type:task lima"]),
      ("tag:home  kitchen -sink", "kitchen", ["tag:home: kitchen -sink", "-sink: tag:home kitchen"]), ("before:soon ana", "ana", []),
      ("100% sure", "100% sure", []),
    ] as [(String, String, [String])] {
      let query = SearchQuery(text, reader: reader) { $0 == "task" ? $0 : nil }
      #expect(query.name == name && query.looser.map { $0.mark + ": " + $0.rest } == looser, "\(text)")
    }
  }
}
