import Domain
import Web

/// The secrets by which a channel signs what it posts for a person, among its settings: the present one, and those before, each good for a day after
/// another took its place, however often that happens.
struct SigningSecrets: Equatable {
  /// What they are called among the settings; no field of a form is.
  private static let name = "secrets"
  /// For how long one is good after another took its place.
  private static let oldHours = 24

  let present: String
  private let old: [Old]

  private struct Old: Equatable {
    let secret: String
    let until: Instant
  }

  /// The first.
  init() { (present, old) = (WebhookSignature.newSecret(), []) }

  private init(present: String, old: [Old]) { (self.present, self.old) = (present, old) }

  /// - Returns: nil where there is none yet.
  init?(_ settings: ChannelSettings) {
    let lines = (settings.values[Self.name] ?? "").utf8.split(separator: UInt8(ascii: "\n")).map { $0.split(separator: 32) }
    guard let first = lines.first?.first else { return nil }
    present = String(Substring(first))
    old = lines.dropFirst().compactMap { parts in
      guard parts.count == 2, let seconds = Int64(Substring(parts[1])) else { return nil }
      return Old(secret: String(Substring(parts[0])), until: Instant(seconds: seconds))
    }
  }

  /// Those that sign and are taken now, the present one first.
  func good(at now: Instant) -> [String] { [present] + old.filter { $0.until > now }.map(\.secret) }

  /// With a new one in the place of the present one.
  func rotated(at now: Instant) -> SigningSecrets {
    let last = Old(secret: present, until: Instant(seconds: now.seconds).advanced(hours: Self.oldHours))
    return SigningSecrets(present: WebhookSignature.newSecret(), old: [last] + old.filter { $0.until > now })
  }

  /// The settings with these in them.
  func kept(in settings: ChannelSettings) -> ChannelSettings {
    let lines = [present] + old.map { $0.secret + " " + String($0.until.seconds) }
    return ChannelSettings(values: settings.values.merging([Self.name: lines.joined(separator: "\n")]) { _, new in new })
  }
}
