import Domain
import Glibc

/// The time zones of this machine, from the system's TZif files, read as they are asked for and then kept.
///
/// Foundation's zones are frozen in the toolchain and already wrong for several places; Debian updates these files by package.
public final class Zones {
  /// All names, sorted, as the system's list spells them.
  public var names: [String] { list.names }
  /// What the list says of its version, such as "2026f"; stored with every computed time, so that a change can be noticed.
  public var version: String { list.version }
  private let folder: String
  private var list: ZoneList
  private var read: [String: Zone] = [:]
  private var stamp: [Int64]?
  /// What the list's file looked like when a change was first seen.
  private var changing: [Int64]?
  private var looksAt = Instant.distantPast

  /// - Parameter folder: `/usr/share/zoneinfo`.
  /// - Throws: ``ZonesError`` when the list is not there.
  public init(folder: String) throws(ZonesError) {
    self.folder = folder
    stamp = SystemFile.stamp(folder + ZoneList.file)
    list = try ZoneList(folder: folder)
  }

  /// Takes over the machine's zones when they have changed. Looks at one file's date, at most once an hour.
  ///
  /// A package's files are replaced one after the other, so a change counts only once it has stood for a minute.
  /// - Returns: whether there is something new.
  public func refresh(at now: Instant) -> Bool {
    guard now >= looksAt || looksAt > now.advanced(hours: 1) else { return false }
    looksAt = now.advanced(hours: 1)
    let found = SystemFile.stamp(folder + ZoneList.file)
    guard found != stamp, found != nil else { return false }
    guard found == changing else {
      changing = found
      looksAt = now.advanced(minutes: 1)
      return false
    }
    // Unreadable: what we have stays, and in an hour we look again.
    guard let list = try? ZoneList(folder: folder) else { return false }
    (self.list, stamp, changing, read) = (list, found, nil, [:])
    return true
  }

  /// The zone of an IANA name in any letter case; nil when the list has none or its file cannot be read.
  public func zone(_ name: String) -> Zone? {
    if let zone = read[name] { return zone }
    guard let listed = list.spelling[ZoneList.folded(name)], let file = SystemFile.read(folder + "/" + listed, limit: 1_000_000) else {
      return nil
    }
    let zone = try? Zone(name: listed, tzif: file)  // A file that is no zone is as good as none.
    read[listed] = zone
    return zone
  }
}

/// What `tzdata.zi` says: the names there are, and its version.
private struct ZoneList {
  static let file = "/tzdata.zi"
  let names: [String]
  let version: String
  let spelling: [String: String]

  init(folder: String) throws(ZonesError) {
    guard let list = SystemFile.read(folder + Self.file, limit: 4_000_000) else { throw ZonesError.noList(folder) }
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
    spelling = Dictionary(found.map { (Self.folded($0), $0) }, uniquingKeysWith: { first, _ in first })
    self.version = version
  }

  static func folded(_ name: String) -> String {
    String(decoding: name.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 }, as: UTF8.self)
  }
}

/// Why the zones cannot be read.
public enum ZonesError: Error, Equatable {
  /// The folder has no list of zones (`tzdata.zi`): Debian's package `tzdata` is missing.
  case noList(String)
}
