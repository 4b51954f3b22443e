import Foundation

/// Where a fuzzing process lays down what it is doing: memory in a file, which is still there when the process has died of it.
final class Desk {
  private let memory: UnsafeMutableRawPointer
  private let folder: String
  private static let size = 1 << 20

  /// - Parameter folder: must be there.
  init?(_ folder: String) {
    self.folder = folder
    let file = open(folder + "/input", O_RDWR | O_CREAT, 0o600)
    guard file >= 0, ftruncate(file, Desk.size) == 0,
      let memory = mmap(nil, Desk.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), memory != MAP_FAILED
    else { return nil }
    close(file)
    self.memory = memory
  }

  deinit { munmap(memory, Desk.size) }

  /// The input that is being read.
  var input: [UInt8] {
    get {
      let count = min(Int(memory.load(as: UInt32.self)), Desk.size - 8)
      return Array(UnsafeRawBufferPointer(start: memory + 8, count: count))
    }
    set {
      let bytes = newValue.prefix(Desk.size - 8)
      memory.storeBytes(of: UInt32(bytes.count), as: UInt32.self)
      bytes.withUnsafeBytes { (memory + 8).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count) }
    }
  }

  /// What is wrong with the answer.
  var complaint: String {
    get { text("complaint") }
    set { write(newValue, "complaint") }
  }

  /// What was done, when nothing was wrong.
  var report: String {
    get { text("report") }
    set { write(newValue, "report") }
  }

  /// From now on what this process says to stderr is kept, above all its last words.
  func keepLastWords() {
    let file = open(folder + "/stderr", O_WRONLY | O_CREAT, 0o600)
    dup2(file, 2)
    close(file)
  }

  /// What it died of, and where.
  var lastWords: String {
    let lines = text("stderr").split(separator: "\n")
    let places = lines.filter { $0.contains(" in ") && ($0.contains("/Sources/") || $0.contains("/Tests/")) }.prefix(6)
    return (lines.filter { $0.contains("atal error") }.prefix(1) + places).joined(separator: "; ")
  }

  private func text(_ name: String) -> String { (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? "" }
  private func write(_ text: String, _ name: String) { try? text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
}
