import HTML
import Postgres
import Web

extension NavSection {
  static let profiles = NavSection(
    group: .settings, path: Paths.profiles, label: { words in words("Profiles") }, icon: "profiles", key: "p")
}

extension Feature {
  /// The ladders that reminders climb.
  static let profiles = Feature(
    section: .profiles,
    welcome: { user, now, db throws(PostgresError) in try EscalationProfile.insertPresets(for: user, at: now, db) })
}
