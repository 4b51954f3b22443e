import Domain
import HTML

extension ID: PathID {}

/// The address of every page, next to the table of routes. Links are made here and nowhere else.
enum Paths {
  static let today: Path = "/"
  static let search: Path = "/search"
  static let signIn: Path = "/sign-in"
  static let signUp: Path = "/sign-up"
  static let signOut: Path = "/sign-out"
  static let passwordForgotten: Path = "/password/forgotten"
  static let emailVerification: Path = "/email/verification"
  static let profileSettings: Path = "/settings/profile"
  static let privacySettings: Path = "/settings/privacy"
  static let quietSettings: Path = "/settings/quiet"
  static let quietPause: Path = "/settings/quiet/pause"
  static let quietPauseDeletion: Path = "/settings/quiet/pause/deletion"
  static func quietPauseRestoration(_ until: Instant) -> Path { "/settings/quiet/pause/\(String(until.microseconds))/restoration" }
  static let passwordSettings: Path = "/settings/password"
  static let sessions: Path = "/settings/sessions"
  static let apiKeys: Path = "/settings/keys"
  static func revocation(_ key: ID<APIKey>) -> Path { "/settings/keys/\(key)/revocation" }
  static let pendingNotifications: Path = "/api/v1/notifications/pending"
  static let audit: Path = "/settings/audit"
  static let events: Path = "/settings/events"
  static let personData: Path = "/settings/data"
  static let personExport: Path = "/settings/export"
  static let personDeletion: Path = "/settings/deletion"
  static let modelSettings: Path = "/settings/model"
  static let team: Path = "/settings/team"
  static let members: Path = "/settings/members"
  static func role(_ id: ID<User>) -> Path { "/settings/members/\(id)/role" }
  static func absence(_ id: ID<User>) -> Path { "/settings/members/\(id)/absence" }
  static func removal(_ id: ID<User>) -> Path { "/settings/members/\(id)/removal" }
  static func revocation(_ id: ID<Invitation>) -> Path { "/settings/invitations/\(id)/revocation" }
  static func invitation(_ token: String) -> Path { "/invitations/\(token)" }
  static let reminders: Path = "/reminders"
  static let newReminder: Path = "/reminders/new"
  static let reminderPreview: Path = "/reminders/preview"
  static let quickHearing: Path = "/reminders/quick"
  static let bulkReminders: Path = "/reminders/bulk"
  /// What was done to many at an instant.
  static func bulkRestoration(_ at: Instant) -> Path { "/reminders/bulk/\(String(at.microseconds))/restoration" }
  static let importing: Path = "/reminders/import"
  static let escalations: Path = "/escalations"
  static let bulkEscalations: Path = "/escalations/bulk"
  /// Of everything that rings.
  static let snoozingAll: Path = "/escalations/snoozes"
  /// The undo of all that one press snoozed.
  static func restoration(_ press: ID<SnoozePress>) -> Path { "/escalations/snoozes/\(press)/restoration" }
  static let profiles: Path = "/profiles"
  static let agents: Path = "/agents"
  static let contacts: Path = "/contacts"
  static let newContact: Path = "/contacts/new"

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
  /// Another signed address in the place of the one before.
  static func completionSecret(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/completion-secret" }
  /// Where a program completes it with a key.
  static func apiCompletion(_ id: ID<Reminder>) -> Path { "/api/v1/reminders/\(id)/completion" }
  /// Where whoever holds it completes a reminder.
  static func completionLink(_ token: String) -> Path { "/d/\(token)" }
  static func run(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/run" }
  static func reminderImport(_ id: ID<ReminderImport>) -> Path { "/reminders/import/\(id)" }
  static func confirmation(_ id: ID<ReminderImport>) -> Path { "/reminders/import/\(id)/confirmation" }
  static func importDeletion(_ id: ID<ReminderImport>) -> Path { "/reminders/import/\(id)/deletion" }
  /// Offered to and by the person.
  static let reminderOffers: Path = "/reminders/offers"
  /// Asks whom.
  static func offer(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/offer" }
  static func offers(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/offers" }
  static func acceptance(_ id: ID<ReminderOffer>) -> Path { "/reminders/offers/\(id)/acceptance" }
  static func refusal(_ id: ID<ReminderOffer>) -> Path { "/reminders/offers/\(id)/refusal" }
  static func withdrawal(_ id: ID<ReminderOffer>) -> Path { "/reminders/offers/\(id)/withdrawal" }
  static func snoozing(_ id: ID<Reminder>) -> Path { "/reminders/\(id)#snooze" }
  static func snoozes(_ id: ID<Reminder>) -> Path { "/reminders/\(id)/snoozes" }
  static let habits: Path = "/habits"
  static let bulkHabits: Path = "/habits/bulk"
  /// The undo of all that one press did.
  static func restoration(_ press: ID<HabitPress>) -> Path { "/habits/bulk/\(press)/restoration" }
  static let pauseHabits: Path = "/habits/pause"
  static let resumeHabits: Path = "/habits/resumption"
  static let newHabit: Path = "/habits/new"
  static let habitExport: Path = "/habits/export.csv"
  static let importingHabits: Path = "/habits/import"
  static let habitSheet: Path = "/habits/sheet"
  static func habitImport(_ id: ID<HabitImport>) -> Path { "/habits/import/\(id)" }
  static func confirmation(_ id: ID<HabitImport>) -> Path { "/habits/import/\(id)/confirmation" }
  static func importDeletion(_ id: ID<HabitImport>) -> Path { "/habits/import/\(id)/deletion" }
  static func habitSheet(_ id: ID<Habit>) -> Path { "/habits/\(id)/sheet" }
  static func habit(_ id: ID<Habit>) -> Path { "/habits/\(id)" }
  static func editHabit(_ id: ID<Habit>) -> Path { "/habits/\(id)/edit" }
  static func completions(_ id: ID<Habit>) -> Path { "/habits/\(id)/completions" }
  static func uncompletion(_ id: ID<Habit>, _ date: Day) -> Path { "/habits/\(id)/completions/\(date.iso)/deletion" }
  static func skips(_ id: ID<Habit>) -> Path { "/habits/\(id)/skips" }
  static func unskip(_ id: ID<Habit>, _ date: Day) -> Path { "/habits/\(id)/skips/\(date.iso)/deletion" }
  static func notes(_ id: ID<Habit>) -> Path { "/habits/\(id)/notes" }
  static func pause(_ id: ID<Habit>) -> Path { "/habits/\(id)/pause" }
  static func pauseDeletion(_ id: ID<Habit>, _ pause: ID<StoredPause>) -> Path { "/habits/\(id)/pauses/\(pause.text)/deletion" }
  static func ruleDeletion(_ id: ID<Habit>, _ date: Day) -> Path { "/habits/\(id)/frequencies/\(date.iso)/deletion" }
  static func resumption(_ id: ID<Habit>) -> Path { "/habits/\(id)/resumption" }
  static func archival(_ id: ID<Habit>) -> Path { "/habits/\(id)/archival" }
  static func restoration(_ id: ID<Habit>) -> Path { "/habits/\(id)/restoration" }
  static func deletion(_ id: ID<Habit>) -> Path { "/habits/\(id)/deletion" }
  static func position(_ id: ID<Habit>) -> Path { "/habits/\(id)/position" }
  static let goals: Path = "/goals"
  static let newGoal: Path = "/goals/new"
  static func goal(_ id: ID<Goal>) -> Path { "/goals/\(id)" }
  static func editGoal(_ id: ID<Goal>) -> Path { "/goals/\(id)/edit" }
  static func completion(_ id: ID<Goal>) -> Path { "/goals/\(id)/completion" }
  static func reopening(_ id: ID<Goal>) -> Path { "/goals/\(id)/reopening" }
  static func archival(_ id: ID<Goal>) -> Path { "/goals/\(id)/archival" }
  static func restoration(_ id: ID<Goal>) -> Path { "/goals/\(id)/restoration" }
  static func deletion(_ id: ID<Goal>) -> Path { "/goals/\(id)/deletion" }
  static func subtasks(_ id: ID<Goal>) -> Path { "/goals/\(id)/subtasks" }
  static func subtask(_ id: ID<Goal>, _ step: ID<Subtask>) -> Path { "/goals/\(id)/subtasks/\(step.text)" }
  static func status(_ id: ID<Goal>, _ step: ID<Subtask>) -> Path { "/goals/\(id)/subtasks/\(step.text)/status" }
  static func position(_ id: ID<Goal>, _ step: ID<Subtask>) -> Path { "/goals/\(id)/subtasks/\(step.text)/position" }
  static func deletion(_ id: ID<Goal>, _ step: ID<Subtask>) -> Path { "/goals/\(id)/subtasks/\(step.text)/deletion" }
  static func restoration(_ id: ID<Goal>, _ step: ID<Subtask>) -> Path { "/goals/\(id)/subtasks/\(step.text)/restoration" }
  static let review: Path = "/review"
  static func review(_ week: PersonWeek) -> Path { "/review/\(week.address)" }
  static let coach: Path = "/coach"
  static let coachMessages: Path = "/coach/messages"
  static let coachSettings: Path = "/settings/coach"
  static func chat(_ id: ID<Chat>) -> Path { "/coach/\(id)" }
  static func archival(_ id: ID<Chat>) -> Path { "/coach/\(id)/archival" }
  /// Out of the archive, or back from deletion.
  static func restoration(_ id: ID<Chat>) -> Path { "/coach/\(id)/restoration" }
  static func deletion(_ id: ID<Chat>) -> Path { "/coach/\(id)/deletion" }
  static func deletion(_ id: ID<CoachMessageRow>) -> Path { "/coach/messages/\(id)/deletion" }
  static func restoration(_ id: ID<CoachMessageRow>) -> Path { "/coach/messages/\(id)/restoration" }
  static let sources: Path = "/sources"
  static let newSource: Path = "/sources/new"
  static let sourceTrial: Path = "/sources/trial"
  static let goldenQuestions: Path = "/sources/golden"
  static func source(_ id: ID<SourceDocument>) -> Path { "/sources/\(id)" }
  static func editSource(_ id: ID<SourceDocument>) -> Path { "/sources/\(id)/edit" }
  static func refresh(_ id: ID<SourceDocument>) -> Path { "/sources/\(id)/refresh" }
  static func deletion(_ id: ID<SourceDocument>) -> Path { "/sources/\(id)/deletion" }
  static func restoration(_ id: ID<SourceDocument>) -> Path { "/sources/\(id)/restoration" }
  static let channels: Path = "/channels"
  static func channel(_ id: ID<DeskChannel>) -> Path { "/channels/\(id)" }
  static let drafts: Path = "/drafts"
  static let bulkDrafts: Path = "/drafts/bulk"
  static let nextDraft: Path = "/drafts/next"
  static func draft(_ id: ID<Draft>) -> Path { "/drafts/\(id)" }
  static func prompts(_ id: ID<Draft>) -> Path { "/drafts/\(id)/prompts" }
  static func approval(_ id: ID<Draft>) -> Path { "/drafts/\(id)/approval" }
  static func rejection(_ id: ID<Draft>) -> Path { "/drafts/\(id)/rejection" }
  static func regeneration(_ id: ID<Draft>) -> Path { "/drafts/\(id)/regeneration" }
  static func claim(_ id: ID<Draft>) -> Path { "/drafts/\(id)/claim" }
  static func release(_ id: ID<Draft>) -> Path { "/drafts/\(id)/release" }
  static func undo(_ id: ID<Draft>) -> Path { "/drafts/\(id)/undo" }
  static func retry(_ id: ID<Draft>) -> Path { "/drafts/\(id)/retry" }
  static func confirmation(_ id: ID<Draft>) -> Path { "/drafts/\(id)/confirmation" }
  static func preview(_ id: ID<Draft>) -> Path { "/drafts/\(id)/preview" }
  static let conversations: Path = "/conversations"
  static func conversation(_ id: ID<Conversation>) -> Path { "/conversations/\(id)" }
  static func sender(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/customer" }
  static func timeline(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/timeline" }
  static func reply(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/reply" }
  static func notes(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/notes" }
  static func closure(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/closure" }
  static func reopening(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/reopening" }
  static func askForDraft(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/draft" }
  static func assignment(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/assignment" }
  static func tags(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/tags" }
  static func claim(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/claim" }
  static func release(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/release" }
  static func seen(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/seen" }
  static func customer(of id: ID<Conversation>) -> Path { "/conversations/\(id)/customer" }
  static func customerReturn(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/customer/deletion" }
  static func spam(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/spam" }
  static func unspam(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/spam/deletion" }
  static func undo(_ id: ID<Conversation>, _ message: ID<DeskMessage>) -> Path { "/conversations/\(id)/messages/\(message.text)/undo" }
  static func retry(_ id: ID<Conversation>, _ message: ID<DeskMessage>) -> Path { "/conversations/\(id)/messages/\(message.text)/retry" }
  static func confirmation(_ id: ID<Conversation>, _ message: ID<DeskMessage>) -> Path {
    "/conversations/\(id)/messages/\(message.text)/confirmation"
  }
  static func raw(_ id: ID<Conversation>, _ message: ID<DeskMessage>) -> Path { "/conversations/\(id)/messages/\(message.text)/raw" }
  static func html(_ id: ID<Conversation>, _ message: ID<DeskMessage>) -> Path { "/conversations/\(id)/messages/\(message.text)/html" }
  static let quarantine: Path = "/quarantine"
  static func quarantined(_ id: ID<QuarantinedMail>) -> Path { "/quarantine/\(id)" }
  static func raw(_ id: ID<QuarantinedMail>) -> Path { "/quarantine/\(id)/raw" }
  static func retry(_ id: ID<QuarantinedMail>) -> Path { "/quarantine/\(id)/retry" }
  static func deletion(_ id: ID<QuarantinedMail>) -> Path { "/quarantine/\(id)/deletion" }
  static func attachment(_ id: ID<DeskFile>) -> Path { "/attachments/\(id)" }
  /// The same for whoever holds the link.
  static func linkedFile(_ token: String) -> Path { "/f/\(token)" }
  static let newConversation: Path = "/conversations/new"
  static let bulkConversations: Path = "/conversations/bulk"
  static func preview(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/preview" }
  static func merge(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/merge" }
  static func split(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/split" }
  static func snoozes(_ id: ID<Conversation>) -> Path { "/conversations/\(id)/snoozes" }
  static let customers: Path = "/customers"
  static func customer(_ id: ID<Customer>) -> Path { "/customers/\(id)" }
  static func notes(_ id: ID<Customer>) -> Path { "/customers/\(id)/notes" }
  static func merge(_ id: ID<Customer>) -> Path { "/customers/\(id)/merge" }
  static func export(_ id: ID<Customer>) -> Path { "/customers/\(id)/export" }
  static func erasure(_ id: ID<Customer>) -> Path { "/customers/\(id)/erasure" }
  static let savedReplies: Path = "/saved-replies"
  static func savedReply(_ id: ID<SavedText>) -> Path { "/saved-replies/\(id)" }
  static func deletion(_ id: ID<SavedText>) -> Path { "/saved-replies/\(id)/deletion" }
  static func restoration(_ id: ID<SavedText>) -> Path { "/saved-replies/\(id)/restoration" }
  static let newChannel: Path = "/channels/new"
  /// A new one takes the place of the old.
  static func secret(_ id: ID<DeskChannel>) -> Path { "/channels/\(id)/secret" }
  static func rota(_ id: ID<DeskChannel>) -> Path { "/channels/\(id)/rota" }
  static func test(_ id: ID<DeskChannel>) -> Path { "/channels/\(id)/test" }
  static func deletion(_ id: ID<DeskChannel>) -> Path { "/channels/\(id)/deletion" }
  static func restoration(_ id: ID<DeskChannel>) -> Path { "/channels/\(id)/restoration" }
  /// Where messages are posted to.
  static func hook(_ id: ID<DeskChannel>) -> Path { "/hooks/channels/\(id)" }
  static let deskSettings: Path = "/settings/desk"
  static let learning: Path = "/learning"
  static let learningExport: Path = "/learning/export.jsonl"
  static let jobs: Path = "/jobs"
  static func job(_ id: ID<Job>) -> Path { "/jobs/\(id)" }
  static func retry(_ id: ID<Job>) -> Path { "/jobs/\(id)/retry" }
  static func cancellation(_ id: ID<Job>) -> Path { "/jobs/\(id)/cancellation" }
  static let notifications: Path = "/notifications"
  static let allNotificationsRead: Path = "/notifications/read"
  static func read(_ id: ID<Notice>) -> Path { "/notifications/\(id)/read" }
  static let notificationSettings: Path = "/settings/notifications"
  static func escalation(_ id: ID<Escalation>) -> Path { "/escalations/\(id)" }
  static func acknowledgement(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/acknowledgement" }
  static func snoozes(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/snoozes" }
  static func completion(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/completion" }
  static func advance(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/advance" }
  static func notes(_ id: ID<Escalation>) -> Path { "/escalations/\(id)/notes" }
  /// Its place in the list.
  static func profile(_ id: ID<EscalationProfile>) -> Path { Paths.profiles.fragment("profile-" + id.text) }
  static let newProfile: Path = "/profiles/new"
  static let profilePreview: Path = "/profiles/preview"
  /// Where its form is sent.
  static func saving(_ id: ID<EscalationProfile>) -> Path { "/profiles/\(id)" }
  static func editProfile(_ id: ID<EscalationProfile>) -> Path { "/profiles/\(id)/edit" }
  static func copy(_ id: ID<EscalationProfile>) -> Path { "/profiles/\(id)/copy" }
  /// Asks first.
  static func askDeletion(_ id: ID<EscalationProfile>) -> Path { "/profiles/\(id)/delete" }
  static func deletion(_ id: ID<EscalationProfile>) -> Path { "/profiles/\(id)/deletion" }
  static func contact(_ id: ID<Contact>) -> Path { "/contacts/\(id)" }
  static func editContact(_ id: ID<Contact>) -> Path { "/contacts/\(id)/edit" }
  /// Asks them again by a letter.
  static func verification(_ id: ID<Contact>) -> Path { "/contacts/\(id)/verification" }
  static func deletion(_ id: ID<Contact>) -> Path { "/contacts/\(id)/deletion" }
  static func restoration(_ id: ID<Contact>) -> Path { "/contacts/\(id)/restoration" }
  /// Where a contact agrees to be one.
  static func consent(_ token: String) -> Path { "/c/\(token)" }
  static func agent(_ type: AgentType) -> Path { "/agents/\(type.rawValue)" }
  static func agentTest(_ type: AgentType) -> Path { "/agents/\(type.rawValue)/test" }
  static let webhookSecret: Path = "/agents/webhook/secret"
  static let agentCodes: Path = "/agents/sms/codes"
  static let agentVerification: Path = "/agents/sms/verification"
  static func codes(_ id: ID<Contact>) -> Path { "/contacts/\(id)/phone/codes" }
  static func phoneVerification(_ id: ID<Contact>) -> Path { "/contacts/\(id)/phone/verification" }
  static let pushSubscriptions: Path = "/agents/push/subscriptions"
  static func deletion(_ id: ID<PushDevice>) -> Path { "/agents/push/subscriptions/\(id)/deletion" }
  /// Where commands are posted to.
  static func hook(_ id: ID<Agent>) -> Path { "/hooks/agents/\(id)" }
  static func action(_ token: String) -> Path { "/a/\(token)" }
  static func unsubscribe(_ token: String) -> Path { "/u/\(token)" }

  /// What the addresses begin with whose last part is a right by itself. ``SignedLinks`` keeps them out of our log, `nginx/http.conf` and
  /// `nginx/site.conf` out of nginx's.
  static let signed = ["/a/", "/u/", "/f/", "/c/", "/d/", "/ics/", "/password/reset/", "/email/verify/", "/invitations/"]
}
