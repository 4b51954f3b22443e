import HTML
import Testing
import Web

@testable import App

/// The states of a form, and what its fields know of each other.
@Suite struct FormStateTests {
  private static let form = Form([("version", "3"), ("nonce", "mine"), ("title", "B"), ("size", "l"), ("secret", "s")])
  private static let errors = FormErrors("title", "Fill this in.")

  @Test(
    arguments: [
      (.fresh, 200, "7", nil, "A"), (.shown(form), 200, "3", "mine", "B"), (.refused(form, errors), 422, "3", "mine", "B"),
      (.stale(form), 409, "7", "mine", "B"),
    ] as [(FormState, Int, String, String?, String)])
  func `what is shown, carried and answered`(state: FormState, status: Int, version: String, nonce: String?, title: String) {
    #expect(state.status == status && state.version(7).value == version)
    if let nonce { #expect(state.nonce.value == nonce) } else { #expect(state.nonce.value != state.nonce.value) }
    #expect(FieldBuilder(state).value("title", "A") == title)
  }

  @Test func `a field that was not sent shows what is stored, one that cannot be read nothing`() {
    let make = FieldBuilder(.shown(Form(urlEncoded: Array("title=%ff".utf8))))
    #expect(make.value("title", "A").isEmpty && make.value("notes", "kept") == "kept")
  }

  @Test func `fields that are made stand in the summary in their order, behind what has no field`() {
    var errors = FormErrors("size", "x")
    errors.add("schedule", "y")
    errors.add("title", "z")
    var make = FieldBuilder(.refused(FormStateTests.form, errors))
    _ = make.text("title", "Title")
    _ = make.choice("size", "Size", "s", [("s", "Small"), ("l", "Large")])
    make.add("bar", "Bar")
    #expect(make.summary?.rows.map(\.target) == ["schedule", "title", "size"])
    #expect(make.summary?.rows.map(\.label) == [nil, "Title", "Size"])
    #expect(make.conflict == nil && FieldBuilder(.stale(FormStateTests.form)).summary == nil)
  }

  @Test func `fields that are made stand in the table of a stale form`() {
    var make = FieldBuilder(.stale(FormStateTests.form))
    _ = make.text("title", "What is it called?", "A", short: "Title")
    _ = make.text("secret", "Password", "hash", type: "password")
    _ = make.choice("size", "Size", "s", [("s", "Small"), ("l", "Large")])
    _ = make.choice("size", "Unknown", "s", [("s", "Small")])
    _ = make.area("notes", "Notes", "kept")
    _ = make.tick("box", "Box", true, says: ("yes", "no"))
    _ = make.area("empty", "Empty")
    #expect(
      make.conflict?.rows.map { "\($0.label)|\($0.stored)|\($0.typed)" }
        == ["Title|A|B", "Size|Small|Large", "Unknown|Small|l", "Notes|kept|kept", "Box|yes|no"])
    #expect(make.conflict?.rows.map(\.differs) == [true, true, true, false, true])
    #expect(make.conflict?.shown.map(\.label) == ["Title", "Size", "Unknown", "Box"])
    #expect(ConflictTable(rows: [ConflictTable.Row("Title", "A", "A")]).shown.count == 1)
    // Browsers end lines in their own way.
    #expect(!ConflictTable.Row("Notes", "a\nb", "a\r\nb").differs)
  }

  @Test func `of long texts the table of a stale form shows what differs`() {
    let front = String(repeating: "é", count: 4_000)
    let (back, ours) = (String(repeating: "z\r\n", count: 3_000), String(repeating: "z\n", count: 3_000))
    let row = ConflictTable.Row("Notes", front + "old" + ours, front + "<new>" + back)
    let (before, after) = (String(repeating: "é", count: 50), String(repeating: "z\n", count: 50))
    #expect(row.differs && row.stored == "…" + before + "old" + after + "…" && row.typed == "…" + before + "<new>" + after + "…")
    let same = ConflictTable.Row("Notes", front, front)
    #expect(!same.differs && same.stored == String(repeating: "é", count: 100) + "…" && same.typed == same.stored)
    let added = ConflictTable.Row("Notes", "", front)
    #expect(added.stored == "" && added.typed == String(repeating: "é", count: 1_000) + "…")
    let short = ConflictTable.Row("Notes", String(repeating: "a", count: 2_000), "b")
    #expect(short.stored.utf8.count == 2_000 && short.typed == "b")
  }

  @Test func `an edit notes what it changes and nothing else`() {
    var changes = AuditDifference()
    changes.note("title", from: "A", to: "B")
    changes.note("same", from: "A", to: "A")
    changes.note("spelling", from: "é", to: "e\u{301}")
    changes.note("new", from: nil, to: "A")
    changes.note("number", from: 1, to: 2) { "#\($0)" }
    changes.noteLong("text", from: "a", to: "b")
    changes.noteLong("kept", from: "a", to: "a")
    #expect(changes.facts == ["title": "A → B", "spelling": "é → e\u{301}", "number": "#1 → #2", "text": "changed"])
  }
}
