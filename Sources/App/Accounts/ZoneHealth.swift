import Domain
import Postgres

/// What operators are told about the machine's zone data, by `/readyz` and `heed check`.
public enum ZoneHealth {
  /// A zone that this machine has lost and that somebody's times depend on.
  public struct Lost: CustomStringConvertible {
    let name: String
    let reminders: Int64
    let people: Int64

    public var description: String {
      "\(name) is not known here (reminders: \(reminders), people: \(people)); their times go by the rule that was known last."
    }
  }

  /// What to do about one.
  public static let advice = "Debian keeps old names in the package tzdata-legacy."

  /// At most ten, by name. Any role may ask.
  public static func lost(_ db: Connection) throws(PostgresError) -> [Lost] {
    try db.rows("SELECT timezone AS name, reminders, people FROM door.lost_zones()", into: Lost.init)
  }

  /// What is wrong with a release; nil: nothing is.
  public static func complaint(_ release: ZoneRelease, at now: Instant) -> String? {
    guard release.isOld(at: now) else { return nil }
    let name = release.version.utf8.isEmpty ? "of unknown version" : release.version
    return "\(name) is more than a year old, and places have changed their clocks since;"
      + " run: apt-get update && apt-get install --only-upgrade tzdata"
  }

  /// The version that would be installed, where it is another than the installed one.
  ///
  /// - Parameter policy: what `apt-cache policy tzdata` says, in English.
  public static func waiting(policy: String) -> String? {
    func version(_ name: String) -> Substring? {
      let words = policy.split(separator: "\n").lazy.map { $0.split(separator: " ") }.first { $0.count == 2 && $0[0] == name }
      return words.flatMap { $0[1] == "(none)" ? nil : $0[1] }
    }
    guard let installed = version("Installed:"), let next = version("Candidate:"), installed != next else { return nil }
    return String(next)
  }

  /// The lines of `/readyz` below its first: old data is no reason to take a site away.
  static func lines(_ web: Context) throws(PostgresError) -> String {
    let release = web.services.zones.release
    var lines = ["zone data " + (complaint(release, at: web.now) ?? release.version)]
    for zone in try lost(web.db) { lines.append("zone \(zone)") }
    return lines.map { $0 + "\n" }.joined()
  }
}
