import Foundation
import Testing

@testable import Domain

/// Files that Taskwarrior 2.6.2 wrote (Debian's `taskwarrior`, in New York): `task export` of tasks that were made there, and of `taskwarrior-sent.json`,
/// as we write it, after `task import`.
@Suite struct TaskwarriorProgramTests {
  private func text(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Oracle")
    return try String(decoding: Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  private func file(_ name: String) throws -> PlannerFile { try PlannerFile(Array(text(name).utf8), reader: plannerReader()) }

  @Test func `Hard case 34: what the program itself wrote is read, with its series, links and notes`() throws {
    let file = try file("taskwarrior-2.6.2.json")
    let clocks = try zone("America/New_York")
    #expect(file.format == .taskwarrior)
    #expect(file.tasks.map(\.title) == ["Permit", "Paint \"the hall\"", "Buy paint", "Water", "Call Ana"])
    #expect(file.tasks.map(\.status) == [.deferred, .open, .inProgress, .open, .done] && file.tasks.map(\.line) == [2, 3, 4, 6, 9])
    #expect(file.tasks.map { said($0.due, clocks) } == ["2027-05-12", "2027-05-20T14:30", "-", "2026-11-27T09:00", "-"])
    #expect(file.tasks.map(\.dependsOn) == [[], [0, 2], [], [], []] && file.tasks[0].deferredUntil?.iso == "2027-04-10")
    #expect(file.tasks.map(\.tags) == [["town", "Home.town"], ["home"], [], [], []])
    #expect(file.tasks[1].notes == "2026-11-30: white, not grey" && file.tasks[1].priority == 2)
    #expect(file.tasks.map { $0.metadata.map(\.name) } == [[], ["energy", "scheduled"], ["until"], [], []])
    #expect(file.tasks.map { $0.repeats?.rule.text } == [nil, nil, nil, "FREQ=WEEKLY", nil])
    #expect(file.notes.map { "\($0.line): \($0.about)" } == ["7: sameSeries(line: 6)", "8: sameSeries(line: 6)", "10: deleted"])
  }

  @Test func `Hard case 36: what we wrote is the same after it went through the program`() throws {
    let (sent, back) = (try file("taskwarrior-sent.json"), try file("taskwarrior-back.json"))
    #expect(sent.notes.isEmpty && back.notes.isEmpty && sent.tasks.count == 5)
    #expect(sent.tasks.map(\.status) == [.inProgress, .deferred, .cancelled, .open, .done])
    let (clocks, lines) = (try zone("America/New_York"), try text("taskwarrior-sent.json"))
    func written(_ file: PlannerFile) -> [String] {
      String(decoding: PlannerFileWriter.file(file.tasks, .taskwarrior, zone: clocks), as: UTF8.self).split(separator: "\n").map {
        $0.hasSuffix(",") ? String($0.dropLast()) : String($0)
      }
    }
    #expect(written(sent) == lines.split(separator: "\n").map { $0.hasSuffix(",") ? String($0.dropLast()) : String($0) })
    // The program has an order of its own.
    #expect(written(back).sorted() == written(sent).sorted())
  }
}
