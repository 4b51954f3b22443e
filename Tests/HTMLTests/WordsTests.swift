import Testing

@testable import HTML

@Suite struct WordsTests {
  static let po = #"""
    # Heed in Brazilian Portuguese.
    msgid ""
    msgstr ""
    "Content-Type: text/plain; charset=UTF-8\n"
    "Plural-Forms: nplurals=2; plural=(n > 1);\n"

    #. a remark for the translator
    #: templates/today.html:3
    msgid "Today"
    msgstr "Hoje"

    msgctxt "month"
    msgid "May"
    msgstr "maio"

    msgctxt "permission"
    msgid "May"
    msgstr "Pode"

    msgid "Snoozed until {time}."
    msgstr "Adiado até {time}."

    msgid "{n} reminder of {name}"
    msgid_plural "{n} reminders of {name}"
    msgstr[0] "{n} lembrete de {name}"
    msgstr[1] "{n} lembretes de {name}"

    msgid ""
    "Two "
    "lines\n"
    msgstr ""
    "Duas \"linhas\"\t\\"
    "\n"

    #, fuzzy, c-format
    msgid "Guessed"
    msgstr "Adivinhado"

    msgid "Empty"
    msgstr ""

    #~ msgid "Old"
    #~ msgstr "Velho"
    msgid "R&D <b>"
    msgstr "P&D <b>"
    """#

  let words = Words(
    language: "pt-BR", po: po, fixed: ["Today", "month\u{4}May", "permission\u{4}May", "R&D <b>", "Only <here>", "month\u{4}June"])

  @Test func `A catalogue is read`() {
    #expect(Catalogue(Self.po).complaints.isEmpty)
    #expect(words("Today") == "Hoje")
    #expect(words("Two lines\n") == "Duas \"linhas\"\t\\\n")
    #expect(words("May", context: "month") == "maio")
    #expect(words("May", context: "permission") == "Pode")
    #expect(words.sources.contains("month\u{4}May"))
    #expect(words.has("Today"))
    #expect(!words.has("Today", context: "month"))
  }

  @Test(arguments: ["May", "Guessed", "Empty", "Old", "Nowhere", ""]) func `What is not translated is said in English`(_ source: String) {
    #expect(words(source) == source)
  }

  @Test func `Values are put in once, unknown names stay`() {
    #expect(words("Snoozed until {time}.", ["time": "{time} {n}"]) == "Adiado até {time} {n}.")
    #expect(words("{a}{b}{a} {c} {", ["a": "1", "b": ""]) == "11 {c} {")
    #expect(words("Snoozed until {time}.") == "Adiado até {time}.")
  }

  @Test(arguments: [
    (0, "0 lembrete de Ana", "0 reminders of Ana"), (1, "1 lembrete de Ana", "1 reminder of Ana"),
    (2, "2 lembretes de Ana", "2 reminders of Ana"),
    (-1, "-1 lembrete de Ana", "-1 reminder of Ana"), (.min, "\(Int.min) lembretes de Ana", "\(Int.min) reminders of Ana"),
  ])
  func `Numbers choose the plural of their language`(_ n: Int, _ portuguese: String, _ english: String) {
    #expect(words.count("{n} reminder of {name}", "{n} reminders of {name}", n, ["name": "Ana"]) == portuguese)
    #expect(Words(language: "en").count("{n} reminder of {name}", "{n} reminders of {name}", n, ["name": "Ana"]) == english)
  }

  @Test(arguments: [(0, "0 days"), (1, "1 day"), (2, "2 days")])
  func `A plural that is not translated is English, by English rules`(_ n: Int, _ expected: String) {
    #expect(words.count("{n} day", "{n} days", n) == expected)
  }

  @Test func `The templates' words are escaped, looked up by number, and missing ones are known`() {
    var html = HTMLWriter(words: words)
    for index in -1..<8 {
      html.word(index)
      html.literal("|")
    }
    #expect(String(decoding: html.bytes, as: UTF8.self) == "|Hoje|maio|Pode|P&amp;D &lt;b&gt;|Only &lt;here&gt;|June|||")
    #expect(words.missing == ["Only <here>", "month\u{4}June"])
  }

  static let broken: [(String, Int, String)] = [
    ("msgid Today", 1, "expected a string"),
    ("msgid \"Today", 1, "not closed"),
    ("msgid \"To\"day\"", 1, "not closed"),
    ("msgid \"To\\day\"", 1, "unknown escape"),
    ("msgid \"a\\\"", 1, "unknown escape"),
    ("\"a\"", 1, "without msgid"),
    ("msgfoo \"a\"", 1, "unknown keyword msgfoo"),
    ("msgstr \"a\"", 1, "without msgid"),
    ("msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"", 3, "stands here twice"),
    ("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", 6, "\"a\" is translated twice"),
    ("msgid \"a\"\nmsgstr[0] \"b\"\nmsgstr[1] \"c\"", 3, "no msgid_plural"),
    ("msgid \"{n} a\"\nmsgid_plural \"{n} as\"\nmsgstr[0] \"{n} b\"", 3, "two forms"),
    ("msgid \"Until {time}\"\nmsgstr \"Até {tempo}\"", 2, "{tempo} is not in the source"),
  ]

  @Test(arguments: broken) func `A broken catalogue is refused by line`(_ po: String, _ line: Int, _ reason: String) {
    let complaint = Catalogue(po).complaints.first
    #expect(complaint?.line == line)
    #expect(complaint?.reason.contains(reason) == true, "\(complaint?.reason ?? "it was read")")
  }

  @Test(arguments: ["", "\r\n", "msgid \"a\"\r\nmsgstr \"b\"\r\n", "# only a remark", "  msgid \"a\"  \n\tmsgstr \"b\""])
  func `Line ends and blanks make no difference`(_ po: String) {
    #expect(Catalogue(po).complaints.isEmpty)
    #expect(Catalogue(po).entries == (po.contains("msgid") ? ["a": ["b"]] : [:]))
  }
}
