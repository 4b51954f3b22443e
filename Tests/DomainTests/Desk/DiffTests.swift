import Crypto
import Testing

@testable import Domain

func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

/// As text: `=3 -old +new`.
private func shown(_ changes: TextChanges) -> String {
  changes.changes.map {
    switch $0 {
    case .retain(let count): "=\(count)"
    case .delete(let text): "-\(text)"
    case .insert(let text): "+\(text)"
    }
  }.joined(separator: "|")
}

private func shown(_ runs: [ChangeRun]) -> String {
  runs.map { $0.kind == .kept ? $0.text : $0.kind == .deleted ? "[-\($0.text)-]" : "{+\($0.text)+}" }.joined()
}

/// RULES 6.6.
@Suite struct DiffTests {
  @Test(arguments: [
    ("", "", ""), ("same", "same", "=4"), ("", "new", "+new"), ("old", "", "-old"),
    ("the cat sat", "the dog sat", "=4|-cat|+dog|=4"), ("one two", "one big two", "=4|+big |=3"),
    ("Hi, Ana.", "Hi Ana!", "=2|-,|=4|-.|+!"), ("a\nb\n", "a\nc\nb\n", "=2|+c\n|=2"), ("a  b", "a b", "=1|-  |+ |=1"),
    ("price 12.50", "price 13.50", "=6|-12|+13|=3"), ("word", "words", "-word|+words"), ("a\r\nb", "a\nb", "=1|-\r\n|+\n|=1"),
    // One letter, and e with an accent apart: two texts, and the word is replaced whole.
    ("um caf\u{E9} bom", "um cafe\u{301} bom", "=3|-caf\u{E9}|+cafe\u{301}|=4"),
    ("ok \u{1F44D}\u{1F3FB}!", "ok \u{1F44D}\u{1F3FD}!", "=3|-\u{1F44D}\u{1F3FB}|+\u{1F44D}\u{1F3FD}|=1"),
    (
      "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} hi", "\u{1F468}\u{200D}\u{1F467} hi",
      "-\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}|+\u{1F468}\u{200D}\u{1F467}|=3"
    ),
    ("\u{1F1E7}\u{1F1F7}\u{1F1F5}\u{1F1F9}", "\u{1F1E7}\u{1F1F7}\u{1F1FA}\u{1F1F8}", "=2|-\u{1F1F5}\u{1F1F9}|+\u{1F1FA}\u{1F1F8}"),
    ("abc \u{5D0}\u{5D1}", "abc \u{200F}\u{5D0}\u{5D1}", "=4|+\u{200F}|=2"),
    ("\u{65E5}\u{672C}", "\u{65E5}\u{4ECA}", "=1|-\u{672C}|+\u{4ECA}"),
    ("na\u{EF}ve r\u{E9}sum\u{E9}", "naive r\u{E9}sum\u{E9}", "-na\u{EF}ve|+naive|=7"),
  ])
  func `Hard case 17: words, blanks, line ends and marks are taken or left whole`(old: String, new: String, expected: String) throws {
    let changes = TextChanges(from: old, to: new)
    #expect(shown(changes).utf8.elementsEqual(expected.utf8), "\(shown(changes))")
    #expect(try changes.applied(to: old).utf8.elementsEqual(new.utf8))
    #expect(try changes.inverse.applied(to: new).utf8.elementsEqual(old.utf8))
    #expect(changes.inverse == TextChanges(changes.inverse.changes) && changes.inverse.inverse == changes)
    #expect(changes.isEmpty == old.utf8.elementsEqual(new.utf8))
  }

  @Test(arguments: [
    ("the red car", "the blue bus", "the [-red car-]{+blue bus+}"), ("Hi, Ana.", "Hi Ana!", "Hi[-,-] Ana[-.-]{+!+}"),
    ("a b c", "x b y", "[-a-]{+x+} b [-c-]{+y+}"), ("one\ntwo", "three\nfour", "[-one-]{+three+}\n[-two-]{+four+}"),
    ("same", "same", "same"), ("", "all new", "{+all new+}"), ("all old", "", "[-all old-]"),
  ])
  func `a page shows both texts in one`(old: String, new: String, expected: String) throws {
    #expect(try shown(TextChanges(from: old, to: new).runs(of: old)) == expected)
  }

  @Test func `the stored form is that of the rules`() throws {
    let diff = StoredDiff(from: "the cat", to: "the \"dog\"\n", sha256: sha256)
    #expect(
      diff.json == """
        {"v":1,"unit":"scalar","base_sha256":"70a48cc5ea382e9b5ffcc178db8239c9c7da9ff1f91ac98e869ba4853468efbf",\
        "result_sha256":"567e4356b3f36d056aec10df08fe4ec44db003389a3ed08a7019cdca08277569","ops":[{"retain":4},{"delete":"cat"},{"insert":"\\"dog\\"\\n"}]}
        """)
    #expect(try StoredDiff(json: diff.json) == diff)
  }

  @Test func `a text that was tampered with is refused`() throws {
    let diff = StoredDiff(from: "pay 100 to Ana", to: "pay 100 to Rui", sha256: sha256)
    #expect(try diff.applied(to: "pay 100 to Ana", sha256: sha256) == "pay 100 to Rui")
    #expect(try diff.inverse.applied(to: "pay 100 to Rui", sha256: sha256) == "pay 100 to Ana")
    // In a part that is only retained, so that the changes alone would fit.
    #expect(throws: DiffRefusal.doesNotFit) { try diff.applied(to: "pay 900 to Ana", sha256: sha256) }
    #expect(try diff.changes.applied(to: "pay 900 to Ana") == "pay 900 to Rui")
    let forged = try StoredDiff(json: String(diff.json.replacing("Rui", with: "Eva")))
    #expect(throws: DiffRefusal.wrongResult) { try forged.applied(to: "pay 100 to Ana", sha256: sha256) }
  }

  @Test(arguments: [
    ("cafe\u{301}", "caf\u{E9}"), ("a", "a "), ("", "a"), ("a\n", "a\r\n"),
  ])
  func `another spelling of the base is another base`(base: String, other: String) {
    let diff = StoredDiff(from: base, to: "z", sha256: sha256)
    #expect(throws: DiffRefusal.doesNotFit) { try diff.applied(to: other, sha256: sha256) }
    #expect(throws: DiffRefusal.doesNotFit) { try diff.changes.applied(to: other) }
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"v":2,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":[]}"#,
    #"{"v":1,"unit":"byte","base_sha256":"H","result_sha256":"H","ops":[]}"#, #"{"v":1,"unit":"scalar","base_sha256":"H","ops":[]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"00","result_sha256":"H","ops":[]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":[{"retain":0}]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":[{"retain":-1}]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":[{"retain":99999999999999999999}]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":[{"retain":1.5}]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":[{"retain":1,"delete":"a"}]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":[{"move":"a"}]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":[{"insert":""}]}"#,
    #"{"v":1,"unit":"scalar","base_sha256":"H","result_sha256":"H","ops":{}}"#,
  ])
  func `what is not the stored form is refused`(json: String) {
    let hash = String(repeating: "ab", count: 32)
    #expect(throws: DiffRefusal.malformed) { try StoredDiff(json: String(json.replacing("\"H\"", with: "\"\(hash)\""))) }
  }

  @Test(
    arguments: [[.retain(4)], [.retain(2)], [.delete("ab")], [.delete("abcd")], [.retain(.max)], [], [.delete("x"), .retain(2)]]
      as [[TextChanges.Change]])
  func `changes of another text do not fit`(changes: [TextChanges.Change]) {
    #expect(throws: DiffRefusal.doesNotFit) { try TextChanges(changes).applied(to: "abc") }
    #expect(throws: DiffRefusal.doesNotFit) { try TextChanges(changes).runs(of: "abc") }
  }

  /// Letters changed of the longer text's.
  @Test(arguments: [
    ("same", "same", [0, 4]), ("abcd", "wxyz", [4, 4]), ("", "abc", [3, 3]), ("abc", "", [3, 3]), ("the cat", "the cut", [1, 7]),
    ("the cat", "the cats", [1, 8]), ("one two", "two", [4, 7]), ("caf\u{E9}", "cafe\u{301}", [2, 5]),
  ])
  func `the distance is the share of changed letters`(old: String, new: String, share: [Int]) {
    let changes = TextChanges(from: old, to: new)
    #expect(changes.distance == Double(share[0]) / Double(share[1]) && changes.inverse.distance == changes.distance)
    #expect(TextChanges(from: "", to: "").distance == 0)
  }
}
