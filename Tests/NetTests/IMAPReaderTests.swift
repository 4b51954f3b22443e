import Testing

@testable import Net

/// What an IMAP server says, taken apart.
@Suite struct IMAPReaderTests {
  /// Every answer in `text`, as its texts and literals with bars between them.
  private func read(_ text: String, pieces: Int, room: Int = 65_536) throws -> [String] {
    var reader = IMAPReader()
    reader.room = room
    var all: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      var piece = rest.prefix(pieces)
      rest = rest.dropFirst(pieces)
      while let response = try reader.next(&piece) {
        let texts = response.texts.map { String(decoding: $0, as: UTF8.self) }
        let literals = response.literals.map { "<\(String(decoding: $0, as: UTF8.self))>" } + [""]
        all.append(zip(texts, literals).map { $0 + $1 }.joined())
      }
    }
    return all
  }

  @Test(
    arguments: [
      ("* OK hi\r\n", ["* OK hi"]), ("* 1 EXISTS\r\nh1 OK\n", ["* 1 EXISTS", "h1 OK"]), ("\r\n", [""]),
      ("* 1 FETCH (BODY[] {3}\r\na\r\n UID 5)\r\n", ["* 1 FETCH (BODY[] {3}<a\r\n> UID 5)"]),
      ("* 1 FETCH (A {0}\r\n B {1}\r\n))\r\n", ["* 1 FETCH (A {0}<> B {1}<)>)"]),
      ("* 1 FETCH (A {2+}\r\nxy)\r\n", ["* 1 FETCH (A {2+}<xy>)"]),
      // What people are told may end in anything.
      ("* OK you have {3}\r\nh1 NO {5}\r\n", ["* OK you have {3}", "h1 NO {5}"]), ("+ go {3}\r\n* BYE {1}\r\n", ["+ go {3}", "* BYE {1}"]),
      ("* 1 FETCH {x}\r\n* 1 FETCH {}\r\n* 1 FETCH 3}\r\n", ["* 1 FETCH {x}", "* 1 FETCH {}", "* 1 FETCH 3}"]),
    ] as [(String, [String])])
  func answersEndWhereTheyEnd(text: String, answers: [String]) throws {
    for pieces in [1, 2, 3, 7, 1_000] { #expect(try read(text, pieces: pieces) == answers, "in pieces of \(pieces)") }
  }

  @Test func aLiteralHasTheRoomThatItIsGiven() throws {
    #expect(try read("* 1 FETCH ({10}\r\n0123456789)\r\n", pieces: 4, room: 10).count == 1)
    #expect(throws: IMAPReader.Failure.tooLarge(11)) { try read("* 1 FETCH ({11}\r\n", pieces: 4, room: 10) }
    #expect(throws: IMAPReader.Failure.tooLarge(Int.max)) { try read("* 1 FETCH ({99999999999999999999}\r\n", pieces: 4) }
    #expect(throws: IMAPReader.Failure.tooLarge(9_223_372_036_854_775_807)) { try read("* X {9223372036854775807}\r\n", pieces: 4) }
  }

  @Test func whatHasNoEndIsRefused() {
    var reader = IMAPReader()
    #expect(throws: IMAPReader.Failure.tooLong) {
      for _ in 0..<200 {
        var piece = [UInt8](repeating: 65, count: 65_536)[...]
        _ = try reader.next(&piece)
      }
    }
    #expect(throws: IMAPReader.Failure.tooLong) { try read(String(repeating: "* 1 FETCH ({0}\r\n", count: 200), pieces: 4_000) }
    #expect(throws: IMAPReader.Failure.tooLong) {
      try read(String(repeating: "* X {60000}\r\n" + String(repeating: "y", count: 60_000), count: 4), pieces: 4_000)
    }
    #expect(throws: IMAPReader.Failure.notIMAP) { try read("* OK \0\r\n", pieces: 100) }
  }

  @Test(arguments: [
    ("* OK hi", "ok - [] hi"), ("* OK [UIDNEXT 5] next", "ok - [UIDNEXT|5] next"), ("* BYE", "bye - [] "),
    ("* preauth x", "preauth - [] x"),
    ("h1 NO [NONEXISTENT] no", "no h1 [NONEXISTENT|] no"), ("h1 bad", "bad h1 [] "), ("h1 OK [open", "ok h1 [] [open"),
    ("h1 OK [badcharset (a b)]", "ok h1 [BADCHARSET|(a b)] "), ("+ go", "waiting"), ("+", "waiting"), ("* 12 EXISTS", "EXISTS 12"),
    ("* 4294967295 fetch (x)", "FETCH 4294967295"), ("* SEARCH", "SEARCH -"), ("* SEARCH 1 2", "SEARCH -"),
    ("* 4294967296 EXISTS", "4294967296 -"),
    ("* FLAGS ()", "FLAGS -"),
    ("h1 BYE x", "nothing"), ("h1 PREAUTH x", "nothing"), ("h1 EXISTS", "nothing"), ("*", "nothing"), ("* ", "nothing"), ("", "nothing"),
    (" OK x", "nothing"), ("* 12", "nothing"), ("hello", "nothing"), ("HTTP/1.1 400 Bad", "nothing"), ("220 mx ESMTP", "nothing"),
  ])
  func linesAreToldByHowTheyBegin(line: String, expected: String) {
    #expect(told(line) == expected)
  }

  private func told(_ line: String) -> String {
    switch IMAPLine(Array(line.utf8)) {
    case .status(let tag, let status, let code, let argument, let words):
      let tag = tag.map { String(decoding: $0, as: UTF8.self) } ?? "-"
      let inside = code.isEmpty ? "" : "\(code)|\(String(decoding: argument, as: UTF8.self))"
      return "\(status) \(tag) [\(inside)] \(words)"
    case .waiting: return "waiting"
    case .data(let word, let number, _): return "\(word) \(number.map { "\($0)" } ?? "-")"
    case nil: return "nothing"
    }
  }

  @Test(arguments: [
    ("(UID 5 RFC822.SIZE 12)", "5 12 -"), ("(uid 5 rfc822.size 12 FLAGS (\\Seen))", "5 12 -"), ("()", "- - -"), ("(UID 0)", "0 - -"),
    ("(BODY[] {3}\r\na\"( UID 7)", "7 - a\"("), ("(UID 7 BODY[] \"a\\\"\\\\b\")", "7 - a\"\\b"), ("(UID 7 BODY[] NIL)", "7 - -"),
    ("(BODY[HEADER.FIELDS (DATE \"x)\")]<0> {1}\r\nz BODY[] {1}\r\ny UID 1)", "1 - y"), ("(X (((a) b) c) UID 4)", "4 - -"),
    ("(X \"(\" UID 4)", "4 - -"), ("(UID 99999999999)", "- - -"), ("(RFC822.SIZE 99999999999999999999)", "- - -"), ("(UID x)", "- - -"),
    ("(UID)", "nothing"), ("(UID 5", "nothing"), ("UID 5)", "nothing"), ("(UID 5) (UID 6)", "nothing"), ("(UID 5))", "nothing"),
    ("(\"UID\" 5)", "nothing"), ("(X \"a)", "nothing"), ("(BODY[ 5)", "nothing"), ("", "nothing"), ("(X ~{3}\r\nabc)", "nothing"),
  ])
  func aMailIsToldByNamesAndValues(text: String, expected: String) throws {
    var reader = IMAPReader()
    var bytes = Array("* 1 FETCH \(text)\r\n".utf8)[...]
    let response = try #require(try reader.next(&bytes))
    let fetch = IMAPFetch(response, rest: 9)
    let mail = fetch?.mail.map { String(decoding: $0, as: UTF8.self) } ?? "-"
    let told = fetch.map { "\($0.uid.map { "\($0)" } ?? "-") \($0.size.map { "\($0)" } ?? "-") \(mail)" } ?? "nothing"
    #expect(told == expected)
  }

  @Test(arguments: [49, 50, 51, 60_000]) func parenthesesWithinParenthesesEndSomewhere(depth: Int) throws {
    let text = String(repeating: "(", count: depth) + String(repeating: ")", count: depth)
    var reader = IMAPReader()
    var bytes = Array("* 1 FETCH \(text)\r\n".utf8)[...]
    let response = try #require(try reader.next(&bytes))
    #expect((IMAPValues.read(response, from: 9) != nil) == (depth <= 50))
  }

  @Test(arguments: [
    ("INBOX", "\"INBOX\""), ("Caixa de entrada/Às", "\"Caixa de entrada/&AMA-s\""), ("a&b", "\"a&-b\""), ("a\"b\\c", "\"a\\\"b\\\\c\""),
    ("~peter/mail/台北/日本語", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""), ("😀", "\"&2D3eAA-\""), ("é", "\"&AOk-\""), ("éa", "\"&AOk-a\""),
    ("&é&", "\"&-&AOk-&-\""),
  ])
  func foldersAreCalledInModifiedUTF7(name: String, wire: String) {
    #expect(String(decoding: IMAPFolder.quoted(name), as: UTF8.self) == wire)
  }
}
