extension CalendarFile {
  /// What becomes of each to-do and event. Where alarms are set, a reminder rings at the first of them that is still ahead, else a to-do at its due time
  /// (or its start) and an event not at all.
  func entries(_ reader: PhraseReader, _ names: CalendarZones, _ mayGoOn: () -> Bool) throws(ImportRefusal) -> [ImportEntry] {
    let moved = overrides(reader, names)
    var found: [ImportEntry] = []
    for component in entries {
      if !mayGoOn() { throw .tooLong }
      let uid = component.first("UID")?.text ?? ""
      let instead = component.first("RECURRENCE-ID") == nil ? moved[uid] : nil
      found.append(CalendarEntry(component, self, reader, names).entry(movedFrom: uid.isEmpty ? nil : instead))
    }
    return found
  }

  /// By series, the days whose times are entries of their own. What is wrong with one of them its own line says.
  private func overrides(_ reader: PhraseReader, _ names: CalendarZones) -> [String: ExcludedTimes] {
    var days: [String: ExcludedTimes] = [:]
    for component in entries {
      guard let uid = component.first("UID")?.text, let property = component.first("RECURRENCE-ID"),
        let time = try? CalendarTime(property, "RECURRENCE-ID", zones, names, floating: reader.zone)
      else { continue }
      days[uid, default: ExcludedTimes()].insert(time)
    }
    return days
  }
}

/// One to-do or event on its way to a reminder.
private struct CalendarEntry {
  let component: CalendarComponent
  let file: CalendarFile
  let reader: PhraseReader
  let names: CalendarZones

  init(_ component: CalendarComponent, _ file: CalendarFile, _ reader: PhraseReader, _ names: CalendarZones) {
    (self.component, self.file, self.reader, self.names) = (component, file, reader, names)
  }

  func entry(movedFrom instead: ExcludedTimes?) -> ImportEntry {
    var entry = ImportEntry(line: component.line, key: "", title: "", outcome: .leftOut(.noTitle))
    let summary = component.first("SUMMARY")?.text ?? ""
    let more = ["DESCRIPTION", "LOCATION", "URL"].compactMap { component.first($0)?.text }.filter { !$0.isEmpty }
    entry.setTexts(summary, more.joined(separator: "\n\n"))
    entry.importance = importance
    entry.key = key(summary)
    do throws(ImportLeftOut) {
      if component.isBroken { throw ImportLeftOut(.brokenOff) }
      try refuseEnded()
      if entry.title.isEmpty { throw ImportLeftOut(.noTitle) }
      entry.outcome = .planned(try plan(movedFrom: instead, &entry.remarks))
    } catch {
      entry.outcome = .leftOut(error.reason)
    }
    return entry
  }

  /// Its id in its calendar and, of one time of a series, which; without an id all that it says.
  private func key(_ summary: String) -> String {
    func value(_ name: String) -> String { component.first(name).map { String(decoding: $0.value.prefix(2_000), as: UTF8.self) } ?? "" }
    let parts =
      component.first("UID") == nil
      ? [summary] + ["DTSTART", "DUE", "RRULE", "DESCRIPTION"].map(value) : [value("UID"), value("RECURRENCE-ID")]
    return "ics " + component.name + " " + parts.joined(separator: "\u{1F}")
  }

  /// 1 to 4 is high, 5 medium, 6 to 9 low; Apple's "high" is 1. Nothing becomes critical unasked: that breaks through quiet hours.
  private var importance: Importance {
    let digits = Array(component.first("PRIORITY")?.value ?? []).filter { $0 > 0x20 }
    switch digits.count == 1 ? decimal(digits[0]) : nil {
    case .some(1...4): return .high
    case .some(6...9): return .low
    default: return .medium
    }
  }

  private func refuseEnded() throws(ImportLeftOut) {
    let status = component.first("STATUS").map { CalendarFile.upper($0.value) } ?? ""
    if status == "CANCELLED" { throw ImportLeftOut(.cancelled) }
    let isDone = component.first("PERCENT-COMPLETE").map { $0.value.elementsEqual("100".utf8) } ?? false
    if status == "COMPLETED" || component.first("COMPLETED") != nil || isDone { throw ImportLeftOut(.completed) }
  }

  private func time(_ name: String) throws(ImportLeftOut) -> CalendarTime? {
    guard let property = component.first(name) else { return nil }
    return try CalendarTime(property, name, file.zones, names, floating: reader.zone)
  }

  private func plan(movedFrom instead: ExcludedTimes?, _ remarks: inout [ImportEntry.Note]) throws(ImportLeftOut) -> ImportEntry.Plan {
    let isTask = component.name == "VTODO"
    let due = isTask ? try time("DUE") : nil
    let alarms = try alarms(isDue: due != nil)
    let start = due == nil ? try time("DTSTART") : nil
    guard let own = due ?? start else {
      // "Remind me on Friday" of a to-do that is due at no time.
      if isTask, let alone = alarms.compactMap(\.at).filter({ $0 > reader.now }).min() { return try single(alone, reader.zone, nil) }
      throw ImportLeftOut(alarms.contains { $0.at != nil } ? .past : .noTime)
    }
    if !isTask, alarms.isEmpty { throw ImportLeftOut(.noAlarm) }
    if alarms.count > 1 { remarks.append(.firstOfAlarms(alarms.count)) }
    if component.first("RECURRENCE-ID") == nil, let rule = component.first("RRULE") {
      if component.first("EXRULE") != nil { throw ImportLeftOut(.exceptionRule) }
      if component.first("RDATE") != nil { remarks.append(.extraDates) }
      if component.all("RRULE").count > 1 { remarks.append(.furtherRules) }
      return try series(rule, own, alarms, movedFrom: instead, &remarks)
    }
    if component.first("RDATE") == nil { return try single(own, alarms) }
    remarks.append(.furtherDates)
    return try firstAhead([own] + dates("RDATE", own), alarms)
  }

  /// The first of several dates that is still ahead.
  private func firstAhead(_ dates: [CalendarTime], _ alarms: [Alarm]) throws(ImportLeftOut) -> ImportEntry.Plan {
    for date in dates.sorted(by: { $0.zone.instant($0.local) < $1.zone.instant($1.local) }) {
      // One that has passed is what the next is for.
      if let plan = try? single(date, alarms) { return plan }
    }
    throw ImportLeftOut(.past)
  }

  /// The dates of a property that has many; of a period its start.
  private func dates(_ name: String, _ own: CalendarTime) throws(ImportLeftOut) -> [CalendarTime] {
    var found: [CalendarTime] = []
    for property in component.all(name) {
      for value in property.value.split(separator: 0x2C) {
        let start = value.prefix { $0 != UInt8(ascii: "/") }
        let one = CalendarProperty(parameters: property.parameters, value: start)
        found.append(try CalendarTime(one, name, file.zones, names, floating: own.zone))
      }
    }
    return found
  }

  // MARK: - Alarms

  /// When an alarm rings: so many seconds after the entry's time, or at a time of its own.
  private struct Alarm {
    var offset = 0
    var at: Instant?
  }

  /// - Parameter isDue: the entry's time is its end. What an alarm counts from is its start unless it says END; a to-do without one has but its end.
  private func alarms(isDue: Bool) throws(ImportLeftOut) -> [Alarm] {
    var found: [Alarm] = []
    for alarm in component.parts where !alarm.isBroken {
      guard let trigger = alarm.first("TRIGGER"), alarm.first("ACTION").map({ CalendarFile.upper($0.value) }) != "NONE" else { continue }
      if let seconds = CalendarTime.seconds(trigger.value) {
        let isFromEnd = trigger.parameter("RELATED").map { CalendarFile.upper(Array($0.utf8)) } == "END"
        found.append(Alarm(offset: seconds + (isFromEnd ? isDue ? 0 : length : isDue ? -length : 0)))
      } else {
        let time = try CalendarTime(trigger, "TRIGGER", file.zones, names, floating: reader.zone)
        // 1976: how Apple writes "none".
        if time.local.day.year > 1976 { found.append(Alarm(at: time.zone.instant(time.local))) }
      }
    }
    return found
  }

  /// From the start to the end, in seconds.
  private var length: Int {
    if let seconds = component.first("DURATION").flatMap({ CalendarTime.seconds($0.value) }) { return max(seconds, 0) }
    // Neither is looked at twice: what is wrong with the start is said where it is needed.
    guard let start = try? time("DTSTART"), let end = try? time(component.name == "VTODO" ? "DUE" : "DTEND") else { return 0 }
    return Int(clamping: max(end.zone.instant(end.local).seconds(since: start.zone.instant(start.local)), 0))
  }

  // MARK: - Plans

  /// Of a day without a time: the default hour, or for an alarm its midnight.
  private func wall(_ own: CalendarTime, hasAlarm: Bool) -> LocalTime {
    own.isDay && !hasAlarm ? LocalTime(day: own.local.day, time: reader.defaultHour) : own.local
  }

  private func single(_ own: CalendarTime, _ alarms: [Alarm]) throws(ImportLeftOut) -> ImportEntry.Plan {
    let wall = wall(own, hasAlarm: !alarms.isEmpty)
    let base = own.zone.instant(wall)
    if alarms.isEmpty {
      guard base > reader.now else { throw ImportLeftOut(.past) }
      return try single(base, own.zone, wall)
    }
    guard let next = alarms.map({ $0.at ?? base.advanced(seconds: $0.offset) }).filter({ $0 > reader.now }).min() else {
      // Every alarm has passed; what it is about has not.
      guard !own.isDay, base > reader.now else { throw ImportLeftOut(.past) }
      return try single(base, own.zone, wall)
    }
    return try single(next, own.zone, next == base ? wall : nil)
  }

  /// - Parameter wall: nil: what that zone's clocks show at the instant.
  private func single(_ at: Instant, _ zone: Zone, _ wall: LocalTime?) throws(ImportLeftOut) -> ImportEntry.Plan {
    if at == .distantFuture { throw ImportLeftOut(.never) }  // In UTC it is in a year of five digits: another time would be kept.
    let minute = Instant(seconds: at.seconds - Int64(zone.local(at).time.second % 60))
    let next = minute > reader.now ? minute : at
    return ImportEntry.Plan(schedule: Schedule(once: next, zone: zone), next: next, wall: wall, words: "")
  }

  private func series(
    _ property: CalendarProperty, _ own: CalendarTime, _ alarms: [Alarm], movedFrom instead: ExcludedTimes?,
    _ remarks: inout [ImportEntry.Note]
  ) throws(ImportLeftOut) -> ImportEntry.Plan {
    let relative = alarms.filter { $0.at == nil }.map(\.offset)
    var start = wall(own, hasAlarm: !relative.isEmpty)
    var rule: Recurrence
    do {
      rule = try Recurrence(String(decoding: property.value.prefix(Recurrence.longestText + 1), as: UTF8.self))
    } catch {
      throw ImportLeftOut(.rule(.rule(error)))
    }
    var days = 0
    let offset = relative.min() ?? 0
    if offset != 0 {
      let shifted = LocalTime(wallSeconds: start.wallSeconds + Int64(offset))
      if let moved = rule.moved(by: start.day.distance(to: shifted.day), from: start, seconds: offset) {
        (days, rule) = (start.day.distance(to: shifted.day), moved)
        start = shifted
      } else {
        remarks.append(.atItsOwnTime)
        if own.isDay { start = LocalTime(day: start.day, time: reader.defaultHour) }
      }
    }
    start = LocalTime(day: start.day, time: TimeOfDay(clamping: start.time.second / 60 * 60))
    rule = rule.completed(on: start.day, at: start.time)
    let excluded = try excluded(instead, own, by: days)
    let plan = try series(rule, from: start, own.zone, without: Set(excluded.days.keys))
    let whole = excluded.wholeDays(rule)
    if !whole.isEmpty { remarks.append(.wholeDays(whole)) }
    return plan
  }

  private func series(_ rule: Recurrence, from start: LocalTime, _ zone: Zone, without days: Set<Day>) throws(ImportLeftOut)
    -> ImportEntry.Plan
  {
    do {
      _ = try rule.begin(notBefore: start)
    } catch {
      throw ImportLeftOut(.rule(.rule(error)))
    }
    // A schedule by rule has no minutes that could be out of range.
    guard let schedule = try? Schedule(.rule(rule, from: start), zone: zone, excludedDays: days) else { throw ImportLeftOut(.never) }
    do {
      guard let next = try schedule.next(after: reader.now, lastScheduled: nil) else { throw ScheduleError.neverFires }
      guard schedule.isSoonEnough(next, after: reader.now) else { throw ScheduleError.neverFires }
      return ImportEntry.Plan(schedule: schedule, next: next, wall: nil, words: "")
    } catch {
      throw ImportLeftOut(schedule.isOver(after: reader.now) ? .over : .never)
    }
  }

  /// EXDATE, and times that are entries of their own, by the schedule's clocks; those of the past are needed no more.
  private func excluded(_ instead: ExcludedTimes?, _ own: CalendarTime, by days: Int) throws(ImportLeftOut) -> ExcludedTimes {
    if component.cut["EXDATE"] != nil { throw ImportLeftOut(.exclusions) }
    var found = instead ?? ExcludedTimes()
    for time in try dates("EXDATE", own) { found.insert(time, by: own.zone) }
    let ahead = found.moved(by: days, from: own.zone.local(reader.now).day)
    if ahead.days.count > 400 { throw ImportLeftOut(.exclusions) }
    return ahead
  }
}

extension Recurrence {
  /// The rule of what happens so much earlier or later, by the clock on the wall.
  ///
  /// - Parameters:
  ///   - days: how many midnights lie between.
  ///   - start: the rule's first time.
  /// - Returns: nil where no rule says that: the day before the first of a month, or a time of day that the rule names itself.
  func moved(by days: Int, from start: LocalTime, seconds: Int) -> Recurrence? {
    guard frequency != .hourly, hours.isEmpty, minutes.isEmpty else { return nil }
    var rule = self
    switch end {
    case nil: break
    case .day(let last): rule.end = .day(last.advanced(by: days))
    case .wall(let last): rule.end = .wall(LocalTime(wallSeconds: last.wallSeconds + Int64(seconds)))
    case .instant(let last): rule.end = .instant(last.advanced(seconds: seconds))
    }
    if days == 0 { return rule }
    guard months.isEmpty, weekNumbers.isEmpty, yearDays.isEmpty, monthDays.isEmpty, positions.isEmpty,
      weekdays.allSatisfy({ $0.number == 0 })
    else { return nil }
    rule.weekdays = weekdays.map { NthWeekday(start.day.moving($0.weekday, by: days)) }.sorted { $0.weekday.rawValue < $1.weekday.rawValue }
    let shifted = start.day.advanced(by: days)
    switch frequency {
    case .hourly: return nil
    case .daily: return rule
    // Weeks that are left out begin with a day of their own.
    case .weekly: return interval == 1 || weekdays.isEmpty ? rule : nil
    case .monthly: return start.day.day <= 28 && shifted.day <= 28 && shifted.date.month == start.day.date.month ? rule : nil
    case .yearly:
      let crosses = min(start.day, shifted)...max(start.day, shifted)
      let touchesLeapDay = start.day.year != shifted.year ? false : crosses.lowerBound.date.month <= 2 && crosses.upperBound.date.month > 2
      return touchesLeapDay || start.day.date.month == 2 && start.day.day == 29 ? nil : rule
    }
  }
}

extension Day {
  fileprivate func moving(_ weekday: Weekday, by days: Int) -> Weekday {
    advanced(by: (weekday.rawValue - self.weekday.rawValue + 7) % 7 + days).weekday
  }
}
