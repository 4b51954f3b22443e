import Domain
import Postgres

/// A reminder to be, with the key of the entry that it is made of.
struct ImportedDraft {
  let id: ID<Reminder>
  let key: String
  let draft: ReminderDraft
}

extension [ImportedDraft] {
  /// What inserts them: some statements for a thousand, each for at most a quarter of a megabyte of notes, whose words take seconds to index. In the
  /// columns the same as ``ReminderDraft/inserting(_:for:zoneVersion:at:)``.
  func inserting(of file: ID<ReminderImport>, for user: ID<User>, zoneVersion: String, at now: Instant) -> [[SQL]] {
    slices.map { slice in
      let drafts = slice.map(\.draft)
      let ids = slice.map(\.id)
      let reminders = SQL.insert(
        into: "reminders", .each("id", ids), .all("user_id", "\(user)"), .all("status", "'active'"), .each("next_at", drafts.map(\.nextAt)),
        .all("created_at", "\(now)"), .all("updated_at", "\(now)"), .each("title", drafts.map(\.title)),
        .each("description", drafts.map(\.description)), .few("importance", drafts.map(\.importance)),
        .few("profile_id", drafts.map(\.profile)))
      let sources = SQL.insert(
        into: "reminder_sources", .all("user_id", "\(user)"), .each("key", slice.map(\.key)), .each("reminder_id", ids),
        .all("import_id", "\(file)"))
      return [reminders, schedules(drafts, ids, user, zoneVersion), sources]
        + ReminderText.saving(slice.map { (of: $0.id, notes: $0.draft.description) }, user)
    }
  }

  private func schedules(_ drafts: [ReminderDraft], _ ids: [ID<Reminder>], _ user: ID<User>, _ zoneVersion: String) -> SQL {
    let plans = drafts.map(\.schedule)
    return .insert(
      into: "schedules", .each("reminder_id", ids), .all("user_id", "\(user)"), .few("kind", plans.map(\.kindName)),
      .few("timezone", plans.map(\.zone.name)), .each("at", plans.map(\.at)), .each("wall", drafts.map(\.meant)),
      .each("cron", plans.map(\.cronText)), .each("rule", plans.map(\.ruleText)), .each("rule_from", plans.map(\.ruleFrom)),
      .each("words", drafts.map(\.words)), .each("every_minutes", plans.map(\.everyMinutes)),
      .each(
        "exclude_dates", plans.map { "{\($0.excludedDays.sorted().map(\.iso).joined(separator: ","))}" }, as: "t.exclude_dates::date[]"),
      .each("exclude_weekends", plans.map(\.excludesWeekends)), .few("zone_version", drafts.map { $0.stamp(zoneVersion) }),
      .few("zone_rule", plans.map(\.zone.rule)), .each("zone_lost", plans.map(\.zone.isLost)))
  }

  private var slices: [ArraySlice<ImportedDraft>] {
    var (found, start, weight): ([ArraySlice<ImportedDraft>], Int, Int) = ([], 0, 0)
    for (place, one) in enumerated() {
      weight += one.draft.weight
      if place - start == 999 || weight > 250_000 || place == count - 1 {
        found.append(self[start...place])
        (start, weight) = (place + 1, 0)
      }
    }
    return found
  }
}
