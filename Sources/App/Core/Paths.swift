import Domain
import HTML

extension ID: PathID {}

/// The address of every page, next to the table of routes. Links are made here and nowhere else.
enum Paths {
  static let today: Path = "/"
  static let signIn: Path = "/sign-in"
  static let signUp: Path = "/sign-up"
  static let signOut: Path = "/sign-out"
  static let passwordForgotten: Path = "/password/forgotten"
  static let emailVerification: Path = "/email/verification"
  static let profileSettings: Path = "/settings/profile"
  static let passwordSettings: Path = "/settings/password"
  static let sessions: Path = "/settings/sessions"
  static let audit: Path = "/settings/audit"
  static let reminders: Path = "/reminders"
  static let newReminder: Path = "/reminders/new"
  static let reminderPreview: Path = "/reminders/preview"
  static let quickHearing: Path = "/reminders/quick"
  static let bulkReminders: Path = "/reminders/bulk"
  static let importing: Path = "/reminders/import"
  static let escalations: Path = "/escalations"
  static let profiles: Path = "/profiles"
  static let agents: Path = "/agents"

  static func passwordReset(_ token: String) -> Path { "/password/reset/\(token)" }
  static func verify(_ token: String) -> Path { "/email/verify/\(token)" }
  static func revocation(_ session: ID<WebSession>) -> Path { "/settings/sessions/\(session)/revocation" }
  static func reminder(_ id: ID<Reminder>) -> Path { "/reminders/\(id)" }
  static func reminderCalendar(_ id: ID<Reminder>) -> Path { "/reminders/\(id).ics" }
  static func editReminder(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/edit" }
  static func completion(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/completion" }
  static func acknowledgement(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/acknowledgement" }
  static func reopening(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/reopening" }
  static func archival(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/archival" }
  /// Asks first.
  static func askDeletion(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/delete" }
  static func deletion(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/deletion" }
  static func wording(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/wording" }
  static func run(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/run" }
  static func reminderImport(_ id: ID<ReminderImport>) -> Path { "/reminders/import/\(id)" }
  static func confirmation(_ id: ID<ReminderImport>) -> Path { "/reminders/import/\(id)/confirmation" }
  static func importDeletion(_ id: ID<ReminderImport>) -> Path { "/reminders/import/\(id)/deletion" }
  static func snoozing(_ id: ID<Reminder>) -> Path { "/reminders/\(id)#snooze" }
  static func snoozes(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/snoozes" }
  static func escalation(_ id: ID<Escalation>) -> Path { "/escalations/\(id)" }
  static func acknowledgement(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/acknowledgement" }
  static func snoozes(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/snoozes" }
  static func completion(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/completion" }
  static func advance(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/advance" }
  static func notes(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/notes" }
  static func profile(_ id: ID<EscalationProfile>) -> Path { Paths.profiles.fragment("profile-" + id.text) }
  static func agent(_ type: AgentType) -> Path { "/agents/\(type.rawValue)" }
  static func agentTest(_ type: AgentType) -> Path { "/agents/\(type.rawValue)/test" }
  static func action(_ token: String) -> Path { "/a/\(token)" }
  static func unsubscribe(_ token: String) -> Path { "/u/\(token)" }

  /// What the addresses begin with whose last part is a right by itself. ``SignedLinks`` keeps them out of our log, `nginx/http.conf` and
  /// `nginx/site.conf` out of nginx's.
  static let signed = ["/a/", "/u/", "/password/reset/", "/email/verify/", "/invitations/"]
}
