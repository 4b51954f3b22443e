import Testing

@testable import Domain

/// What other programs keep of a task, on its way into a database (RULES 8.35).
@Suite struct PlannerMetadataTests {
  @Test func `metadata that no database takes stays behind`() {
    var task = PlannerFileTask("T")
    task.metadata = [
      .init("a", .string("x")), .init("b", .string("\u{0}")), .init("c", .decimal(1.5)), .init("a", .string("again")),
      .init("d", .string(String(repeating: "x", count: 70_000))),
    ]
    let stored = task.storedMetadata
    #expect(stored.text == "{\"a\":\"x\",\"c\":1.500000}" && stored.left == ["b", "a", "d"])
    #expect(PlannerFileTask.metadata(stored: stored.text).map(\.name) == ["a", "c"])
  }
}
