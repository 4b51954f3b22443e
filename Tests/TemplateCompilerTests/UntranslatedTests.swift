import HTML
import Testing

@testable import TemplateCompiler

@Suite struct UntranslatedTests {
  static let calls: [(String, [Sentence])] = [
    (#"words("Hello")"#, [Sentence(source: "Hello", plural: nil, context: nil)]),
    (#"web.words("Mail to {email}.", ["email": email])"#, [Sentence(source: "Mail to {email}.", plural: nil, context: nil)]),
    ("words(\n  \"Hello\",\n  context: \"greeting\")", [Sentence(source: "Hello", plural: nil, context: "greeting")]),
    (#"words("May", ["a": f(x, "context:")], context: "month")"#, [Sentence(source: "May", plural: nil, context: "month")]),
    (
      #"words.count("{n} day", "{n} days", n, context: "age")"#,
      [Sentence(source: "{n} day", plural: "{n} days", context: "age")]
    ),
    (
      #"words("A", ["b": words("B", context: "c")])"#,
      [Sentence(source: "A", plural: nil, context: nil), Sentence(source: "B", plural: nil, context: "c")]
    ),
    (#"words("a \"b\" \\ \n \u{e9} '")"#, [Sentence(source: "a \"b\" \\ \n é '", plural: nil, context: nil)]),
    (#"words(title)  words("a \(b)")  keywords("c")  words.count(2)  words(""#, []),
    (#"passwords("a") my_words("b") words ("c") words["d"]"#, [Sentence(source: "c", plural: nil, context: nil)]),
  ]

  @Test(arguments: calls) func `Sentences are found in Swift`(_ swift: String, _ expected: [Sentence]) {
    #expect(SwiftWords(Array(swift.utf8)).sentences == expected)
  }

  @Test func `What a catalogue lacks is listed once, as entries to fill in`() {
    let sources = [
      Source(path: "a.html", name: "a.html", bytes: Array("{{! A }}\n{{_ \"Done\"}}{{_ \"Next\"}}{{_ \"May\" context=\"month\"}}".utf8)),
      Source(
        path: "a.swift", name: "a.swift", bytes: Array(#"words("Next") words("Say \"hi\"\n") words.count("{n} day", "{n} days", 2)"#.utf8)),
    ]
    let po = Untranslated(Catalogue("msgid \"Done\"\nmsgstr \"Feito\"\n"), sources).po
    #expect(
      po == #"""
        msgid "Next"
        msgstr ""

        msgctxt "month"
        msgid "May"
        msgstr ""

        msgid "Say \"hi\"\n"
        msgstr ""

        msgid "{n} day"
        msgid_plural "{n} days"
        msgstr[0] ""
        msgstr[1] ""

        """#)
    #expect(Catalogue(po).complaints.isEmpty)
  }
}
