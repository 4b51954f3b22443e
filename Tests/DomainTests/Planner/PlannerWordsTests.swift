import Testing

@testable import Domain

/// Links in their stored form, statuses, due dates, minutes and tags.
@Suite struct PlannerWordsTests {
  private func thing(_ text: String) throws -> ThingRef { try #require(ThingRef(text)) }
  private static let (one, two) = ("task:0192f000-0000-7000-8000-000000000001", "task:0192f000-0000-7000-8000-000000000002")

  @Test func `hard case 1: what says the same is stored the same, and nothing leads to itself`() throws {
    let (a, b) = (try thing(Self.one), try thing(Self.two))
    let blocks = try ThingLink(.blocks, from: a, to: b)
    let depends = try ThingLink(.dependsOn, from: b, to: a)
    #expect(blocks == depends && blocks.word(from: a.id) == .blocks && blocks.word(from: b.id) == .dependsOn)
    let related = [try ThingLink(.related, from: a, to: b), try ThingLink(.related, from: b, to: a)]
    #expect(related[0] == related[1] && related[0].from == a && related[0].other(than: a.id) == b)
    for word in LinkWord.allCases { #expect(throws: LinkError.itself) { try ThingLink(word, from: a, to: a) } }
  }

  @Test(arguments: [
    ("depends_on", "task", "task goal problem"), ("depends_on", "goal", "task goal problem"), ("depends_on", "problem", ""),
    ("blocks", "problem", "task goal"), ("blocks", "task", "task goal"), ("supports_goal", "task", "goal"),
    ("supports_goal", "problem", "goal"), ("addresses_problem", "task", "problem"), ("addresses_problem", "problem", ""),
    ("related", "problem", "task goal problem"),
  ])
  func `a link leads between the kinds that it can`(word: String, from: String, to: String) throws {
    let word = try #require(LinkWord(rawValue: word))
    let here = try #require(ThingRef("\(from):0192f000-0000-7000-8000-000000000001"))
    let can = ThingKind.allCases.filter { kind in
      ThingRef("\(kind.rawValue):0192f000-0000-7000-8000-000000000002").map { (try? ThingLink(word, from: here, to: $0)) != nil } ?? false
    }
    #expect(can.map(\.rawValue).joined(separator: " ") == to)
  }

  @Test(arguments: [
    "", "task", "task:", "task:x", "contact:0192f000-0000-7000-8000-000000000001", "task:0192f000-0000-7000-8000-000000000001:",
  ])
  func `what names no thing is none`(text: String) { #expect(ThingRef(text) == nil) }

  @Test(
    arguments: [
      (.open, .start, .inProgress), (.open, .reopen, .open), (.inProgress, .reopen, .inProgress), (.done, .reopen, .open),
      (.deferred, .reopen, .open), (.cancelled, .complete, .done), (.done, .put(off: nil), .deferred), (.deferred, .cancel, .cancelled),
    ] as [(TaskStatus, TaskStep, TaskStatus)])
  func `a step leads on from every status`(from: TaskStatus, step: TaskStep, to: TaskStatus) { #expect(from.after(step) == to) }

  @Test func `open, begun and deferred tasks hold others up, and only the first two are shown as waiting`() {
    #expect(TaskStatus.allCases.filter(\.blocks) == [.open, .inProgress, .deferred])
    #expect(TaskStatus.allCases.filter(\.canBeBlocked) == [.open, .inProgress])
  }

  @Test(
    arguments: [
      ("90", 90), ("1h30", 90), ("1h 30", 90), ("1.5 h", 90), ("1,5h", 90), ("1 dia", 480), ("2 horas", 120), ("45min", 45), ("0", 0),
      ("1d 2h 5m", 605), ("-15", -15), ("60000", 60_000), ("60001", nil), ("", nil), ("h", nil), ("1e9h", nil), ("-", nil), ("1h2h", nil),
      ("1h30x", nil), ("99999999999999999999", nil), ("1.2345", nil),
    ] as [(String, Int?)])
  func `minutes are read as people write them`(text: String, minutes: Int?) { #expect(WorkMinutes.read(text) == minutes) }

  @Test(arguments: [0, 5, 59, 60, 61, 90, 125, 6_000]) func `what is written of minutes is read as the same`(minutes: Int) {
    #expect(WorkMinutes.read(WorkMinutes.text(minutes)) == minutes)
  }

  @Test(arguments: [
    ("2027-03-05", "2027-03-05"), ("2026-01-05", "2026-01-05"), ("2027-03-05 14:00", "2027-03-05 14:00"),
    ("2027-03-05T14:00", "2027-03-05 14:00"),
    ("tomorrow", "2027-03-02"), ("tomorrow at 9", "2027-03-02 09:00"), ("friday", "2027-03-05"), ("2 hours", "2027-03-01 14:00"),
    ("amanhã", "2027-03-02"),
  ])
  func `due is a day where the words say no time`(text: String, due: String) throws {
    // Monday, noon.
    let now = try #require(Instant(iso: "2027-03-01T12:00:00Z"))
    let read = try Due(text, reader: PhraseReader(zone: .utc, language: .english, defaultHour: .noon, now: now))
    let time = read.at.map { " " + Zone.utc.local($0).time.text } ?? ""
    #expect(read.day.iso + time == due)
  }

  @Test func `hard case 11: a date is over with its day, an instant at once`() throws {
    let (now, day) = (try #require(Instant(iso: "2027-03-01T23:59:00Z")), try #require(Day(iso: "2027-03-01")))
    #expect(!Due(day: day).isPast(today: day, now: now) && Due(day: day).isPast(today: day.advanced(by: 1), now: now))
    #expect(Due(day: day, at: now.advanced(seconds: -1)).isPast(today: day, now: now))
  }

  @Test func `tags are what stands between commas`() throws {
    #expect(try TagList.read(" home,, work at home ,home,") == ["home", "work at home"])
    #expect(throws: TagList.Problem.tooLong) { try TagList.read(String(repeating: "a", count: 41)) }
    #expect(throws: TagList.Problem.tooMany) { try TagList.read((0...20).map { "t\($0)" }.joined(separator: ",")) }
    #expect(throws: TagList.Problem.control) { try TagList.read("a\u{0}b") }
  }
}
