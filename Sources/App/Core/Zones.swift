import Domain
import Glibc

/// The time zones of this machine, from the system's TZif files, read as they are asked for and then kept.
///
/// Foundation's zones are frozen in the toolchain and already wrong for several places; Debian updates these files by package.
public final class Zones {
  /// All names, sorted, as the system's list spells them.
  public let names: [String]
  /// What the list says of its version, such as "2026f"; stored with every computed time, so that a change can be noticed.
  public let version: String
  private let folder: String
  private let spelling: [String: String]
  private var read: [String: Zone] = [:]

  /// - Parameter folder: `/usr/share/zoneinfo`.
  /// - Throws: ``ZonesError`` when the list is not there.
  public init(folder: String) throws(ZonesError) {
    guard let list = SystemFile.read(folder + "/tzdata.zi", limit: 4_000_000) else { throw ZonesError.noList(folder) }
    var found: [String] = []
    var version = ""
    for line in list.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      switch words.first {
      case "Z" where words.count > 1: found.append(words[1])
      case "L" where words.count > 2: found.append(words[2])
      case "#" where words.count > 2 && words[1] == "version": version = words[2]
      default: continue
      }
    }
    guard !found.isEmpty else { throw ZonesError.noList(folder) }
    names = found.sorted()
    spelling = Dictionary(found.map { (Zones.folded($0), $0) }, uniquingKeysWith: { first, _ in first })
    self.folder = folder
    self.version = version
  }

  /// The zone of an IANA name in any letter case; nil when the list has none or its file cannot be read.
  public func zone(_ name: String) -> Zone? {
    if let zone = read[name] { return zone }
    guard let listed = spelling[Zones.folded(name)], let file = SystemFile.read(folder + "/" + listed, limit: 1_000_000) else { return nil }
    let zone = try? Zone(name: listed, tzif: file)  // A file that is no zone is as good as none.
    read[listed] = zone
    return zone
  }

  private static func folded(_ name: String) -> String {
    String(decoding: name.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 }, as: UTF8.self)
  }
}

/// Why the zones cannot be read.
public enum ZonesError: Error, Equatable {
  /// The folder has no list of zones (`tzdata.zi`): Debian's package `tzdata` is missing.
  case noList(String)
}
