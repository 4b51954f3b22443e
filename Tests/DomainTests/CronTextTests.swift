import Testing

@testable import Domain

@Suite struct CronTextTests {
  @Test(arguments: [
    ("*", Array(0...59)), ("0", [0]), ("5,10,5", [5, 10]), ("10-13", [10, 11, 12, 13]), ("*/15", [0, 15, 30, 45]),
    ("10-30/10", [10, 20, 30]),
    ("50/4", [50, 54, 58]), ("1,20-22,40-50/5", [1, 20, 21, 22, 40, 45, 50]), ("59", [59]), ("007", [7]), ("*/90", [0]),
    ("*/1", Array(0...59)),
    ("*,5", Array(0...59)), ("0-59/59", [0, 59]),
  ])
  func `minutes are numbers, lists, ranges and steps`(field: String, values: [Int]) throws {
    #expect(try Cron("\(field) 0 * * *").minute.values == values)
  }

  @Test(arguments: [
    ("MON", [1]), ("mon-fri", [1, 2, 3, 4, 5]), ("0", [0]), ("7", [0]), ("0-7", Array(0...6)), ("1-7", Array(0...6)),
    ("FRI-SUN", [0, 5, 6]),
    ("FRI-MON", [0, 1, 5, 6]), ("5-7", [0, 5, 6]), ("SAT-SUN", [0, 6]), ("6-0", [0, 6]), ("7-2", [0, 1, 2]), ("FRI-MON/2", [0, 5]),
    ("SUN,Wed", [0, 3]), ("*/2", [0, 2, 4, 6]), ("1/2", [1, 3, 5]), ("7/2", [0]), ("SUN-SAT", Array(0...6)), ("SUN-SUN", [0]),
  ])
  func `weekdays have names, Sunday is 0 and 7, and a range may run over the week's end`(field: String, values: [Int]) throws {
    #expect(try Cron("0 9 * * \(field)").dayOfWeek.values == values)
  }

  @Test(arguments: [("JAN", [1]), ("mar-May", [3, 4, 5]), ("DEC,jun", [6, 12]), ("*/4", [1, 5, 9]), ("2/5", [2, 7, 12])])
  func `months have names`(field: String, values: [Int]) throws {
    #expect(try Cron("0 9 1 \(field) *").month.values == values)
  }

  @Test(
    arguments: [
      ("", .fieldCount(0)), ("* * * *", .fieldCount(4)), ("* * * * * *", .fieldCount(6)), ("@reboot", .atReboot),
      ("@REBOOT", .atReboot), ("@every 5m", .unknownName("@every 5m")), ("@", .unknownName("@")), ("@daily *", .unknownName("@daily *")),
      ("0 0 9 ? * MON", .fieldCount(6)), ("0 0 9 ? * MON 2027", .fieldCount(7)), ("daily", .fieldCount(1)),
      ("60 * * * *", .outOfRange(.minute, value: 60, allowed: 0...59)), ("* 24 * * *", .outOfRange(.hour, value: 24, allowed: 0...23)),
      ("* * 0 * *", .outOfRange(.dayOfMonth, value: 0, allowed: 1...31)),
      ("* * 32 * *", .outOfRange(.dayOfMonth, value: 32, allowed: 1...31)),
      ("* * * 13 *", .outOfRange(.month, value: 13, allowed: 1...12)), ("* * * * 8", .outOfRange(.dayOfWeek, value: 8, allowed: 0...7)),
      ("1-60 * * * *", .outOfRange(.minute, value: 60, allowed: 0...59)), ("30-10 * * * *", .backwards(.minute, from: 30, to: 10)),
      ("0 22-6 * * *", .backwards(.hour, from: 22, to: 6)), ("0 0 28-3 * *", .backwards(.dayOfMonth, from: 28, to: 3)),
      ("0 0 1 NOV-FEB *", .backwards(.month, from: 11, to: 2)), ("*/0 * * * *", .zeroStep(.minute)), ("0 1-5/0 * * *", .zeroStep(.hour)),
      ("1,,2 * * * *", .emptyItem(.minute)), (", * * * *", .emptyItem(.minute)), ("0 0 1, * *", .emptyItem(.dayOfMonth)),
      ("x * * * *", .notUnderstood(.minute, "x")), ("0 9 * * FUNDAY", .notUnderstood(.dayOfWeek, "FUNDAY")),
      ("0 9 * * MONDAYS", .notUnderstood(.dayOfWeek, "MONDAYS")), ("0 9 * * MOND", .notUnderstood(.dayOfWeek, "MOND")),
      ("0 9 * JANUAR *", .notUnderstood(.month, "JANUAR")), ("0 9 1 * JANUARY", .notUnderstood(.dayOfWeek, "JANUARY")),
      ("0 9 * FOO *", .notUnderstood(.month, "FOO")),
      ("0 MON * * *", .notUnderstood(.hour, "MON")), ("0 9 * * L", .notUnderstood(.dayOfWeek, "L")),
      ("0 9 15WW * *", .notUnderstood(.dayOfMonth, "15WW")), ("0 9 W * *", .notUnderstood(.dayOfMonth, "W")),
      ("0 9 LWW * *", .notUnderstood(.dayOfMonth, "LWW")), ("0 9 WL * *", .notUnderstood(.dayOfMonth, "WL")),
      ("0 9 L-3W * *", .notUnderstood(.dayOfMonth, "L-3W")), ("0 9 1-5W * *", .notUnderstood(.dayOfMonth, "1-5W")),
      ("0 9 15W/2 * *", .notUnderstood(.dayOfMonth, "15W/2")), ("0 9 15W-20 * *", .notUnderstood(.dayOfMonth, "15W-20")),
      ("0 9 *W * *", .notUnderstood(.dayOfMonth, "*W")), ("0 9 * * 5W", .notUnderstood(.dayOfWeek, "5W")),
      ("0 9 * 5W *", .notUnderstood(.month, "5W")), ("15W 9 * * *", .notUnderstood(.minute, "15W")),
      ("0 9 0W * *", .outOfRange(.dayOfMonth, value: 0, allowed: 1...31)),
      ("0 9 32W * *", .outOfRange(.dayOfMonth, value: 32, allowed: 1...31)),
      ("0 9 L-31 * *", .outOfRange(.dayOfMonth, value: 31, allowed: 0...30)),
      ("0 9 L- * *", .notUnderstood(.dayOfMonth, "L-")), ("0 ? * * *", .notUnderstood(.hour, "?")),
      ("? 9 * * *", .notUnderstood(.minute, "?")), ("0 9 * ? *", .notUnderstood(.month, "?")),
      ("0 9 ?/2 * *", .notUnderstood(.dayOfMonth, "?/2")), ("0 9 ?,5 * *", .notUnderstood(.dayOfMonth, "?")),
      ("0 9 * * FRI#0", .outOfRange(.dayOfWeek, value: 0, allowed: 1...5)),
      ("0 9 * * FRI#6", .outOfRange(.dayOfWeek, value: 6, allowed: 1...5)), ("0 9 * * FRI#", .notUnderstood(.dayOfWeek, "FRI#")),
      ("0 9 * * MON-FRI#2", .notUnderstood(.dayOfWeek, "MON-FRI#2")), ("0 9 * * FRI#2/2", .notUnderstood(.dayOfWeek, "FRI#2/2")),
      ("0 9 * * FRILL", .notUnderstood(.dayOfWeek, "FRILL")), ("L * * * *", .notUnderstood(.minute, "L")),
      ("1#2 * * * *", .notUnderstood(.minute, "1#2")),
      ("-1 * * * *", .notUnderstood(.minute, "-1")), ("1- * * * *", .notUnderstood(.minute, "1-")),
      ("*/ * * * *", .notUnderstood(.minute, "*/")),
      ("*/x * * * *", .notUnderstood(.minute, "*/x")), ("*5 * * * *", .notUnderstood(.minute, "*5")),
      ("1.5 * * * *", .notUnderstood(.minute, "1.5")),
      ("99999999999999999999 * * * *", .notUnderstood(.minute, "99999999999999999999")),
      ("*/99999999999999999999 * * * *", .notUnderstood(.minute, "*/99999999999999999999")),
      ("٥ * * * *", .notUnderstood(.minute, "٥")), ("0\u{301} * * * *", .notUnderstood(.minute, "0\u{301}")),
      ("0\n0 9 * * *", .notUnderstood(.minute, "0\n0")),
    ] as [(String, CronError)])
  func `a mistake is told with its field and what is wrong`(text: String, error: CronError) {
    #expect(throws: error) { try Cron(text) }
  }

  @Test func `an error names its field`() {
    #expect(CronError.zeroStep(.month).field == .month)
    #expect(CronError.outOfRange(.hour, value: 24, allowed: 0...23).field == .hour)
    #expect(CronError.fieldCount(4).field == nil)
  }

  @Test func `a very long text is refused before it is read`() {
    #expect(throws: CronError.tooLong) { try Cron(String(repeating: "*", count: 1_000_000)) }
    #expect(throws: CronError.notUnderstood(.minute, String(repeating: "x", count: 40))) {
      try Cron(String(repeating: "x", count: 200) + " * * * *")
    }
  }

  @Test func `the text stays as it was typed, blanks between fields do not matter`() throws {
    #expect(try Cron("  0\t9  * * mon ").text == "  0\t9  * * mon ")
    #expect(try Cron("  0\t9  * * mon ").dayOfWeek.values == [1])
  }

  @Test func `bytes at random are read or refused, never a trap`() {
    var generator = Seeded(11)
    let letters = Array("*****0123456789,-/#L".utf8)
    var accepted = 0
    for _ in 0..<20_000 {
      let fields = (0..<5).map { _ in
        (0..<Int.random(in: 1...3, using: &generator)).compactMap { _ in letters.randomElement(using: &generator) }
      }
      guard let cron = try? Cron(String(decoding: Array(fields.joined(separator: [0x20])), as: UTF8.self)) else { continue }
      accepted += 1
      if let next = cron.next(after: Instant(seconds: 1_795_231_800), in: .utc), next <= Instant(seconds: 1_795_231_800) {
        Issue.record("\(cron.text) fires in the past")
      }
    }
    #expect(accepted > 20)
  }
}
