import Foundation
import Testing

/// Everything that reads bytes from outside, given what nobody would send on purpose: what was found before, then changed inputs, for 20 seconds
/// in all. Each target runs in a process of its own, so that a trap or an endless loop is seen and its input is not lost.
///
/// `make fuzz SECONDS=600` runs for longer. HEED_FUZZ_SEED repeats a run, HEED_FUZZ_ONLY names a target. An input that something was found
/// with goes into the folder of its target in `corpus`, and is read on every run from then on.
@Suite(.serialized) struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["HEED_FUZZ_SECONDS"].flatMap(Double.init) ?? 20
  private static let seed = environment["HEED_FUZZ_SEED"].flatMap(UInt64.init) ?? UInt64(Date().timeIntervalSince1970)
  private static let only = environment["HEED_FUZZ_ONLY"]
  private static let names: [String] = Target.all.map { $0.name }.filter { only == nil || only == $0 }

  @Test(arguments: names)
  func `what comes from outside is read or refused, rightly and in time`(_ name: String) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/heed-fuzz-\(getpid())-\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let desk = try #require(Desk(folder))
    let seconds = Self.seconds / Double(Self.names.count)
    let seed = Self.seed
    let result = await #expect(processExitsWith: .success) {
      [name = name as String, folder = folder as String, seconds = seconds as Double, seed = seed as UInt64] in
      guard let target = Target.all.first(where: { $0.name.elementsEqual(name) }), let desk = Desk(folder) else { exit(2) }
      desk.keepLastWords()
      exit(Fuzzer(target, seed: seed, desk: desk).run(known: corpus(name), seconds: seconds))
    }
    if result == nil {
      let input = desk.input
      let place = folder + "/found"
      try Data(input).write(to: URL(fileURLWithPath: place))
      let end = desk.complaint.isEmpty ? "the process ended while it read (\(desk.lastWords))" : desk.complaint
      Issue.record(
        "\(name), seed \(seed): \(end): \(shown(input)) (\(input.count) bytes, \(place); put it into Tests/FuzzTests/corpus/\(name))")
    } else {
      print("fuzz: \(name), seed \(seed): \(desk.report)")
      try FileManager.default.removeItem(atPath: folder)
    }
  }

  @Test func `the changes are the same for the same seed`() {
    func changes(_ seed: UInt64) -> [[UInt8]] {
      var mutator = Mutator(seed: seed)
      return (0..<200).map { _ in mutator.change(Array("0 9 * * 1-5".utf8), [1, 2, 3], words: bytes(["JAN"]), longest: 64) }
    }
    #expect(changes(7) == changes(7))
    #expect(changes(7) != changes(8))
    #expect(changes(7).allSatisfy { $0.count <= 64 })
  }
}

/// What was found before with a target.
func corpus(_ name: String) -> [[UInt8]] {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("corpus").appendingPathComponent(name)
  let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
  return files.sorted { $0.path < $1.path }.compactMap { try? Data(contentsOf: $0) }.map { Array($0) }
}
