import Testing

@testable import Domain

/// JSON of other programs' files: read whole or refused by its line.
@Suite struct JSONDocumentTests {
  private func root(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }

  @Test func `values of every kind`() throws {
    let value = try root(#" {"a": [1, -2.5, 3e2, "x", true, false, null, {}, []], "b": {"c": "d"}, "n": null} "#)
    let list = try #require(value["a"]?.elements)
    #expect(list.map(\.thousandths) == [1_000, -2_500, 300_000, nil, nil, nil, nil, nil, nil])
    #expect(list.map(\.integer) == [1, nil, 300, nil, nil, nil, nil, nil, nil])
    #expect(
      list.map(\.text) == [nil, nil, nil, "x", nil, nil, nil, nil, nil]
        && list.map(\.bool) == [nil, nil, nil, nil, true, false, nil, nil, nil])
    #expect(list.map(\.isObject) == [false, false, false, false, false, false, false, true, false] && list[8].isArray)
    #expect(value["b"]?["c"]?.text == "d" && value["n"] == nil && value["z"] == nil && list[0]["a"] == nil && value.elements.isEmpty)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\uD83D\uDE00x""#, "é😀x"), (#""\uD83D""#, "\u{FFFD}"),
    (#""a\uDE00b""#, "a\u{FFFD}b"),
    (#""Água""#, "Água"), (#""""#, ""), (#""\u0000""#, "\u{0}"),
  ])
  func `texts and their escapes`(json: String, expected: String) throws {
    #expect(try root("[\(json)]").elements.map(\.text) == [expected])
  }

  @Test func `of equal names the last counts, and names are compared by bytes`() throws {
    #expect(try root(#"{"a":1,"\u0061":2}"#)["a"]?.integer == 2)
    #expect(try root("{\"e\u{301}\":1}")["é"] == nil)
    #expect(try root(#"{"b":1,"a":[],"b":null}"#).members.map(\.name) == ["b", "a", "b"])
  }

  @Test func `values know their lines`() throws {
    let value = try root("{\n \"a\": 1,\r\n \"b\": [\n  {},\n  \"c\"]}")
    #expect(value.line == 1 && value["a"]?.line == 2 && value["b"]?.elements.map(\.line) == [4, 5])
  }

  @Test(arguments: [
    ("", 1), ("{", 1), ("[1,]", 1), ("[1 2]", 1), ("{\"a\"}", 1), ("{\"a\":}", 1), ("{a:1}", 1), ("[1]\n]", 2), ("[\n\"a", 2),
    ("[\"\\x\"]", 1),
    ("[\"\\u12g4\"]", 1), ("[\"\\u12", 1), ("[\"\\", 1), ("[01]", 1), ("[-]", 1), ("[1.]", 1), ("[.5]", 1), ("[1e]", 1), ("[nul]", 1),
    ("[tru", 1),
    ("[\"a\nb\"]", 1), ("{\"a\":1,}", 1), ("[1}", 1), ("nope", 1), ("[NaN]", 1), ("{}{}", 1), ("[,1]", 1),
  ])
  func `what is no JSON names its line`(text: String, line: Int) {
    #expect(throws: JSONError(line: line)) { try root(text) }
  }

  @Test func `brackets within brackets end somewhere`() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try root(nested(64))
    #expect(throws: JSONError(line: 1)) { try root(nested(65)) }
    #expect(throws: JSONError(line: 1)) { try root(String(repeating: "[", count: 1_000_000)) }
  }
}

/// JSON of servers and operators, and what is written here.
@Suite struct JSONValueTests {
  @Test(arguments: [
    "0", "-1", "1.5", "1e9", "1E-9", "true", "null", #""\ud83d\ude00""#, #""\u00e9\n\t\/""#, "[1,[2,{}]]", #"{"a":{"b":[]}}"#, "  1 ",
    #""é""#,
  ])
  func `values are read`(text: String) { #expect(JSONValue(text.utf8) != nil) }

  @Test(arguments: [
    "", "01x", "1.", ".5", "+1", "1e", "tru", "nul", "\"", "\"a", "\"\u{1}\"", #""\x""#, #""\u12""#, #""\ud83d""#, #""\ud83dx""#,
    #""\ud83d\u0041""#, #""\ude00""#, "[1,]", "[1 2]",
    "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "[", "{", "1 2", "//", "NaN", "Infinity",
  ])
  func `what is no JSON is not`(text: String) { #expect(JSONValue(text.utf8) == nil) }

  @Test func `bytes that are no UTF-8 are not read, in texts or elsewhere`() {
    #expect(JSONValue([0x22, 0xC3, 0x22]) == nil && JSONValue([0x22, 0xC3, 0xA9, 0x22])?.text == "é")
  }

  @Test func `32 brackets within each other are read, and no more`() {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(JSONValue(nested(32).utf8) != nil && JSONValue(nested(33).utf8) == nil)
  }

  @Test func `what is written reads as the same`() throws {
    let text = JSONText.object([("a\"\\\n\u{1}é😀", .array([.null, .bool(true), .number(-15), .string(""), .string("b\tc")]))])
    let value = try #require(JSONValue(text.text.utf8))
    #expect(value.members.map(\.name) == ["a\"\\\n\u{1}é😀"] && value.json == text)
    #expect(value.members[0].value.elements.map(\.text) == [nil, nil, nil, "", "b\tc"])
  }

  @Test func `what is read is written the shortest way, numbers as they were`() {
    let text = #" { "a" : [ 1.50 , "\u00e9\/" , null ] , "b" : { } , "a" : false } "#
    #expect(JSONValue(text.utf8)?.json.text == #"{"a":[1.50,"é/",null],"b":{},"a":false}"#)
  }
}
