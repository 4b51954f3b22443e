import HTML
import Testing

@testable import Web

/// What people type, field by field: what is read, and what is said about what cannot be.
@Suite struct FormReaderTests {
  private enum Size: String, CaseIterable { case small, large }

  private func reader(_ fields: (String, String)...) -> FormReader { FormReader(Form(fields), Words(language: "en")) }

  private func reader(bytes: String) -> FormReader { FormReader(Form(urlEncoded: Array(bytes.utf8)), Words(language: "en")) }

  @Test(arguments: [
    ("  rent \t", "rent"), ("a b", "a b"), ("\r\n\u{B}\u{C} x", "x"), ("\u{A0}x", "\u{A0}x"), ("e\u{301}", "e\u{301}"),
    ("\u{600}<", "\u{600}<"),
  ])
  func `a line loses the blanks at its ends and nothing else`(typed: String, kept: String) {
    var read = reader(("title", typed))
    let line = read.line("title", 1...200)
    #expect(line.unicodeScalars.elementsEqual(kept.unicodeScalars))
    #expect(read.errors.isEmpty)
  }

  @Test(arguments: ["a\nb", "a\r\nb", "a\tb", "a\u{7F}b", "a\u{85}b", "a\u{9F}b", "a\u{2028}b", "a\u{2029}b", "a\u{1B}[2Jb"])
  func `a line of several lines or with control characters is refused`(typed: String) {
    var read = reader(("title", typed))
    _ = read.line("title", 1...200)
    #expect(read.errors["title"] == "Keep this to one line, without control characters.")
  }

  @Test(
    arguments: [
      (0, "Fill this in."), (1, "This is too short: at least 3 characters."), (2, "This is too short: at least 3 characters."), (3, nil),
      (5, nil),
      (6, "This is too long: at most 5 characters."), (6_000, "This is too long: at most 5 characters."),
    ] as [(Int, String?)])
  func `the bounds of a line's length belong to it`(length: Int, complaint: String?) {
    // Each is two bytes and one scalar, and a grapheme of its own only at the start: the database counts scalars, and so do we.
    var read = reader(("name", String(repeating: "\u{301}", count: length)))
    _ = read.line("name", 3...5)
    #expect(read.errors["name"] == complaint)
  }

  @Test func `an optional line may be missing`() {
    var read = reader()
    let line = read.line("reason", 0...200)
    #expect(line.isEmpty)
    #expect(read.errors.isEmpty)
  }

  @Test(arguments: [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\n\rb", "a\n\nb"), ("\r\n\r\n", "\n\n"), (" a ", " a "), ("\r\r\n", "\n\n")])
  func `line ends become LF`(typed: String, kept: String) {
    var read = reader(("text", typed))
    let text = read.text("text", bytes: 100)
    #expect(text.utf8.elementsEqual(kept.utf8))
    #expect(read.errors.isEmpty)
  }

  @Test func `notes of blanks and line ends are none, others stay as they are`() {
    for (typed, kept) in [("\r\n", ""), (" \n\t ", ""), ("", ""), (" a\r\n", " a\n"), ("\r\n.", "\n.")] {
      var read = reader(("notes", typed))
      let notes = read.notes("notes", bytes: 100)
      #expect(notes.utf8.elementsEqual(kept.utf8) && read.errors.isEmpty)
    }
    var read = reader(("notes", String(repeating: " ", count: 9)))
    _ = read.notes("notes", bytes: 8)
    #expect(read.errors["notes"] == "This is too long: at most 8 bytes fit.")
  }

  @Test func `a text is measured in bytes, after its line ends were made one`() {
    var read = reader(("fits", String(repeating: "\r\n", count: 8)), ("not", "ééééé"), ("exactly", "éééé"))
    _ = (read.text("fits", bytes: 8), read.text("not", bytes: 8), read.text("exactly", bytes: 8))
    #expect(read.errors.complaints.map(\.field) == ["not"])
    #expect(read.errors["not"] == "This is too long: at most 8 bytes fit.")
  }

  @Test(
    arguments: [
      ("", 7, nil), (" 12 ", 12, nil), ("+3", 7, "Give a whole number from 1 to 99."), ("-0", 7, "Give a whole number from 1 to 99."),
      ("0", 7, "Give a whole number from 1 to 99."), ("1", 1, nil), ("99", 99, nil), ("100", 7, "Give a whole number from 1 to 99."),
      ("007", 7, nil), ("1.0", 7, "Give a whole number from 1 to 99."), ("1e1", 7, "Give a whole number from 1 to 99."),
      ("٣", 7, "Give a whole number from 1 to 99."), ("9223372036854775808", 7, "Give a whole number from 1 to 99."),
      ("99999999999999999999999999", 7, "Give a whole number from 1 to 99."), ("0x10", 7, "Give a whole number from 1 to 99."),
      ("１２", 7, "Give a whole number from 1 to 99."), ("--5", 7, "Give a whole number from 1 to 99."),
      ("-", 7, "Give a whole number from 1 to 99."),
    ] as [(String, Int, String?)])
  func `whole numbers are ASCII digits within the bounds`(typed: String, number: Int, complaint: String?) {
    var read = reader(("n", typed))
    let found = read.integer("n", 1...99, 7)
    #expect(found == number)
    #expect(read.errors["n"] == complaint)
  }

  @Test func `a number that must be there is missed`() {
    var read = reader()
    let found = read.integer("n", 5...9, nil)
    #expect(found == 5)
    #expect(read.errors["n"] == "Give a whole number from 5 to 9.")
  }

  @Test(
    arguments: [
      ("1", 1, true), ("0", 0, true), ("2147483647", 2_147_483_647, true), ("2147483648", 0, false), ("-1", 0, false), ("", 0, false),
      ("x", 0, false),
    ])
  func `a version is a number that the table can hold`(typed: String, version: Int, isRight: Bool) {
    var read = reader(("version", typed))
    let found = read.version()
    #expect(found == version)
    #expect((read.errors["version"] == nil) == isRight)
  }

  @Test(arguments: [("on", true), ("yes", true), ("1", true), ("", false), ("off", false), ("false", false), ("0", false), ("no", false)])
  func `a box is ticked unless its value says no`(sent: String, isTicked: Bool) {
    var read = reader(("box", sent))
    let found = [read.flag("box"), read.flag("another")]
    #expect(found == [isTicked, false])
  }

  @Test func `a choice is one of the words, byte for byte`() {
    var read = reader(("a", "large"), ("b", "LARGE"), ("c", ""), ("d", "large "))
    let good = [read.choice("a", Size.small), read.choice("c", Size.small), read.choice("missing", Size.large)]
    #expect(good == [.large, .small, .large] && read.errors.isEmpty)
    let bad = [read.choice("b", Size.small), read.choice("d", Size.large)]
    #expect(bad == [.small, .large])
    #expect(read.errors.complaints.map(\.field) == ["b", "d"])
  }

  @Test(arguments: ["x=%00", "x=%ff", "x=a%c3"])
  func `bytes that are not text are complained about, whatever reads them`(body: String) {
    var read = [reader(bytes: body), reader(bytes: body), reader(bytes: body), reader(bytes: body)]
    _ = read[0].line("x", 0...9)
    _ = read[1].text("x", bytes: 9)
    _ = read[2].integer("x", 1...9, 1)
    _ = read[3].filled("x")
    #expect(read.allSatisfy { $0.errors["x"] == "This holds characters that cannot be stored. Type it again." })
  }

  @Test func `everything is said at once, the first about a field only, in the order of reading`() throws {
    var read = reader(("title", ""), ("n", "x"))
    _ = read.line("title", 1...5)
    read.complain("title", "Another.")
    _ = read.integer("n", 1...9, nil)
    let errors = try #require(throws: FormErrors.self) { try read.finish() }
    #expect(errors.complaints.map { "\($0.field): \($0.text)" } == ["title: Fill this in.", "n: Give a whole number from 1 to 9."])
  }

  @Test func `nothing to complain about throws nothing`() throws {
    try reader(("title", "x")).finish()
  }
}
