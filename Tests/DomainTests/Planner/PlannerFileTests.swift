import Testing

@testable import Domain

/// Files of tasks, read on Monday 1 March 2027, 10:00 in New York.
@Suite struct PlannerFileTests {
  private func read(_ text: String, _ format: PlannerFile.Format? = nil) throws -> PlannerFile {
    // What no zone is called is none; the tests' zones are this machine's.
    try PlannerFile(Array(text.utf8), format: format, reader: plannerReader(), zone: { try? zone($0) })
  }

  /// "line: what" of each note.
  private func notes(_ file: PlannerFile) -> [String] { file.notes.map { "\($0.line): \($0.about)" } }

  private func rules(_ file: PlannerFile) -> [String] {
    file.tasks.map { task in task.repeats.map { "\($0.from.rawValue) \($0.first.iso) \($0.rule.text)" } ?? "-" }
  }

  @Test func `Hard case 34: todo.txt with all it has, CRLF and doubled lines`() throws {
    let file = try read(
      [
        "(A) 2027-02-01 Call Ana +kitchen @phone due:2027-03-05 rec:+1w", "x 2027-02-28 2027-02-01 Pay rent pri:B", "",
        "Buy milk", "Buy milk", "Taxes due:2027-02-30 ref:12", "(F) water rec:2d", "x", "xylophone lesson", "x 2027-02-28 done", "+only",
        "(a) lower", "odd rec:1b",
      ].joined(separator: "\r\n"))
    #expect(file.format == .todoTxt)
    #expect(
      file.tasks.map(\.title) == [
        "Call Ana", "Pay rent", "Buy milk", "Buy milk", "Taxes due:2027-02-30 ref:12", "water", "x", "xylophone lesson", "done",
        "(a) lower", "odd rec:1b",
      ])
    #expect(file.tasks.map(\.line) == [1, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13])
    #expect(file.tasks.map(\.priority) == [1, 2, nil, nil, nil, 4, nil, nil, nil, nil, nil])
    #expect(file.tasks.map { $0.status == .done } == [false, true, false, false, false, false, false, false, true, false, false])
    #expect(notes(file) == ["6: value(\"due\", \"2027-02-30\")", "11: noTitle", "13: value(\"rec\", \"1b\")"])
    let first = file.tasks[0]
    let clocks = try zone("America/New_York")
    #expect(first.tags == ["kitchen", "@phone"] && said(first.due, clocks) == "2027-03-05")
    #expect(first.created.map { clocks.local($0).text } == "2027-02-01T00:00")
    #expect(rules(file)[0] == "due 2027-03-05 FREQ=WEEKLY" && rules(file)[5] == "completion 2027-03-01 FREQ=DAILY;INTERVAL=2")
    #expect(file.tasks[1].completed.map { clocks.local($0).day.iso } == "2027-02-28")
    // Equal lines are two things, each the same whenever the file comes again.
    #expect(Set(file.tasks.map(\.key)).count == file.tasks.count)
  }

  @Test func `Hard case 34: of three megabytes the line that is too long is named, and the rest is taken`() throws {
    let file = try read("ok\r\n" + String(repeating: "x", count: 3_000_000) + "\r\nTaxes due:2027-02-30\r\n")
    #expect(file.tasks.map(\.title) == ["ok", "Taxes due:2027-02-30"] && file.tasks.map(\.line) == [1, 3])
    #expect(notes(file) == ["2: longTitle", "3: value(\"due\", \"2027-02-30\")"])
  }

  private let warrior = [
    #"{"uuid":"a","description":"Paint","status":"pending","entry":"20270201T120000Z","depends":["b"],"priority":"H","project":"Home","energy":3}"#,
    #"{"uuid":"b","description":"Permit","status":"waiting","wait":"20270310T050000Z","due":"20270312T050000Z","tags":["town"]}"#,
    #"{"uuid":"c","description":"Old","status":"deleted"}"#,
    #"{"uuid":"d","description":"Done","status":"completed","end":"20270227T090000Z","start":"20270226T090000Z","depends":"a,b"}"#,
    #"{"uuid":"t","description":"Water","status":"recurring","due":"20270222T140000Z","recur":"weekly","until":"20271231T050000Z"}"#,
    #"{"uuid":"t1","description":"Water","status":"completed","parent":"t","end":"20270223T090000Z","due":"20270222T140000Z"}"#,
    #"{"uuid":"t2","description":"Water","status":"pending","parent":"t","due":"20270301T140000Z"}"#,
    #"{"uuid":"t3","description":"Water","status":"pending","parent":"t","due":"20270308T140000Z"}"#,
    #"{"uuid":"e","description":"Circle","status":"pending","depends":["f"],"annotations":[{"entry":"20270225T120000Z","description":"seen"}]}"#,
    #"{"uuid":"f","description":"Circle too","status":"pending","depends":["e","zz"],"start":"20270228T120000Z"}"#,
    #"{"uuid":"g","description":"Nothing else","status":"recurring","due":"20270303T050000Z","recur":"P2W"}"#,
    #"{"uuid":"a","description":"Twice","status":"pending"}"#, #"{"uuid":"h","description":" ","status":"pending"}"#,
  ]

  @Test(arguments: [true, false]) func `Hard case 34: Taskwarrior as an array and an object a line`(isArray: Bool) throws {
    let text = isArray ? "[\n" + warrior.joined(separator: ",\n") + "\n]\n" : warrior.joined(separator: "\n") + "\n{broken\n"
    let file = try read(text)
    let shift = isArray ? 1 : 0
    #expect(file.format == .taskwarrior)
    #expect(file.tasks.map(\.id) == ["a", "b", "d", "t1", "t2", "e", "f", "g"])
    #expect(file.tasks.map(\.line) == [1, 2, 4, 6, 7, 9, 10, 11].map { $0 + shift })
    #expect(file.tasks.map(\.status) == [.open, .deferred, .done, .done, .open, .open, .inProgress, .open])
    #expect(file.tasks.map(\.dependsOn) == [[1], [], [0, 1], [], [], [6], [], []])
    let (weekly, second) = ("due 2027-02-22 FREQ=WEEKLY;UNTIL=20271231T050000Z", "due 2027-03-03 FREQ=WEEKLY;INTERVAL=2")
    #expect(rules(file) == ["-", "-", "-", "-", weekly, "-", "-", second])
    let clocks = try zone("America/New_York")
    #expect(file.tasks[1].deferredUntil?.iso == "2027-03-10" && said(file.tasks[1].due, clocks) == "2027-03-12")
    #expect(said(file.tasks[4].due, clocks) == "2027-03-01T09:00" && file.tasks[0].priority == 2)
    #expect(file.tasks[0].tags == ["Home"] && file.tasks[1].tags == ["town"])
    #expect(file.tasks[0].metadata == [PlannerFileTask.Field("energy", .number(3))])
    #expect(file.tasks[5].notes == "2027-02-25: seen")
    let lines = [(3, "deleted"), (8, "sameSeries(line: \(7 + shift))"), (10, "circle(line: \(9 + shift))"), (10, "missing(\"zz\")")]
    var expected = lines.map { "\($0.0 + shift): \($0.1)" }
    expected += ["\(12 + shift): repeated(line: \(1 + shift))", "\(13 + shift): noTitle"]
    if !isArray { expected.append("14: notJSON") }
    #expect(Set(notes(file)) == Set(expected) && file.notes.count == expected.count)
  }

  @Test(
    arguments: [
      ("daily", "FREQ=DAILY"), ("3days", "FREQ=DAILY;INTERVAL=3"), ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
      ("P1M", "FREQ=MONTHLY"), ("2wks", "FREQ=WEEKLY;INTERVAL=2"), ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
      ("biannual", "FREQ=YEARLY;INTERVAL=2"), ("2q", "FREQ=MONTHLY;INTERVAL=6"), ("PT1H", nil), ("hourly", nil), ("0d", nil), ("", nil),
      ("9999d", nil), ("weeklyish", nil),
    ] as [(String, String?)])
  func `Taskwarrior's words for how often`(words: String, rule: String?) { #expect(TaskwarriorRecur.rule(words)?.text == rule) }

  @Test(arguments: [
    ("title\r\nPaint\r\n\"Sweep, then rest\"\r\n", true), ("Title\nPaint", true), ("Paint\nSweep\n", false), ("title page\nPaint", false),
  ])
  func `a column of titles is a table`(text: String, isTable: Bool) throws {
    let file = try PlannerFile(Array(text.utf8), reader: plannerReader())
    #expect(file.format == (isTable ? .csv : .todoTxt) && file.tasks.count == (isTable ? text.utf8.split(separator: 0x0A).count - 1 : 2))
  }

  @Test func `Hard case 34: CSV with BOM, semicolons, quoted newlines and formulas`() throws {
    let text =
      "\u{FEFF}ID;Título;Prioridade;Prazo;Tags;Parent;Depends_on;Notes;Energy;Repeat;Status\r\n"
      + "1;Paint;alta;05/03/2027 14:30;home, big;;2;\"Two\nlines\";'=3+3;;aberta\r\n"
      + "2;'=1+1;x;30/02/2027;;1;;;;every week on monday;fazendo\r\n3;\"bro\"ken;;;;;;;;;\r\n;;1;;;;;;;;\r\n;Last;4;2027-03-05;;;;;;;feito\r\n"
    let reader = try plannerReader("2027-03-01T10:00", "America/Sao_Paulo", .portuguese)
    let file = try PlannerFile(Array(text.utf8), reader: reader)
    #expect(file.format == .csv && file.tasks.map(\.title) == ["Paint", "=1+1", "Last"] && file.tasks.map(\.line) == [2, 4, 7])
    #expect(file.tasks.map(\.priority) == [2, nil, 4] && file.tasks.map(\.status) == [.open, .inProgress, .done])
    #expect(said(file.tasks[0].due, reader.zone) == "2027-03-05T14:30" && file.tasks[0].notes == "Two\nlines")
    #expect(file.tasks[0].tags == ["home", "big"] && file.tasks[0].metadata == [PlannerFileTask.Field("energy", .string("=3+3"))])
    #expect(file.tasks[1].parent == 0 && file.tasks[0].dependsOn.isEmpty && rules(file)[1] == "due 2027-03-01 FREQ=WEEKLY;BYDAY=MO")
    let expected: Set = [
      "2: circle(line: 4)", "4: value(\"priority\", \"x\")", "4: value(\"due\", \"30/02/2027\")", "5: cells", "6: noTitle",
    ]
    #expect(Set(notes(file)) == expected)
    let csv = String(decoding: PlannerFileWriter.file(file.tasks, .csv, zone: reader.zone), as: UTF8.self)
    #expect(csv.utf8.split(separator: 0x0A).contains { String(decoding: $0, as: UTF8.self).contains("'=1+1") })
  }

  @Test func `Hard case 34: to-dos of a calendar, whose parent comes later, with dates, alarms and what others made up`() throws {
    let file = try read(
      """
      BEGIN:VCALENDAR
      BEGIN:VTODO
      UID:child
      SUMMARY:Buy paint\\, white
      DUE;VALUE=DATE:20270305
      RELATED-TO:parent
      CATEGORIES:home,big\\, or not
      PRIORITY:1
      X-APPLE-SORT-ORDER:12
      BEGIN:VALARM
      TRIGGER:-PT15M
      END:VALARM
      END:VTODO
      BEGIN:VEVENT
      SUMMARY:No task
      END:VEVENT
      BEGIN:VTODO
      UID:parent
      SUMMARY:Paint
      STATUS:IN-PROCESS
      DUE;TZID=Europe/Lisbon:20270306T120000
      RELATED-TO;RELTYPE=CHILD:late
      RELATED-TO;RELTYPE=DEPENDS-ON:permit
      RELATED-TO;RELTYPE=SIBLING:other
      END:VTODO
      BEGIN:VTODO
      UID:late
      SUMMARY:Clean
      DTSTART;VALUE=DATE:20270320
      END:VTODO
      BEGIN:VTODO
      UID:permit
      SUMMARY:Permit
      STATUS:COMPLETED
      COMPLETED:20270228T101112Z
      RRULE:FREQ=HOURLY
      DUE;TZID=Nowhere:20270306T120000
      END:VTODO
      END:VCALENDAR
      """)
    let clocks = try zone("America/New_York")
    #expect(file.format == .calendar && file.tasks.map(\.title) == ["Buy paint, white", "Paint", "Clean", "Permit"])
    #expect(file.tasks.map(\.parent) == [1, nil, 1, nil] && file.tasks.map(\.dependsOn) == [[], [3], [], []])
    #expect(file.tasks.map(\.status) == [.open, .inProgress, .deferred, .done] && file.tasks.map(\.line) == [2, 17, 26, 31])
    #expect(said(file.tasks[0].due, clocks) == "2027-03-05" && said(file.tasks[1].due, clocks) == "2027-03-06T07:00")
    #expect(file.tasks[0].tags == ["home"] && file.tasks[0].priority == 1)
    #expect(file.tasks[0].metadata == [PlannerFileTask.Field("X-APPLE-SORT-ORDER", .string("12"))])
    #expect(file.tasks[2].deferredUntil?.iso == "2027-03-20" && file.tasks[3].completed?.iso == "2027-02-28T10:11:12Z")
    let expected: Set = [
      "2: tags", "2: alarms(1)", "17: missing(\"other\")", "31: value(\"DUE\", \"20270306T120000\")",
      "31: value(\"RRULE\", \"FREQ=HOURLY\")",
    ]
    #expect(Set(notes(file)) == expected)
  }

  @Test func `Todoist's tree, labels, comments and words`() throws {
    let file = try read(
      """
      TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE
      section,House,,,,,,,,
      task,Paint @home,Walls,1,1,,,2027-03-05,en,
      task,Buy paint,,4,2,,,every! 3 days,en,
      note,The white one,,,,,,,,
      task,* Call,,2,2,,,every monday at 9,en,
      task,Rest,,4,1,,,someday maybe,en,
      """)
    #expect(file.format == .todoist && file.tasks.map(\.title) == ["Paint", "Buy paint", "Call", "Rest"])
    #expect(file.tasks.map(\.parent) == [nil, 0, 0, nil] && file.tasks.map(\.priority) == [1, nil, 2, nil])
    #expect(file.tasks[0].tags == ["home"] && file.tasks[0].notes == "Walls" && file.tasks[1].notes == "The white one")
    #expect(rules(file)[1] == "completion 2027-03-01 FREQ=DAILY;INTERVAL=3")
    #expect(notes(file) == ["7: value(\"date\", \"someday maybe\")"] && file.tasks.allSatisfy { $0.id.isEmpty && !$0.key.isEmpty })
  }

  @Test func `a tree that is too deep, or a circle, comes to the top in part`() throws {
    let file = try read(
      """
      id;parent;title;depends_on
      1;;task 1;
      2;1;task 2;
      3;2;task 3;
      4;3;task 4;
      5;4;task 5;
      6;5;task 6;
      7;6;task 7;
      8;9;a;
      9;8;b;
      10;;up;11
      11;10;down;10
      12;12;self;
      """)
    #expect(file.tasks.map(\.parent) == [nil, 0, 1, 2, 3, nil, 5, 8, nil, nil, 9, nil])
    let said = Set(notes(file))
    #expect(said == ["7: tooDeep", "10: circle(line: 9)", "11: circle(line: 12)", "12: circle(line: 11)", "13: circle(line: 13)"])
    #expect(file.tasks.allSatisfy { $0.dependsOn.isEmpty })
  }

  @Test(
    arguments: [
      ("", .empty), (" \r\n\t", .empty), ("[{\"uuid\":", .damaged(line: 1)),
      ("PK\u{3}\u{4}\u{0}", .notText), ("[" + String(repeating: "[", count: 10_000), .damaged(line: 1)),
    ] as [(String, PlannerFile.Refusal)])
  func `what is no file of tasks is refused whole`(text: String, refusal: PlannerFile.Refusal) throws {
    let reader = try plannerReader()
    #expect(throws: refusal) { try PlannerFile(Array(text.utf8), reader: reader) }
  }

  @Test func `bytes, titles and time have their bounds, and a long chain is no long work`() throws {
    let reader = try plannerReader()
    let many = Array(String(repeating: "a\n", count: 200).utf8)
    #expect(throws: PlannerFile.Refusal.tooLarge) { try PlannerFile([UInt8](repeating: 0x61, count: 25_000_001), reader: reader) }
    #expect(throws: PlannerFile.Refusal.tooLong) { try PlannerFile(many, reader: reader, mayGoOn: { false }) }
    let long = try read(String(repeating: "x", count: 201) + "\nok")
    #expect(long.tasks.map(\.title) == ["ok"] && notes(long) == ["1: longTitle"])
    // Each of a long chain waits for the next.
    let chain = (0..<1_000).map { "\($0),t,\($0 + 1)" }
    let file = try read("id,title,depends_on\n" + chain.joined(separator: "\n"))
    #expect(file.tasks.count == 1_000 && file.notes.map(\.about) == [.missing("1000")])
  }
}
