import Domain
import HTML
import Postgres

extension AuditFacts {
  /// The sentences about conversations with the assistant; nil for other entries.
  func aboutAssistant(_ words: Words) -> String? {
    switch action {
    case "assistant.said": words("Asked the assistant.")
    case "assistant.stopped": words("Stopped the assistant.")
    case "assistant.archived": words("Archived a conversation with the assistant.")
    case "assistant.restored": words("Brought back a conversation with the assistant.")
    case "assistant.deleted": words("Deleted a conversation with the assistant.")
    default: nil
    }
  }
}
