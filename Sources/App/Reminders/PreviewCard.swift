import Domain
import HTML

/// What a schedule means: the sentence and the next five times.
struct PreviewCard {
  let sentence: String
  /// What was typed for it, where that says it otherwise.
  let typed: String?
  /// Said where the schedule's zone is lost.
  let note: String?
  /// Said of a rule that has come to its end.
  let over: String?
  let times: [Upcoming]
  /// Said where days are left out that months lack.
  let offer: String?

  /// One time to come; excluded ones and months that lack the day are listed in words only.
  struct Upcoming {
    var iso = ""
    let local: String
    var relative = ""
    var utc = ""
    var isExcluded = false
    var isLeftOut = false
  }

  /// - Parameter stored: what is edited: an interval that stays the same counts on from its last occurrence.
  init(_ draft: ReminderDraft, _ stored: Reminder?, _ person: Person, now: Instant) {
    self.init(
      draft.schedule, last: stored.flatMap { $0.base(of: draft.schedule, at: now) }, words: draft.words,
      isZoneLost: draft.schedule.zone.isLost, person, now: now)
  }

  /// - Parameter typed: the words of the person for a series; empty: it is kept as it was written.
  init(_ schedule: Schedule, last: Instant?, words typed: String, isZoneLost: Bool, _ person: Person, now: Instant) {
    let language = person.language
    let words = Words.of(language.rawValue)
    sentence = schedule.words(language, now: now)
    self.typed = typed.utf8.isEmpty ? nil : words("As typed: “{words}”", ["words": typed])
    note = isZoneLost ? ZoneWarnings.schedule(schedule.zone, words) : nil
    over = schedule.isOver(after: now) ? words("This series is over. Nothing more comes.") : nil
    var times: [Upcoming] = []
    var cursor = now
    for time in schedule.upcoming(after: now, lastScheduled: last, count: 5) {
      times += schedule.leftOut(after: cursor, before: time.instant).map { month in
        Upcoming(local: words("{month} is left out", ["month": month.name(language)]), isLeftOut: true)
      }
      times.append(
        Upcoming(
          iso: time.instant.iso, local: TimeWords.dateTime(time.instant, schedule.zone, language),
          relative: TimeWords.relative(time.instant, from: now, language), utc: TimeWords.dateTime(time.instant, .utc, language) + " UTC",
          isExcluded: time.excluded))
      cursor = time.instant
    }
    self.times = times
    offer = schedule.onLastDay(language).map {
      words("A month that lacks the day is left out. To ring on its last day, write “{words}”.", ["words": $0])
    }
  }
}
