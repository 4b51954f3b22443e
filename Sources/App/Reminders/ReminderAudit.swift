import HTML

extension AuditFacts {
  /// The sentences about reminders; nil for other entries.
  func aboutReminders(_ words: Words) -> String? {
    switch action {
    case "reminder.made": words("Made “{title}”.", titled(words))
    case "reminder.changed": words("Edited “{title}”.", titledNow(words))
    case "reminder.completed": words("Completed “{title}”.", titled(words))
    case "reminder.acknowledged": words("Acknowledged “{title}”.", titled(words))
    case "reminder.snoozed": words("Snoozed “{title}”.", titled(words))
    case "reminder.unsnoozed": words("Took the snooze of “{title}” back.", titled(words))
    case "reminder.link_made": words("Made an address that completes “{title}”.", titled(words))
    case "reminder.archived": words("Archived “{title}”.", titled(words))
    case "reminder.reopened": words("Reopened “{title}”.", titled(words))
    case "reminder.restored": words("Put “{title}” back as it was.", titled(words))
    case "reminder.deleted": words("Deleted “{title}”.", titled(words))
    case "reminder.run": words("Rang “{title}” by hand.", titled(words))
    case "reminder_import.read": words("Looked at a file to import.")
    case "reminder_import.made": words("Imported reminders.")
    case "reminder_import.discarded": words("Did not import a file.")
    case "reminder_import.undone": words("Took an import back.")
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func reminderDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "title": words("Title")
    case "description": words("Notes")
    case "importance": words("Importance")
    case "profile": words("Profile")
    case "schedule": words("When")
    case "until": words("Snoozed until")
    case "criteria": words("Completed")
    case "words": words("In your words")
    case "again_at": words("Asks again")
    case "escalation": words("Escalation")
    case "file": words("File")
    case "count": words("Reminders")
    default: nil
    }
  }
}
