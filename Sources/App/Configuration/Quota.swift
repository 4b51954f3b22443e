/// How much a person may keep, so that nobody fills a disk that is everybody's. Generous: a person who writes ten reminders a day reaches the
/// first after 27 years.
public struct Quota: Sendable {
  /// Reminders, done and archived ones too.
  public let reminders: Int
  /// Millions of bytes of titles and descriptions.
  public let megabytes: Int

  public init(reminders: Int, megabytes: Int) { (self.reminders, self.megabytes) = (reminders, megabytes) }

  /// Where the settings say nothing.
  public static let standard = Quota(reminders: 100_000, megabytes: 200)
}
