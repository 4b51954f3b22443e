import Domain
import HTML
import Web

/// The kinds of schedule as the form names them.
enum ScheduleKind: String, CaseIterable { case once, recurring, interval }

extension ReminderDraft {
  /// The reminder form, read whole: every complaint at once.
  ///
  /// - Parameters:
  ///   - stored: when a reminder is edited; an unchanged single time that has passed is then accepted.
  ///   - profiles: the person's profiles.
  init(_ form: Form, stored: Reminder? = nil, profiles: [EscalationProfile], _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var edit = AuditDifference()
    title = edit.note("title", from: stored?.title, to: read.line("title", 1...200))
    description = edit.noteLong("description", from: stored?.description, to: read.notes("description", bytes: 16_384))
    importance = edit.note(
      "importance", from: stored?.importance, to: read.choice("importance", stored?.importance ?? .medium), \.rawValue)
    criterion = edit.note("criteria", from: stored?.criterion, to: read.choice("criteria", stored?.criterion ?? .manual), \.rawValue)
    let profile = ReminderDraft.profile(&read, importance, stored, profiles)
    let zone = read.zone("timezone", reader.zones, fallback: stored?.schedule.zone ?? reader.person.zone)
    let kind = read.choice("schedule", stored.flatMap { ScheduleKind(rawValue: $0.schedule.kindName) } ?? .once)
    var time = ScheduleFields(zone: zone, reader, stored: stored)
    let schedule = time.read(kind, &read)
    nextAt = schedule.flatMap { ReminderDraft.next($0, time, &read, now: reader.now) }
    self.profile = edit.note("profile", from: stored?.profile, to: try read.finish(profile), \.text)
    self.schedule = edit.note("schedule", from: stored?.schedule, to: try read.finish(schedule)) { $0.words(.english, now: reader.now) }
    (isMoved, wall, words, firstDay, changes) = (time.isMoved, time.wall, time.words, time.firstDay, edit.facts)
  }

  /// The chosen profile; not sent: the one that follows importance.
  private static func profile(_ read: inout FormReader, _ importance: Importance, _ stored: Reminder?, _ profiles: [EscalationProfile])
    -> ID<
      EscalationProfile
    >?
  {
    let text = read.raw("profile")
    if text.utf8.isEmpty {
      if let stored, stored.importance == importance { return stored.profile }
      if let own = profiles.first(where: { $0.preset == importance.preset }) ?? profiles.first { return own.id }
    }
    if let id = ID<EscalationProfile>(text), profiles.contains(where: { $0.id == id }) { return id }
    read.complain("profile", read.words("Choose one of your profiles."))
    return nil
  }

  /// The first time after now. What is due and has not rung yet keeps its time as long as the schedule is the same: it rings in the worker's
  /// next round (RULES 3.4).
  private static func next(_ schedule: Schedule, _ time: ScheduleFields, _ read: inout FormReader, now: Instant) -> Instant? {
    if let stored = time.stored, stored.schedule == schedule, let due = stored.nextAt, due <= now, schedule.at.map({ $0 <= now }) ?? true {
      return due
    }
    if time.stored?.schedule == schedule, schedule.isOver(after: now) { return nil }
    do {
      let next = try schedule.next(after: now, lastScheduled: time.stored.flatMap { $0.base(of: schedule, at: now) })
      if let next, !schedule.isSoonEnough(next, after: now), time.stored?.schedule != schedule { throw ScheduleError.neverFires }
      return next
    } catch {
      if let first = schedule.ruleFrom, !schedule.isSoonEnough(schedule.zone.instant(first), after: now) {
        read.complain(time.field("repeat_from"), read.words("It would begin in more than five years. Choose an earlier first day."))
        return nil
      }
      if schedule.isOver(after: now) {
        read.complain(time.field("repeat_times"), read.words("All its times have passed. Begin later, or let it come more often."))
        return nil
      }
      let field = schedule.kindName == "recurring" ? time.seriesField : schedule.kindName == "interval" ? "every_minutes" : "at"
      read.complain(field, reason(schedule, after: now, read.words))
      return nil
    }
  }

  /// Why nothing rings within five years: what would not without any exclusion has another reason than those.
  private static func reason(_ schedule: Schedule, after now: Instant, _ words: Words) -> String {
    let plain = try? Schedule(schedule.kind, zone: schedule.zone)  // It was made once already.
    guard let first = plain?.following(now, last: nil) else {
      return words("No day of the next five years fits this pattern; 30 February never comes. Change its day, month or weekday.")
    }
    return schedule.isSoonEnough(first, after: now)
      ? words("With these exclusions it would never ring within five years.")
      : words("Its next time is more than five years away. Let it come more often, or begin later.")
  }
}

/// The reminder form over a stored one, with the version that it was filled in on.
struct ReminderEdit {
  let version: Int
  let draft: ReminderDraft

  /// What is wrong with either is told at once.
  init(_ form: Form, stored: Reminder, profiles: [EscalationProfile], _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    version = read.version()
    let found = read.nest { () throws(FormErrors) in try ReminderDraft(form, stored: stored, profiles: profiles, reader) }
    draft = try read.finish(found)
  }
}

/// The part of the form that says when.
struct ScheduleFields {
  let zone: Zone
  let now: Instant
  let stored: Reminder?
  private let phrases: PhraseReader
  /// What was typed for a series (``SeriesForm/words``).
  private(set) var words = ""
  /// The day from which the controls of a series begin (``SeriesForm/firstDay``).
  private(set) var firstDay: Day?
  private(set) var isMoved = false
  /// Beside what it is said that a series never comes.
  private(set) var seriesField = "cron"
  /// The control that is to blame for a series; typed in words, these.
  func field(_ control: String) -> String { seriesField == "repeat" ? control : seriesField }
  /// What was typed as a single time.
  private(set) var wall: LocalTime?

  init(zone: Zone, _ reader: Reader, stored: Reminder?) {
    (self.zone, now, self.stored) = (zone, reader.now, stored)
    phrases = PhraseReader(reader, zone)
  }

  /// The schedule; nil when something was complained about. Fields of the kinds that were not chosen are ignored.
  mutating func read(_ kind: ScheduleKind, _ read: inout FormReader) -> Schedule? {
    switch kind {
    case .once:
      guard let at = once(&read) else { return nil }
      return made(.once(at: at), [], false, &read)
    case .recurring:
      let unit = read.choice("repeat", RepeatUnit.cron)
      if unit == .cron { return series(SeriesForm(pattern: &read, phrases, stored: stored?.series), &read) }
      seriesField = "repeat"
      return series(SeriesForm(controls: RepeatForm(unit, phrases), &read, stored: stored?.series), &read)
    case .interval: return series(SeriesForm(interval: &read, phrases), &read)
    }
  }

  private mutating func series(_ found: SeriesForm?, _ read: inout FormReader) -> Schedule? {
    let days = excludedDays(&read)  // Read in any case, so that both are complained about.
    guard let found else { return nil }
    (words, firstDay) = (found.words, found.firstDay)
    return made(found.kind, days, read.flag("exclude_weekends"), &read)
  }

  /// The next full hour of the zone's clocks that is at least an hour away.
  static func fullHour(after now: Instant, _ zone: Zone) -> Instant {
    let earliest = now.advanced(hours: 1)
    let whole = Instant(seconds: earliest.seconds)
    var found = whole == earliest ? whole : whole.advanced(seconds: 1)
    // Twice, since clocks may change by half an hour on the way (Lord Howe).
    for _ in 0..<2 { found = found.advanced(seconds: Int64(3_600 - zone.local(found).time.second % 3_600) % 3_600) }
    return found
  }

  private func made(_ kind: Schedule.Kind, _ days: Set<Day>, _ weekends: Bool, _ read: inout FormReader) -> Schedule? {
    do {
      return try Schedule(kind, zone: zone, excludedDays: days, excludesWeekends: weekends)
    } catch {
      read.complain("every_minutes", read.words("Give a whole number from {low} to {high}.", ["low": "1", "high": "525600"]))
      return nil
    }
  }

  private mutating func once(_ read: inout FormReader) -> Instant? {
    let text = read.trimmed(read.raw("at"))
    if text.utf8.isEmpty {
      // Title and Enter is a reminder.
      if stored == nil { return ScheduleFields.fullHour(after: now, zone) }
      read.complain("at", read.words("Choose a date and a time."))
      return nil
    }
    guard let local = LocalTime(text: text) else { return spoken(&read) }
    wall = local
    if case .skipped = zone.resolve(local) { isMoved = true }
    let instant = zone.instant(local)
    let isUnchanged = stored?.schedule.at == instant || stored.flatMap { $0.schedule.at }.map { zone.local($0) == local } ?? false
    if instant <= now, !isUnchanged {
      read.complain("at", read.words("This time has passed. Choose one after now."))
      return nil
    }
    // In UTC it would be in a year of five digits.
    if instant == .distantFuture, !isUnchanged {
      read.complain("at", read.words("This is beyond the last day that can be kept, 31 December 9999. Choose an earlier time."))
      return nil
    }
    return isUnchanged ? stored?.schedule.at ?? instant : instant
  }

  /// "Tomorrow at 9", by the clocks of the schedule's zone. A duration ends with a full minute, which is what the form can show of it.
  private mutating func spoken(_ read: inout FormReader) -> Instant? {
    guard let phrase = read.phrase("at", phrases) else { return nil }
    let begun = Int64(zone.local(phrase.instant).time.second % 60)
    let minute = Instant(seconds: phrase.instant.seconds - begun)
    let instant = minute < phrase.instant ? minute.advanced(minutes: 1) : minute
    (wall, isMoved) = (phrase.wall ?? zone.local(instant), phrase.movedByClockChange)
    return instant
  }

  private func excludedDays(_ read: inout FormReader) -> Set<Day> {
    var days: Set<Day> = []
    for line in read.text("exclude_dates", bytes: 8_192).utf8.split(whereSeparator: { $0 <= 32 || $0 == 44 }) {
      guard let day = Day(iso: String(decoding: line, as: UTF8.self)) else {
        read.complain("exclude_dates", read.words("Write one date a line, such as 2027-12-25."))
        return []
      }
      days.insert(day)
    }
    if days.count > 400 { read.complain("exclude_dates", read.words("At most 400 dates fit.")) }
    return days
  }
}

/// What is wrong with a cron text, in the person's language.
enum CronWords {
  static func complaint(_ error: CronError, _ words: Words) -> String {
    let field = error.field.map { name($0, words) } ?? ""
    switch error {
    case .tooLong: return words("This is too long: at most {n} characters.", ["n": String(Cron.longestText)])
    case .fieldCount(let count) where count > 5:
      return words(
        "These are {n} fields. Seconds, years and commands are not taken: keep five fields (minute, hour, day, month, weekday).",
        ["n": String(count)])
    case .atReboot:
      return words("Heed rings by the clock and knows no @reboot. Write when, such as @daily or 0 9 * * 1-5.")
    case .unknownName(let name):
      return words(
        "“{part}” is not known. The names are @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually.", ["part": name])
    case .fieldCount(let count):
      return words("Five fields are needed (minute, hour, day, month, weekday); these are {n}.", ["n": String(count)])
    case .emptyItem: return words("In the field “{field}” something is missing beside a comma.", ["field": field])
    case .notUnderstood(_, let part): return words("In the field “{field}”, “{part}” is not understood.", ["field": field, "part": part])
    case .outOfRange(_, let value, let allowed):
      return words(
        "In the field “{field}”, {value} is not between {low} and {high}.",
        ["field": field, "value": String(value), "low": String(allowed.lowerBound), "high": String(allowed.upperBound)])
    case .backwards(_, let from, let to):
      return words("In the field “{field}”, {from}-{to} runs backwards.", ["field": field, "from": String(from), "to": String(to)])
    case .zeroStep: return words("In the field “{field}”, a step of 0 goes nowhere.", ["field": field])
    }
  }

  private static func name(_ field: Cron.Field, _ words: Words) -> String {
    switch field {
    case .minute: words("minute")
    case .hour: words("hour")
    case .dayOfMonth: words("day of the month")
    case .month: words("month")
    case .dayOfWeek: words("day of the week")
    }
  }
}
