import Foundation
import Testing

@testable import Archive
@testable import Domain

/// The sample, beside the repository.
private enum LoopSample {
  static let bytes: [UInt8]? = {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { folder, _ in folder.deletingLastPathComponent() }
    return (try? Data(contentsOf: root.appendingPathComponent("shared/specs/habit-files/loop-2.3.zip"))).map { Array($0) }
  }()
}

/// Loop's own ZIP, unpacked and read (specs/habit-files/FORMATS.md).
@Suite(.enabled(if: LoopSample.bytes != nil, "needs ../shared/specs/habit-files")) struct LoopArchiveTests {
  @Test func `loop-2.3.zip, whose sizes stand in its directory only`() throws {
    let sample = try #require(LoopSample.bytes)
    #expect(HabitFile.isArchive(sample))
    let entries = try Archive.entries(of: sample, within: .init(entries: HabitFile.mostParts, bytes: HabitFile.mostUnpacked))
    #expect(entries.count == 11)
    let choices = HabitFileChoices(today: try #require(Day(iso: "2027-02-10")))
    let file = try HabitFile(parts: entries.map { .init(name: $0.name, bytes: $0.bytes) }, choices: choices)
    #expect(file.kind == .loop && file.refusedCount == 0 && !file.asksDateOrder)
    #expect(file.habits.map(\.name) == ["Água, fria", "Violão", "Corrida", "Café", "🎸", "Regar"])
    func count(_ isMeant: (HabitFile.Entry) -> Bool) -> [Int] { file.habits.map { $0.entries.count(where: isMeant) } }
    #expect(count { $0.state == .done } == [4, 3, 3, 4, 1, 3] && count { $0.state == .skipped } == [1, 0, 1, 0, 0, 0])
    #expect(count { !$0.note.isEmpty } == [3, 1, 1, 1, 0, 0])
    #expect(file.habits.map(\.kind) == [.tick, .tick, .amount, .amount, .tick, .tick] && file.habits.map(\.colour) == [1, 7, 2, 8, 8, 2])
    #expect(file.habits.map(\.status) == [.active, .active, .active, .active, .archived, .active])
    let (cold, run, coffee, water) = (file.habits[0], file.habits[2], file.habits[3], file.habits[5])
    #expect(cold.description == "Tomou banho frio hoje?\n\nDois minutos" && cold.rules == [.init()])
    #expect(cold.entries.map(\.note) == ["primeira vez", "", "viagem", "frio, muito frio", ""])
    #expect(file.habits[1].rules == [.init(frequency: .perWeek(3))] && file.habits[4].rules == [.init(frequency: .perMonth(1))])
    #expect(run.rules == [.init(target: 10_000, period: .week)] && run.unit == "km" && run.entries.map(\.amount) == [0, nil, 4_500, 6_250])
    #expect(coffee.rules == [.init(target: 2_000, direction: .atMost)] && coffee.entries.map(\.amount) == [1_500, 3_000, 2_000, 0])
    #expect(coffee.entries.count { ($0.amount ?? .max) <= 2_000 } == 3 && coffee.questions.isEmpty)
    #expect(
      water.rules == [.init(frequency: .perWeek(4))] && water.changes == [.frequency(times: 1, every: 2, .days, becomes: .perWeek(4))])
  }
}
