import Domain
import HTML

/// What a schedule means: the sentence and the next five times.
struct PreviewCard {
  let sentence: String
  /// Said where the schedule's zone is lost.
  let note: String?
  let times: [Upcoming]

  /// One time to come; excluded ones are listed in words only.
  struct Upcoming {
    let iso: String
    let local: String
    let relative: String
    let utc: String
    let isExcluded: Bool
  }

  /// - Parameter stored: what is edited: an interval that stays the same counts on from its last occurrence.
  init(_ draft: ReminderDraft, _ stored: Reminder?, _ person: Person, now: Instant) {
    self.init(
      draft.schedule, last: stored.flatMap { $0.base(of: draft.schedule, at: now) }, isZoneLost: draft.schedule.zone.isLost, person,
      now: now)
  }

  init(_ schedule: Schedule, last: Instant?, isZoneLost: Bool, _ person: Person, now: Instant) {
    let language = person.language
    sentence = schedule.words(language)
    note = isZoneLost ? ZoneWarnings.schedule(schedule.zone, Words.of(language.rawValue)) : nil
    times = schedule.upcoming(after: now, lastScheduled: last, count: 5).map { time in
      Upcoming(
        iso: time.instant.iso, local: TimeWords.dateTime(time.instant, schedule.zone, language),
        relative: TimeWords.relative(time.instant, from: now, language), utc: TimeWords.dateTime(time.instant, .utc, language) + " UTC",
        isExcluded: time.excluded)
    }
  }
}
