import Postgres
import TestSupport
import Testing

@Suite struct TextTests {
  @Test func aTextOutlivesItsRowsAndItsConnection() throws {
    var texts: [Text] = []
    do {
      let db = try connect()
      let query = Query("SELECT 'row ' || n AS title FROM generate_series(1, \(3)) AS n") { row throws(PostgresError) in
        try row("title", as: Text.self)
      }
      texts = try db.rows(query)
      _ = try db.rows(query)
    }
    #expect(texts.map { String($0) } == ["row 1", "row 2", "row 3"])
  }

  @Test(arguments: ["", "a", "ação", "🇧🇷", "a\u{301}", String(repeating: "x", count: 100_000)])
  func itHoldsTheBytesAndNothingElse(text: String) throws {
    let read = try #require(try connect().value("SELECT \(text)", as: Text.self))
    for text in [(read, text), (Text(text), text), (Text(Array(text.utf8)), text)] {
      #expect(text.0.count == text.1.utf8.count)
      #expect(text.0.isEmpty == text.1.isEmpty)
      #expect(text.0.bytes == Array(text.1.utf8))
      #expect(text.0.withBytes { $0.count } == text.1.utf8.count)
      #expect(String(text.0) == text.1)
      #expect("\(text.0)" == text.1)
    }
    #expect(read == Text(text))
    #expect(read.hashValue == Text(text).hashValue)
  }

  @Test func itComparesBytesWhereStringsCompareLetters() {
    #expect(Text("é") != Text("e\u{301}"))
    #expect("é" == "e\u{301}" as String)
    #expect(Text(";") != Text("\u{37E}"))
    #expect(Text("a") == "a")
    #expect(Text("a") != "ab")
    #expect(Text("ab") != "a")
    #expect(Set<Text>(["é", "e\u{301}", "é"]).count == 2)
  }

  @Test func bytesThatAreNoUTF8AreRepairedOnlyWhenAStringIsMade() {
    let text = Text([0x61, 0xFF, 0x62])
    #expect(text.bytes == [0x61, 0xFF, 0x62])
    #expect(String(text) == "a\u{FFFD}b")
  }

  @Test func aTextOfADocumentIsItsJSON() throws {
    let db = try connect()
    #expect(try db.value(#"SELECT '[1, 2]'::jsonb"#, as: Text.self) == "[1, 2]")
    #expect(try db.value(#"SELECT '[1, 2]'::jsonb"#, as: String.self) == "[1, 2]")
    #expect(try db.value("SELECT 'x'::name", as: Text.self) == "x")
    #expect(try db.value("SELECT 'x'::varchar(5)", as: Text.self) == "x")
    #expect(try db.value("SELECT 'x'::char(3)", as: Text.self) == "x  ")
  }
}
