import Domain
import Postgres

extension CoachSpeak: Bindable, FromColumn {}
extension CoachEvent: Bindable, FromColumn {}

/// What a person wants of the coach: comes with the ``Person``, so that nobody asks for it.
struct CoachWishes: Equatable, Sendable {
  let speak: CoachSpeak
  /// Whether a model may be asked, where there is one.
  let model: Bool
  /// Whether it may read the notes of days.
  let notes: Bool
  let weeklyMail: Bool
  /// Whether what they do is written into the log of events.
  let events: Bool
  /// Whether they chose a personality themselves.
  let hasChosen: Bool
  /// Grows with every change of these.
  let version: Int
}

extension CoachWishes {
  static let columns: SQL =
    "u.coach_speak, u.coach_model, u.coach_notes, u.weekly_mail, u.keeps_events, u.personality_chosen, u.coach_version"

  init(row: Row) throws(PostgresError) {
    speak = try row("coach_speak")
    model = try row("coach_model")
    notes = try row("coach_notes")
    weeklyMail = try row("weekly_mail")
    events = try row("keeps_events")
    hasChosen = try row("personality_chosen")
    version = try row("coach_version")
  }
}
