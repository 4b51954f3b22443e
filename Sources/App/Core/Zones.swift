import Domain
import Glibc
import Postgres

/// The time zones of this machine, from the system's TZif files, read as they are asked for and then kept.
///
/// Foundation's zones are frozen in the toolchain and already wrong for several places; Debian updates these files by package.
public final class Zones {
  /// All names, sorted, as the system's list spells them.
  public var names: [String] { list.names }
  /// What the list says of its version, such as "2026f"; stored with every computed time, so that a change can be noticed.
  public var version: String { list.release.version }
  /// The same with its age.
  public var release: ZoneRelease { list.release }
  private let folder: String
  private var list: ZoneList
  private var read: [String: Zone] = [:]
  private var stamp: SystemFile.Stamp?
  /// What the list's file looked like when a change was first seen.
  private var changing: SystemFile.Stamp?
  private var looksAt = Instant.distantPast

  /// - Parameter folder: `/usr/share/zoneinfo`.
  /// - Throws: ``ZonesError`` when the list is not there.
  public convenience init(folder: String) throws(ZonesError) {
    // Before the list is read: a change in between is then seen.
    let stamp = SystemFile.stamp(folder + ZoneList.file)
    self.init(folder: folder, try ZoneList(folder: folder), stamp)
  }

  /// Of a list that was read before.
  init(folder: String, _ list: ZoneList, _ stamp: SystemFile.Stamp?) { (self.folder, self.list, self.stamp) = (folder, list, stamp) }

  /// Takes over the machine's zones when they have changed. Looks at one file's date, at most once an hour.
  ///
  /// A package's files are replaced one after the other, so a change counts only once it has stood for a minute: by the file's own date for a process
  /// that has slept through it, and stores a time right after this first look.
  /// - Returns: whether there is something new.
  public func refresh(at now: Instant) -> Bool {
    guard now >= looksAt || looksAt > now.advanced(hours: 1) else { return false }
    looksAt = now.advanced(hours: 1)
    let found = SystemFile.stamp(folder + ZoneList.file)
    guard let found, found != stamp else { return false }
    guard found == changing || Instant(seconds: found.changed) <= now.advanced(minutes: -1) else {
      changing = found
      looksAt = now.advanced(minutes: 1)
      return false
    }
    // Unreadable: what we have stays, and in an hour we look again.
    guard let list = try? ZoneList(folder: folder) else { return false }
    (self.list, stamp, changing, read) = (list, found, nil, [:])
    return true
  }

  /// The zone of an IANA name in any letter case, an old one too: where it has no file of its own any more, that of the newer name is read.
  ///
  /// - Returns: nil when neither the list nor ``ZoneLinks`` has the name, or there is no file that can be read. The zone is called as the list
  ///   spells its name.
  public func zone(_ name: String) -> Zone? {
    if let zone = read[name] { return zone }
    let old = ZoneLinks.find(name)
    guard let spelled = list.spelling[ZoneList.folded(name)] ?? old?.name else { return nil }
    if let zone = read[spelled] { return zone }
    var file: String? = spelled
    // A link may lead to a link; nothing in the list leads further than that.
    for _ in 0..<4 {
      guard let next = file else { return nil }
      if let zone = load(spelled, from: next) {
        read[spelled] = zone
        return zone
      }
      file = list.links[next] ?? ZoneLinks.find(next)?.target
    }
    return nil
  }

  /// The zone of a name that was stored with the ``Zone/rule`` it had then. Where the name means nothing to this machine any more, the rule stands
  /// in for it: the zone is then lost, which pages and `/readyz` say. It is never read as another place's.
  func stored(_ name: String, rule: String) -> Zone {
    zone(name) ?? Zone(lost: name, rule: rule) ?? Zone(unknown: name)
  }

  /// The same of the columns `timezone` and `zone_rule`.
  func stored(_ row: Row) throws(PostgresError) -> Zone { stored(try row("timezone"), rule: try row("zone_rule")) }

  private func load(_ name: String, from file: String) -> Zone? {
    guard let bytes = SystemFile.read(folder + "/" + file, limit: 1_000_000) else { return nil }
    return try? Zone(name: name, tzif: bytes)  // A file that is no zone is as good as none.
  }
}

/// What `tzdata.zi` says: the names there are, and its version.
struct ZoneList: Sendable {
  static let file = "/tzdata.zi"
  let names: [String]
  let release: ZoneRelease
  let spelling: [String: String]
  /// Old names, each with the one that it stands for.
  let links: [String: String]

  /// - Throws: ``ZonesError`` when it is not there.
  init(folder: String) throws(ZonesError) {
    guard let list = SystemFile.read(folder + Self.file, limit: 4_000_000) else { throw ZonesError.noList(folder) }
    var found: [String] = []
    var links: [String: String] = [:]
    var version = ""
    for line in list.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      switch words.first {
      // Of a machine whose zone nobody has set: no place.
      case "Z" where words.count > 1 && words[1] == "Factory": continue
      case "Z" where words.count > 1: found.append(words[1])
      case "L" where words.count > 2:
        found.append(words[2])
        links[words[2]] = words[1]
      case "#" where words.count > 2 && words[1] == "version": version = words[2]
      default: continue
      }
    }
    guard !found.isEmpty else { throw ZonesError.noList(folder) }
    names = found.sorted()
    spelling = Dictionary(found.map { (Self.folded($0), $0) }, uniquingKeysWith: { first, _ in first })
    self.links = links
    release = ZoneRelease(version: version, modified: SystemFile.modified(folder + Self.file))
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
