import Testing

@testable import Domain

/// What a line of the inbox means.
@Suite struct InboxLineTests {
  /// "title | kind | due | rule | marks", "-" for what was not said.
  private func read(_ text: String, _ reader: PhraseReader) -> String {
    let line = InboxLine(text, reader: reader)
    var rule = "-"
    if case .series(let again, _, let phrase)? = line.when { rule = again?.rule.text ?? "\(phrase.kind)" }
    let marks = line.parts.compactMap { part -> String? in
      switch part.meaning {
      case .person(let name): "@" + name
      case .goal(let name): "+" + name
      case .tag(let tag): "#" + tag
      case .estimate(let minutes): "~\(minutes)"
      case .priority(let number): "!\(number)"
      case .kind, .when: nil
      }
    }
    return [
      line.title(), line.kind.rawValue, said(line.due, reader.zone), rule, marks.isEmpty ? "-" : marks.joined(separator: " "),
    ].joined(separator: " | ")
  }

  @Test(arguments: [
    ("pay 02/30", "pay 02/30 | task | - | - | -"), ("The 9/11 Report", "The 9/11 Report | task | - | - | -"),
    ("\"pay on friday\"", "\"pay on friday\" | task | - | - | -"), ("Buy todays paper", "Buy todays paper | task | - | - | -"),
    ("read https://x.example/#top", "read https://x.example/#top | task | - | - | -"),
    ("read https://x.example/a,tomorrow", "read https://x.example/a,tomorrow | task | - | - | -"),
    ("pagar aluguel todo dia 5", "pagar aluguel | task | 2027-03-05 | FREQ=MONTHLY;BYMONTHDAY=5 | -"),
  ])
  func `Hard case 20: what is no time is left alone`(text: String, expected: String) throws {
    let reader = try plannerReader()
    #expect(read(text, reader) == expected)
  }

  @Test func `Hard case 20: a month from the 31st is the 28th`() throws {
    let reader = try plannerReader("2027-01-31T10:00")
    #expect(read("renew in 1 month", reader) == "renew | task | 2027-02-28 | - | -")
  }

  @Test(arguments: [
    (
      "call Ana @ana +kitchen #casa ~45m !1 tomorrow 9am",
      "call Ana | task | 2027-03-02T09:00 | - | @ana +kitchen #casa ~45 !1"
    ),
    ("\\#1 priority", "#1 priority | task | - | - | -"), ("#1 priority", "priority | task | - | - | #1"),
    ("call Ana tomorrow @ana", "call Ana | task | 2027-03-02 | - | @ana"),
    ("tomorrow #casa call mom", "call mom | task | 2027-03-02 | - | #casa"),
    ("call @ana, then Bob", "call, then Bob | task | - | - | @ana"),
    ("paint +\"New kitchen\" ~1h30", "paint | task | - | - | +New kitchen ~90"),
    ("paint +“New kitchen” friday", "paint | task | 2027-03-05 | - | +New kitchen"),
    ("say \"@ana #x\" #y", "say \"@ana #x\" | task | - | - | #y"), ("mail ana@example.com", "mail ana@example.com | task | - | - | -"),
    ("learn C# today", "learn C# | goal | 2027-03-01 | - | -"), ("2 + 2 ~ 4 !", "2 + 2 ~ 4 ! | task | - | - | -"),
    ("dinner @ 19:30", "dinner | task | 2027-03-01T19:30 | - | -"), ("buy +1 chair", "buy +1 chair | task | - | - | -"),
    ("rent !alta friday", "rent | task | 2027-03-05 | - | !2"), ("#casa", "#casa | task | - | - | #casa"),
    ("tomorrow", "tomorrow | task | 2027-03-02 | - | -"), ("wow!1", "wow!1 | task | - | - | -"), ("x ~soon", "x ~soon | task | - | - | -"),
    ("see #a,b", "see,b | task | - | - | #a"),
  ])
  func `Hard case 21: marks at the beginning of a word are taken, others are words`(text: String, expected: String) throws {
    let reader = try plannerReader()
    #expect(read(text, reader) == expected)
  }

  @Test func `Hard case 21: a name that nobody has, or two have, stays where it stands`() throws {
    let line = InboxLine("call Ana @ana +kitchen #casa tomorrow", reader: try plannerReader())
    let isName: (InboxLine.Part) -> Bool = { part in
      switch part.meaning {
      case .person, .goal: true
      default: false
      }
    }
    #expect(line.title { !isName($0) } == "call Ana @ana +kitchen")
    #expect(line.title { _ in false } == line.text)
    let after = InboxLine("call Ana tomorrow @ana", reader: try plannerReader())
    #expect(after.title { !isName($0) } == "call Ana @ana")
  }

  @Test func `a mark that stays is a word of its own where a time before it is taken`() throws {
    let isTime: (InboxLine.Part) -> Bool = { $0.meaning == .when }
    let reader = try plannerReader()
    #expect(InboxLine("finish the report by friday !1", reader: reader).title(taking: isTime) == "finish the report !1")
  }

  @Test(arguments: [
    ("remind me to call mom tomorrow at 9", "reminder"), ("lembrar de ligar amanhã", "reminder"), ("tea in 20 minutes", "reminder"),
    ("stand-up every weekday at 8:30", "reminder"), ("stretch every 90 minutes", "reminder"), ("meditate every day", "habit"),
    ("run every monday and thursday", "habit"), ("gym 3 times a week", "habit"), ("correr toda segunda e quinta", "habit"),
    ("take out the trash every thursday", "task"), ("finish the report by friday", "deadline"), ("the rent is due friday", "deadline"),
    ("relatório até sexta", "deadline"), ("the tap is broken", "problem"), ("a torneira quebrou", "problem"),
    ("fix what is broken", "task"),
    ("learn to swim", "goal"), ("aprender alemão", "goal"), ("goal: read more", "goal"), ("Problema: o carro", "problem"),
    ("deadline: taxes 30 april", "deadline"), ("buy milk", "task"), ("call mom ~10m by friday", "task"), ("todo: sleep", "task"),
  ])
  func `what a line most likely is`(text: String, kind: String) throws {
    let reader = try plannerReader()
    #expect(InboxLine(text, reader: reader).kind.rawValue == kind)
  }

  @Test(arguments: [
    ("pay rent today", "2027-03-01"), ("pay rent in 3 days", "2027-03-04"), ("pay rent tomorrow morning", "2027-03-02T09:00"),
    ("pay rent friday at 18:00", "2027-03-05T18:00"), ("pay rent end of month", "2027-03-31"), ("water every 3 days", "2027-03-01"),
    ("water every day at 9", "2027-03-02T09:00"), ("pagar na sexta", "2027-03-05"),
  ])
  func `a day without a time is a date, today too`(text: String, expected: String) throws {
    let reader = try plannerReader()
    let line = InboxLine(text, reader: reader)
    #expect(said(line.due, reader.zone) == expected)
  }

  @Test func `a reminder of today has no time once the default hour is over`() throws {
    let reader = try plannerReader()
    let nine = try instant("2027-03-02T14:00:00Z")
    var found: [Instant?] = []
    for text in ["pay rent today", "pay rent tomorrow"] {
      if case .once(_, let phrase)? = InboxLine(text, reader: reader).when { found.append(phrase?.instant) }
    }
    #expect(found == [nil, nine])
  }

  @Test func `parts say where they stand, whatever stands between`() throws {
    let typed = "goal: aprender alemão #línguas até sexta @josé"
    let line = InboxLine(typed, reader: try plannerReader())
    let bytes = Array(typed.utf8)
    #expect(line.parts.map(\.words) == ["goal:", "#línguas", "até sexta", "@josé"])
    for part in line.parts { #expect(bytes[part.range].elementsEqual(part.words.utf8)) }
    #expect(line.title() == "aprender alemão")
  }

  @Test(arguments: UInt64(1)...10) func `whatever is typed, nothing is lost that was not taken`(seed: UInt64) throws {
    var random = Seeded(seed)
    let words = [
      "call", "Ana", "@ana", "+kitchen", "#casa", "~45m", "!1", "\\#1", "tomorrow", "9am", "\"", "“", "”", "every", "friday", "é", "👩‍👧",
      "\u{A0}", "\t", ",", "https://x.example/#a", "!high", "~", "#", "goal:", "remind", "me", "to", "until", "+\"a b\"", "02/30",
      "\u{202E}",
    ]
    let reader = try plannerReader()
    for _ in 0..<25 {
      let typed = (0..<Int.random(in: 0...9, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
      let line = InboxLine(typed, reader: reader)
      let bytes = Array(typed.utf8)
      var end = 0
      for part in line.parts {
        #expect(part.range.lowerBound >= end && part.range.upperBound <= bytes.count, "\(typed)")
        #expect(bytes[part.range].elementsEqual(part.words.utf8))
        end = part.range.upperBound
      }
      #expect(line.title().utf8.isEmpty == QuickText.trimmed(typed).utf8.isEmpty, "\(typed)")
      if !typed.utf8.contains(UInt8(ascii: "\\")), !typed.utf8.contains(0x09) {
        #expect(letters(line.title { _ in false }) == letters(typed), "\(typed)")
      }
    }
  }

  private func letters(_ text: String) -> [Unicode.Scalar] { text.unicodeScalars.filter { $0.properties.isAlphabetic } }

  @Test func `a line beyond what is read for a time still has its marks`() throws {
    let line = InboxLine(String(repeating: "word ", count: 100) + "#casa tomorrow", reader: try plannerReader())
    #expect(line.when == nil && line.tags == ["casa"])
    #expect(line.title().utf8.count == 508)
  }

  @Test func `Hard case 16: a line is an item, blank ones are none, one too long stops all`() throws {
    let pasted = (1...500).map { "line \($0)" }.joined(separator: "\r\n")
    let (many, few) = (try InboxPost(pasted), try InboxPost("a\r\n\r\n \t\na\n\tb\r🎉\n"))
    #expect(many.lines.count == 500 && few.lines == ["a", "a", "b", "🎉"])
    #expect(throws: InboxPost.TooLong(line: 3)) {
      try InboxPost("a\n\n" + String(repeating: "x", count: 9_000) + "\nb")
    }
    let full = try InboxPost(String(repeating: "x", count: 8_192))
    #expect(full.lines.count == 1)
  }

  @Test(arguments: [
    ("a\r\nb", "a\nb", true), ("a  \nb\n\n", "a\nb", true), ("a\rb", "a\nb", true), ("a\nb", "a\n b", false), ("a", "A", false),
    ("", "\r\n", true), ("a\n\nb", "a\nb", false),
  ])
  func `Hard case 17: the same text is the same but for line ends and trailing blanks`(one: String, other: String, isSame: Bool) {
    #expect((InboxPost.canonical(one) == InboxPost.canonical(other)) == isSame)
  }
}
