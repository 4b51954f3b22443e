import Foundation

/// Zone data that a test may change: a list and files like the system's, some of them another place's.
final class ZoneFolder {
  let path: String
  private var lines: [String] = []

  /// - Parameter zones: names of the folder, each with the name of the system's file that it holds.
  init(_ zones: KeyValuePairs<String, String>, version: String = "2026x") throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("heed-zones-\(UUID().uuidString)").path
    lines = zones.map { "Z \($0.key) 0 - X" }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, file) in zones { try put(name, file) }
    try release(version)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes the list, as an update does last.
  func release(_ version: String, modified: Date? = nil) throws {
    let list = path + "/tzdata.zi"
    try (["# version \(version)"] + lines).joined(separator: "\n").appending("\n").write(toFile: list, atomically: true, encoding: .utf8)
    if let modified { try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: list) }
  }

  /// A zone gets the clocks of another place.
  func put(_ name: String, _ file: String) throws {
    let target = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: "/usr/share/zoneinfo/" + file).resolvingSymlinksInPath(), to: URL(fileURLWithPath: target))
  }

  /// The file goes; in the list the name stays as a link to `target`, or not at all.
  func remove(_ name: String, linkedTo target: String? = nil) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
    lines = lines.compactMap { $0.hasPrefix("Z \(name) ") ? target.map { "L \($0) \(name)" } : $0 }
  }
}
