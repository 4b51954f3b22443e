import Domain
import HTML
import Postgres
import Web

extension Quota {
  /// Looks after a reminder was written and before the transaction ends. The triggers that keep the person's row of `reminder_counts` have locked
  /// it, so two forms sent at once are counted one after the other.
  ///
  /// - Parameters:
  ///   - isNew: whether the reminder was made; else it was edited.
  ///   - grownBy: bytes that its texts gained. What makes room is always let through, also where the bound was lowered since.
  /// - Throws: ``FormErrors`` beside the title when there are too many, beside the description when they hold too much.
  func check(isNew: Bool, grownBy: Int, _ web: Context) throws {
    let person = try web.person
    guard
      let (reminderCount, bytes): (Int64, Int64) = try web.db.row(
        Query(tuple: "SELECT active::bigint + snoozed + completed + archived, bytes FROM reminder_counts WHERE user_id = \(person.id)"))
    else { return }
    var errors = FormErrors()
    if isNew, reminderCount > Int64(reminders) {
      errors.add("title", tooMany(web.words))
    }
    if grownBy > 0, bytes > Int64(megabytes) * 1_000_000 {
      let most: KeyValuePairs = ["n": String(megabytes)]
      errors.add(
        "description",
        web.words(
          "Your reminders hold {n} megabytes of text, the most that this site keeps for one person. Shorten this one, or delete some with long texts.",
          most))
    }
    if !errors.isEmpty { throw errors }
  }

  /// Looks before a reminder is made. ``check(isNew:grownBy:_:)`` is still to be asked: two forms sent at once do not see each other here.
  ///
  /// - Returns: nil: there is room for it.
  func refusal(_ web: Context) throws -> String? {
    let kept: Int64? = try web.db.value(
      "SELECT active::bigint + snoozed + completed + archived FROM reminder_counts WHERE user_id = \(web.person.id)")
    return kept ?? 0 >= Int64(reminders) ? tooMany(web.words) : nil
  }

  /// Looks after a reminder was made by what has no form of its own for it: a deadline that was put later, or brought back (RULES 8.28).
  ///
  /// - Returns: why it cannot stay; nil: there is room for it.
  func overflow(_ web: Context) throws -> String? {
    let kept: Int64? = try web.db.value(
      "SELECT active::bigint + snoozed + completed + archived FROM reminder_counts WHERE user_id = \(web.person.id)")
    return kept ?? 0 > Int64(reminders) ? tooMany(web.words) : nil
  }

  private func tooMany(_ words: Words) -> String {
    words(
      "You have {n} reminders, the most that this site keeps for one person. Delete some, then save this again.", ["n": String(reminders)])
  }
}

extension ReminderDraft {
  /// Bytes of its texts.
  var weight: Int { title.utf8.count + description.utf8.count }
}

extension Reminder {
  /// Bytes of its texts.
  var weight: Int { title.utf8.count + description.utf8.count }
}
