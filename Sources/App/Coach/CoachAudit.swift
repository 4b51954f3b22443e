import Domain
import HTML
import Postgres

extension AuditFacts {
  /// The sentences about the coach; nil for other entries.
  func aboutCoach(_ words: Words) -> String? {
    switch action {
    case "coach.changed": words("Changed what the coach may do.")
    case "coach.message_deleted": words("Deleted a message of the coach.")
    case "coach.message_restored": words("Brought back a message of the coach.")
    case "chat.said": words("Wrote to the coach.")
    case "chat.archived": words("Archived a conversation with the coach.")
    case "chat.restored": words("Brought back a conversation with the coach.")
    case "chat.deleted": words("Deleted a conversation with the coach.")
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func coachDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "speak": words("When the coach speaks")
    case "model": words("A model may write")
    case "notes": words("The model may read notes")
    case "weekly_mail": words("Weekly mail")
    case "events": words("Log of events")
    default: nil
    }
  }
}
