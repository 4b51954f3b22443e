import HTML
import Testing

@testable import Web

/// Forms as browsers send them, and the complaints about them.
@Suite struct FieldTests {
  private func form(_ body: String) -> Form { Form(urlEncoded: Array(body.utf8)) }

  @Test(
    arguments: [
      ("a=1&b=2", ["1"], ["2"]), ("a=1;b=2", ["1;b=2"], []), ("a", [""], []), ("=1&a=2", ["2"], []), ("&&a=1&", ["1"], []),
      ("a=b=c", ["b=c"], []), ("a=%26%3D", ["&="], []), ("%61=1", ["1"], []), ("a+=1&a=2", ["2"], []), ("a=1&a=&a=3", ["1", "", "3"], []),
      ("", [], []), ("&", [], []), ("=", [], []),
    ] as [(String, [String], [String])])
  func `pairs are read as the standard says`(body: String, a: [String], b: [String]) {
    #expect(form(body).all("a") == a.map { .text($0) })
    #expect(form(body).all("b") == b.map { .text($0) })
  }

  @Test func `an unreadable value hides no other, and is not passed over for a later one`() {
    let sent = form("a=%ff&a=1&b=2")
    #expect(sent.first("a") == .unreadable && sent.text("a") == nil && sent.text("b") == "2")
    #expect(sent.all("a") == [.unreadable, .text("1")])
    // A button of the same name does not save a field that cannot be read.
    #expect(sent.firstFilled("a") == .unreadable)
    #expect(form("a=&a=%ff").firstFilled("a") == .unreadable)
  }

  @Test func `a form made by hand is read like one that was sent`() {
    let made = Form([("a", "1"), ("a", "2"), ("b", "")])
    #expect(made.text("a") == "1" && made.all("a").count == 2 && made.firstFilled("b") == nil && Form().first("a") == nil)
  }

  @Test func `complaints keep their order, and a field keeps its first`() {
    var errors = FormErrors("title", "Fill this in.")
    errors.add("at", "Give a time.")
    errors.add("title", "Another.")
    #expect(errors["title"] == "Fill this in." && errors["at"] == "Give a time." && errors["other"] == nil)
    #expect(errors.complaints.map(\.field) == ["title", "at"] && !errors.isEmpty && FormErrors().isEmpty)
  }

  @Test func `two sets of complaints are equal when they say the same in the same order`() {
    var (one, other) = (FormErrors("a", "x"), FormErrors("b", "y"))
    #expect(one != other)
    one.add("b", "y")
    other.add("a", "x")
    #expect(one != other && one == one)
    var same = FormErrors("a", "x")
    #expect(same != one)
    same.add("b", "y")
    #expect(same == one && FormErrors() == FormErrors())
  }

  @Test func `complaints are in the reader's language`() {
    var read = FormReader(Form(), Words(language: "pt-BR", po: "msgid \"Fill this in.\"\nmsgstr \"Preencha.\"\n"))
    _ = read.line("title", 1...9)
    #expect(read.errors["title"] == "Preencha.")
  }

  @Test(arguments: [
    (" 2 hours ", "", "2 hours", "2 hours"), ("", "tomorrow", "tomorrow", "tomorrow"), ("noon", "tomorrow", "noon", "noon"),
    ("", "", "", ""),
  ])
  func `what was typed goes before the button that was pressed`(typed: String, pressed: String, filled: String, trimmed: String) {
    var read = FormReader(Form([("until", typed), ("until", pressed)]), Words(language: "en"))
    let found = read.filled("until")
    #expect(read.trimmed(found) == trimmed && read.errors.isEmpty)
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("-12", -12), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("0000000000000000007", 7),
  ])
  func `numbers up to the ends of Int are read`(text: String, number: Int) {
    #expect(FormReader.integer(text) == number)
  }

  @Test(arguments: [
    "", "-", "+1", "1 ", " 1", "1_000", "1,0", "9223372036854775808", "-9223372036854775809", "00000000000000000007", "²", "1\u{301}",
  ])
  func `and nothing else is a number`(text: String) {
    #expect(FormReader.integer(text) == nil)
  }

  @Test func `the longest text is counted in scalars for a line and in bytes for a text`() {
    var read = FormReader(Form([("line", "ééé"), ("text", "ééé")]), Words(language: "en"))
    _ = (read.line("line", 1...3), read.text("text", bytes: 5))
    #expect(read.errors.complaints.map(\.field) == ["text"])
  }

  @Test func `a choice that is unreadable falls back and is told once`() {
    enum Size: String, CaseIterable { case small, large }
    var read = FormReader(form("size=%ff"), Words(language: "en"))
    let size = read.choice("size", Size.large)
    #expect(size == .large && read.errors.complaints.count == 1)
  }
}

/// Cookies as browsers send them, many at a time.
@Suite struct CookieJarTests {
  @Test func `every cookie of a full jar is found, and the one that was set comes back`() {
    let names = (0..<50).map { "c\($0)" }
    let header = names.map { "\($0)=v-\($0)" }.joined(separator: "; ")
    let jar = Cookies(Array(header.utf8))
    for name in names { #expect(jar[name] == "v-\(name)") }
    #expect(jar["c"] == nil && jar["c500"] == nil && jar[""] == nil)
    let set = Cookies.set("heed", "abc-_", seconds: 60, secure: true)
    #expect(Cookies(Array(set.utf8))["heed"] == "abc-_")
  }

  @Test(arguments: ["heed=a; ; x", "=; heed=a", ";heed=a;", "x;heed=a", "\"; heed=a"])
  func `pieces that are no pairs are passed over`(header: String) {
    #expect(Cookies(Array(header.utf8))["heed"] == "a")
  }
}
