import App
import Domain
import Postgres

extension Findings {
  /// Which zone data the site goes by, how old it is, and whether newer waits in a package.
  mutating func zoneData(_ configuration: Configuration) {
    guard let zones = try? Zones(folder: configuration.zoneinfo) else {  // What it throws is that there is no list.
      return add(.wrong, "HEED_ZONEINFO", "\(configuration.zoneinfo)/tzdata.zi lists no zones. Install Debian's tzdata.")
    }
    let complaint = ZoneHealth.complaint(zones.release, at: SystemClock(file: configuration.clockFile).now())
    add(complaint == nil ? .fine : .note, "zone data", complaint ?? zones.release.version)
    // apt-cache knows what the last update of its lists brought, and asks nobody. A tool is started without an environment, so its words are English.
    guard configuration.zoneinfo == "/usr/share/zoneinfo" else { return }
    if let policy = Tool.output(["/usr/bin/apt-cache", "policy", "tzdata"]), let waiting = ZoneHealth.waiting(policy: policy) {
      add(.note, "zone data", "the package tzdata \(waiting) waits; run: apt-get install --only-upgrade tzdata")
    }
  }

  /// Zones that this machine has lost, as the worker found.
  mutating func lostZones(_ db: Connection) throws(PostgresError) {
    for zone in try ZoneHealth.lost(db) { add(.note, "zone data", "\(zone) \(ZoneHealth.advice)") }
  }
}
