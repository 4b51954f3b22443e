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

  /// One time to come; excluded ones, months that lack the day and times that the clocks skip are told in words only.
  struct Upcoming {
    var iso = ""
    /// "tomorrow 09:00".
    let local: String
    /// "Thu 11 Mar 2027, 09:00".
    var whole = ""
    var relative = ""
    var utc = ""
    var isExcluded = false
    var isNote = false
  }

  /// - Parameter stored: what is edited: an interval that stays the same counts on from its last occurrence.
  init(_ draft: ReminderDraft, _ stored: Reminder?, _ person: Person, now: Instant) {
    self.init(
      draft.schedule, last: stored.flatMap { $0.base(of: draft.schedule, at: now) }, words: draft.words,
      isZoneLost: draft.schedule.zone.isLost, skipped: draft.isMoved ? draft.meant : nil, person, now: now)
  }

  /// - Parameters:
  ///   - typed: the words of the person for a series; empty: it is kept as it was written.
  ///   - skipped: the single time that was meant, where the clocks skip it (RULES 1.3).
  init(
    _ schedule: Schedule, last: Instant?, words typed: String, isZoneLost: Bool, skipped: LocalTime? = nil, _ person: Person, now: Instant
  ) {
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
        Upcoming(local: words("{month} is left out", ["month": month.name(language)]), isNote: true)
      }
      times.append(
        Upcoming(
          iso: time.instant.iso, local: TimeWords.when(time.instant, schedule.zone, language, now: now),
          whole: TimeWords.dateTime(time.instant, schedule.zone, language),
          relative: TimeWords.relative(time.instant, from: now, language),
          utc: TimeWords.when(time.instant, .utc, language, now: now) + " UTC",
          isExcluded: time.excluded))
      let later = schedule.zone.local(time.instant).time.text
      if let skipped {
        let note = words("The clocks skip {time} that day, so it rings at {later}.", ["time": skipped.time.text, "later": later])
        times.append(Upcoming(local: note, isNote: true))
      } else if !time.excluded, schedule.isMoved(time.instant) {
        times.append(Upcoming(local: words("The clocks skip its time that day, so it rings at {later}.", ["later": later]), isNote: true))
      }
      cursor = time.instant
    }
    self.times = times
    offer = schedule.onLastDay(language).map {
      words("A month that lacks the day is left out. To ring on its last day, write “{words}”.", ["words": $0])
    }
  }
}
