import Testing

@testable import Domain

/// `Tasks.json` of Google's Takeout, on Wednesday 10 March 2027, 10:00 in New York.
@Suite struct ImportGoogleTests {
  /// As Takeout writes it, with invented content.
  private static func file(_ tasks: String...) -> String {
    """
    {
      "kind": "tasks#taskLists",
      "items": [
        {
          "kind": "tasks#tasks",
          "id": "MTU4LWhvbWU6MDow",
          "title": "Home",
          "updated": "2027-03-01T09:12:44.000Z",
          "selfLink": "https://www.googleapis.com/tasks/v1/users/@me/lists/MTU4LWhvbWU6MDow",
          "items": [
            \(tasks.joined(separator: ",\n"))
          ]
        },
        {"kind": "tasks#tasks", "id": "MTU4LWVtcHR5OjA6MA", "title": "Empty"}
      ]
    }

    """
  }

  private static func task(_ id: String, _ title: String, _ more: String...) -> String {
    let fields = [#""kind": "tasks#task""#, #""id": "\#(id)""#, #""title": "\#(title)""#, #""task_type": "USER_TASK""#] + more
    return "{\n" + fields.joined(separator: ",\n") + "\n}"
  }

  private func read(_ text: String) throws -> [ImportEntry] { try ImportCalendarTests.read(text) }

  private func next(_ entry: ImportEntry) -> String? {
    guard case .planned(let plan) = entry.outcome else { return nil }
    return plan.schedule.zone.local(plan.next).text
  }

  @Test func `tasks of all lists, with their day at the default hour, their notes and lines`() throws {
    let entries = try read(
      Self.file(
        Self.task(
          "a1", "Renew \\\"all\\\" of \\u00e1gua \\ud83d\\ude00", #""status": "needsAction""#, #""due": "2027-03-12T00:00:00.000Z""#),
        Self.task(
          "a2", "Call the bank", #""parent": "a1""#, #""notes": "Ask for Ana.\nThen \u0007pay.""#,
          #""links": [{"type": "email", "link": "x"}]"#,
          #""status": "needsAction""#, #""due": "2028-02-29T00:00:00Z""#)))
    #expect(entries.map(\.title) == ["Renew \"all\" of água 😀", "Call the bank"])
    #expect(entries.map(next) == ["2027-03-12T09:00", "2028-02-29T09:00"])
    #expect(entries[1].notes == "Ask for Ana.\nThen pay." && entries.map(\.importance) == [.medium, .medium])
    #expect(entries.map(\.line) == [11, 19] && entries.map(\.key) == ["google a1", "google a2"])
  }

  @Test(arguments: [
    (
      [#""status": "completed""#, #""completed": "2027-03-02T10:00:00.000Z""#, #""due": "2027-03-12T00:00:00Z""#],
      ImportEntry.Reason.completed
    ),
    ([#""status": "needsAction""#], .noTime), ([#""due": null"#], .noTime), ([#""due": "2027-03-09T00:00:00Z""#], .past),
    ([#""due": "soon""#], .value("due")), ([#""due": "2027-02-31T00:00:00Z""#], .value("due")), ([#""due": 17"#], .value("due")),
    ([#""due": "2027-03-12T00:00:00Z""#, #""deleted": true"#], .cancelled),
  ])
  func `what becomes no reminder says why`(fields: [String], reason: ImportEntry.Reason) throws {
    let task = "{\"kind\": \"tasks#task\", \"id\": \"x\", \"title\": \"T\", " + fields.joined(separator: ", ") + "}"
    #expect(try read(Self.file(task)).map(\.outcome) == [.leftOut(reason)])
  }

  @Test func `a time of day counts as an instant, no title is no reminder, and an id that comes twice is made once`() throws {
    let entries = try read(
      Self.file(
        Self.task("b", "Timed", #""due": "2027-03-12T20:15:00Z""#), Self.task("c", " ", #""due": "2027-03-12T00:00:00Z""#),
        Self.task("b", "Timed", #""due": "2027-03-12T20:15:00Z""#)))
    #expect(next(entries[0]) == "2027-03-12T15:15")
    #expect(entries.dropFirst().map(\.outcome) == [.leftOut(.noTitle), .leftOut(.repeated(line: 11))])
  }

  @Test func `one list alone, a list of tasks and a list of lists are read alike`() throws {
    let task = Self.task("d", "One", #""due": "2027-03-12T00:00:00Z""#)
    for text in ["{\"kind\":\"tasks#tasks\",\"items\":[\(task)]}", "[\(task)]", "[{\"items\":[\(task)],\"title\":\"L\"}]", task] {
      #expect(try read(text).map(next) == ["2027-03-12T09:00"], "\(text)")
    }
    #expect(try read(Self.file()).isEmpty && read("{\"kind\":\"tasks#taskLists\"}").isEmpty)
  }

  @Test func `other JSON is refused, a note of Keep with its reason, a damaged file with the line`() {
    #expect(throws: ImportRefusal.unknown) { try read("{\"a\": [1, 2.5e3, true, null, {}]}") }
    #expect(throws: ImportRefusal.unknown) { try read("[]") }
    #expect(throws: ImportRefusal.noTimes) {
      try read("{\"color\":\"DEFAULT\",\"isTrashed\":false,\"textContent\":\"Milk\",\"title\":\"\",\"userEditedTimestampUsec\":1758}")
    }
    let whole = Self.file(Self.task("e", "One", #""due": "2027-03-12T00:00:00Z""#))
    #expect(throws: ImportRefusal.damaged(line: 12)) {
      try read(String(whole.prefix(while: { $0 != "#" })) + "#tasks\",\n\n\n\n\n\n\n\n\n\n\"x")
    }
    for broken in [
      "{", "{\"kind\"", "{\"kind\":}", "[1,]", "{\"kind\":\"tasks#task\"} x", "{\"kind\":\"\\x\"}", "{\"kind\":\"\\ud8\"}", "[tru]",
    ] {
      #expect(throws: ImportRefusal.damaged(line: 1)) { try read(broken) }
    }
    #expect(throws: ImportRefusal.damaged(line: 1)) { try read(String(repeating: "[", count: 100_000)) }
    #expect(throws: ImportRefusal.notText) { try read("{\"kind\":\"tasks#taskLists\"}\u{0}") }
  }

  @Test func `halves of pairs are marked, not read over`() throws {
    let task = Self.task("f", "A \\ud83d B \\ude00 \\ud83d\\u0041", #""due": "2027-03-12T00:00:00Z""#)
    #expect(try read(Self.file(task)).map(\.title) == ["A \u{FFFD} B \u{FFFD} \u{FFFD}A"])
  }

  @Test func `too many tasks are refused, and whoever waits no longer is told so`() {
    func tasks(_ count: Int) -> String {
      let all = (0..<count).map { "{\"id\":\"\($0)\",\"title\":\"x\",\"status\":\"needsAction\"}" }
      return "{\"kind\":\"tasks#tasks\",\"items\":[\(all.joined(separator: ","))]}"
    }
    for count in [ImportFile.mostEntries + 1, 50_000] { #expect(throws: ImportRefusal.tooMany) { try read(tasks(count)).count } }
    #expect(throws: ImportRefusal.tooLong) { try ImportCalendarTests.read(tasks(100), mayGoOn: { false }).count }
  }
}
