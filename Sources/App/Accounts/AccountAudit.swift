import HTML

extension AuditFacts {
  /// The sentences about accounts; nil for other entries.
  func aboutAccounts(_ words: Words) -> String? {
    switch action {
    case "account.made": words("Account made for {address}.", ["address": self["email"]])
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
    case "quiet.paused": words("Wanted no messages for now.")
    case "quiet.resumed": words("Took messages again.")
    case "vault.rotated": words("The key to the stored passwords of the account was renewed, and they were sealed anew.")
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func accountDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "role": words("Role")
    case "display_name": words("Name")
    case "timezone": words("Time zone")
    case "language": words("Language")
    case "week_start": words("The week begins on")
    case "day_start": words("A new day begins at")
    case "default_hour": words("Default time")
    case "quiet": words("Quiet hours")
    case "work": words("Working hours")
    case "model_kinds": words("A model may be told of")
    case "again_low": words("Asked again, low importance, in minutes")
    case "again_medium": words("Asked again, medium importance, in minutes")
    case "again_high": words("Asked again, high importance, in minutes")
    case "again_critical": words("Asked again, critical, in minutes")
    case "personality": words("Coach")
    case "theme": words("Colours")
    case "secrets": words("Sealed anew")
    default: assistantDetail(name, words)
    }
  }

  /// What is written down of each act of the assistant (RULES 9.41).
  private static func assistantDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "intent": words("What was wanted")
    case "reasoning": words("Why")
    case "confidence": words("How sure")
    case "input_summary": words("What it went by")
    case "output_summary": words("What came of it")
    case "proposal": words("Proposal", context: "assistant")
    case "assumptions": words("Taken for true")
    case "run": words("Call of the model")
    default: nil
    }
  }
}
