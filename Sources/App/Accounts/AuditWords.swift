import Domain
import FoundationEssentials
import HTML

/// What an entry of the audit log says to a person: a sentence, and what changed below it.
struct AuditWords {
  private let entry: AuditTrailRow
  private let facts: [String: String]
  private let words: Words
  private let time: (Instant) -> TimeText

  init(_ entry: AuditTrailRow, _ words: Words, _ time: @escaping (Instant) -> TimeText) {
    (self.entry, self.words, self.time) = (entry, words, time)
    facts = entry.payload.flatMap { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) } ?? [:]  // Erased ones are nil.
  }

  /// "Reminder “Pay the rent” made."; what is not known yet is shown as it was recorded.
  var sentence: String {
    switch entry.subject {
    case "reminder", "escalation": reminder
    case "agent": agent
    case "session", "user": account
    default: entry.action
    }
  }

  private var account: String {
    switch entry.action {
    case "account.made": words("Account made for {address}.", ["address": facts["email"] ?? ""])
    case "email.verification_asked": words("Asked for a new link to verify the address.")
    case "email.verified": words("Address verified.")
    case "password.changed": words("Password changed.")
    case "password.reset": words("Password set anew by a link.")
    case "password.reset_asked": words("Asked for a link to set a new password.")
    case "session.opened": words("Signed in.")
    case "session.ended": words("Signed out.")
    case "session.crowded_out": words("The session that was used least lately was ended: fifty are kept.")
    case "session.revoked": words("A session was ended.")
    case "settings.changed": words("Settings changed.")
    default: entry.action
    }
  }

  private var agent: String {
    let values: KeyValuePairs = ["address": facts["address"] ?? ""]
    switch entry.action {
    case "agent.changed": return facts["enabled"] == "on" ? words("E-mail switched on.") : words("E-mail switched off.")
    case "agent.off": return words("E-mail to {address} switched off: the address refuses it.", values)
    case "agent.unsubscribed": return words("{address} asked for no more mail.", values)
    default: return entry.action
    }
  }

  private var reminder: String {
    let values: KeyValuePairs = ["title": facts["title"].flatMap { $0.utf8.isEmpty ? nil : $0 } ?? entry.title ?? words("deleted since")]
    switch entry.action {
    case "reminder.made": return words("Made “{title}”.", values)
    case "reminder.changed": return words("Edited “{title}”.", ["title": entry.title ?? words("deleted since")])
    case "reminder.completed", "escalation.completed": return words("Completed “{title}”.", values)
    case "reminder.acknowledged", "escalation.acknowledged": return words("Acknowledged “{title}”.", values)
    case "reminder.snoozed", "escalation.snoozed": return words("Snoozed “{title}”.", values)
    case "reminder.archived": return words("Archived “{title}”.", values)
    case "reminder.reopened": return words("Reopened “{title}”.", values)
    case "reminder.deleted": return words("Deleted “{title}”.", values)
    case "reminder.run": return words("Rang “{title}” by hand.", values)
    case "escalation.advanced": return words("Told the next tier of “{title}”.", values)
    case "escalation.noted": return words("Wrote a note about “{title}”.", values)
    case "escalation.expired": return words("“{title}” expired: nobody answered.", values)
    default: return entry.action
    }
  }

  /// What changed, name by name; what the sentence says already is left out.
  var details: [Detail] {
    if entry.payload == nil { return [Detail(name: words("Details"), value: words("erased"))] }
    let said: Set<String> = entry.action == "reminder.changed" ? [] : ["title", "email", "address", "enabled", "type"]
    return facts.filter { !said.contains($0.key) }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, value in
      Detail(name: label(name), value: Instant(iso: value).map { time($0).absolute.text } ?? value)
    }
  }

  struct Detail {
    let name: String
    let value: String
  }

  private func label(_ name: String) -> String {
    switch name {
    case "title": words("Title")
    case "description": words("Notes")
    case "importance": words("Importance")
    case "profile": words("Profile")
    case "schedule": words("When")
    case "until": words("Snoozed until")
    case "words": words("In your words")
    case "again_at": words("Asks again")
    case "role": words("Role")
    case "reason": words("Reason")
    case "display_name": words("Name")
    case "timezone": words("Time zone")
    case "language": words("Language")
    case "week_start": words("The week begins on")
    case "day_start": words("A new day begins at")
    case "default_hour": words("Default time")
    case "quiet": words("Quiet hours")
    case "personality": words("Coach")
    case "theme": words("Colours")
    default: name
    }
  }
}
