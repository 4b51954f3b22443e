import Domain
import HTML
import Postgres
import Web

/// Answers about what is due, what is on, and what there is.
extension RulesAnswer {
  /// nil: until a week from now.
  func due(_ days: AssistantDays?) throws -> AssistantAnswer {
    let days = days ?? AssistantDays(reading.today, reading.today.advanced(by: 7), isUntil: true)
    let (rows, hasMore) = try reading.due(days)
    if rows.isEmpty { return says(words("Nothing is due {when}.", ["when": when(days)])) }
    let shown = rows.prefix(RulesAnswer.listed)
    let (late, ahead) = (shown.filter(\.isLate), shown.filter { !$0.isLate })
    return says(
      ToolText.paragraphs([
        late.isEmpty ? "" : words("This is late:") + "\n\n" + ToolText.list(late.map { line($0) }),
        ahead.isEmpty ? "" : words("This is due {when}:", ["when": when(days)]) + "\n\n" + ToolText.list(ahead.map { line($0) }),
        more(hasMore || rows.count > shown.count, Paths.tasks),
      ]))
  }

  func late() throws -> AssistantAnswer {
    let (all, hasMore) = try reading.due(AssistantDays(reading.today, reading.today))
    let rows = all.filter(\.isLate)
    if rows.isEmpty { return says(words("Nothing is late.")) }
    return says(
      ToolText.paragraphs([
        words("This is late:") + "\n\n" + ToolText.list(rows.prefix(RulesAnswer.listed).map { line($0) }),
        more(hasMore || rows.count > RulesAnswer.listed, Paths.tasks),
      ]))
  }

  /// What was done in the last seven days, and what else was in hand lately.
  func recent() throws -> AssistantAnswer {
    let begin = reading.start(of: reading.today.advanced(by: -7))
    let limit = RulesAnswer.listed + 1
    let tasks = try reading.db.rows(
      Task.listed("t.status = 'done' AND t.completed_at >= \(begin) ORDER BY t.completed_at DESC, t.id DESC LIMIT \(limit)"))
    let things = Dictionary(
      try reading.things(tasks.map { (kind: "task", id: $0.id.found) }).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let done = tasks.prefix(RulesAnswer.listed).compactMap { task in
      things[task.id.found].map { named($0) + when(task.completedAt) }
    }
    let held = try reading.recent().filter { things[$0.id] == nil }
    let rows = held.prefix(RulesAnswer.listed).map { named($0) + " — " + kind($0) }
    if done.isEmpty, rows.isEmpty { return says(words("I see nothing that you did in the last seven days.")) }
    return says(
      ToolText.paragraphs([
        done.isEmpty ? "" : words("You did this in the last seven days:") + "\n\n" + ToolText.list(done),
        more(tasks.count > RulesAnswer.listed, Paths.tasks.adding("status", "done")),
        rows.isEmpty ? "" : words("You had this in hand lately:") + "\n\n" + ToolText.list(rows),
        more(held.count > RulesAnswer.listed, Paths.recent),
      ]))
  }

  /// " — 3 days ago".
  private func when(_ done: Instant?) -> String {
    done.map { " — " + TimeWords.relative($0, from: reading.now, language) } ?? ""
  }

  private func line(_ row: ToolReading.DueRow) -> String {
    named(row.thing) + " — " + TaskText.say(row.due, reading.person, today: reading.today, words) + " · " + kind(row.thing)
  }

  func agenda(_ days: AssistantDays) throws -> AssistantAnswer {
    let (rows, hasMore) = try reading.agenda(days)
    if rows.isEmpty { return says(words("Nothing is on {when}.", ["when": when(days)])) }
    return says(
      ToolText.paragraphs([
        words("This is on {when}:", ["when": when(days)]) + "\n\n" + ToolText.list(rows.prefix(RulesAnswer.listed).map { line($0) }),
        more(hasMore || rows.count > RulesAnswer.listed, Paths.calendar),
      ]))
  }

  private func line(_ row: ToolReading.AgendaRow) -> String {
    _ = named(row.thing)
    let places = [row.place?.title, row.instance.location.utf8.isEmpty ? nil : row.instance.location].compactMap(\.self).map {
      ToolText.plain($0)
    }
    let link = ToolText.link(row.instance.title, row.instance.path)
    return link + " — " + reading.when(row.instance) + (places.isEmpty ? "" : " · " + places.joined(separator: ", "))
  }

  /// The first that begins after now, within two months.
  func nextEvent() throws -> AssistantAnswer {
    let (rows, _) = try reading.agenda(AssistantDays(reading.today, reading.today.advanced(by: 60)))
    let ahead = rows.filter { $0.instance.start > reading.now }
    let coming = ahead.min { ($0.instance.start, $0.instance.event) < ($1.instance.start, $1.instance.event) }
    guard let coming else { return says(words("Nothing is on in the next two months.")) }
    return says(words("Next: {event}", ["event": line(coming)]))
  }

  /// When nothing is on; where an hour is named, first whether something is then.
  func free(_ days: AssistantDays?, _ minutes: Int) throws -> AssistantAnswer {
    guard let days, let at = days.at, at >= reading.now else { return try gaps(days, minutes) }
    return says(ToolText.paragraphs([try hour(at..<at.advanced(minutes: minutes)), try gaps(days, minutes).text]))
  }

  /// Whether nothing is on at a time, or what is.
  private func hour(_ span: Range<Instant>) throws -> String {
    let zone = reading.person.zone
    let days = AssistantDays(zone.local(span.lowerBound).day, zone.local(span.upperBound).day)
    let taken: [(row: ToolReading.AgendaRow, isMaybe: Bool)] = try reading.agenda(days).rows.compactMap { row in
      let instance = row.instance
      let busyness = EventBusyness(
        isCancelled: instance.status == .cancelled, isTentative: instance.status == .tentative, isMarkedBusy: instance.busy)
      let its = instance.isAllDay ? FreeTimes.whole(instance.days(in: zone), in: zone) : instance.start..<instance.end
      return busyness != .free && its.overlaps(span) ? (row: row, isMaybe: busyness == .maybe) : nil
    }
    let time = EventSpanWords.text(span, in: zone, language, today: zone.local(reading.now).day)
    if taken.isEmpty { return words("You are free at that time: {time}.", ["time": time]) }
    let said =
      taken.allSatisfy(\.isMaybe)
      ? words("You may be free at that time: {time}. This is tentative:", ["time": time])
      : words("You are not free at that time: {time}. This is on:", ["time": time])
    return said + "\n\n" + ToolText.list(taken.prefix(RulesAnswer.listed).map { line($0.row) })
  }

  private func gaps(_ days: AssistantDays?, _ minutes: Int) throws -> AssistantAnswer {
    let days = days ?? AssistantDays(reading.today, PersonWeek(holding: reading.today, weekStart: reading.person.weekStart).last)
    if days.last < reading.today { return says(words("These days are over.")) }
    let first = max(days.first, reading.today)
    do {
      let details = try reading.free(minutes: String(minutes), from: first.iso, until: days.last.iso)
      let gaps = details.free.gaps
      let length = WorkMinutes.text(minutes)
      let page = Paths.free.adding("minutes", String(minutes)).adding("from", first.iso).adding("until", days.last.iso)
      if gaps.isEmpty {
        return says(words("There is no gap of {time} in your working hours {when}.", ["time": length, "when": when(days)]))
      }
      return says(
        ToolText.paragraphs([
          words("You are free {when} for {time} or longer:", ["when": when(days), "time": length]) + "\n\n"
            + ToolText.list(gaps.prefix(RulesAnswer.listed).map { line($0) }),
          more(details.free.hasMore || gaps.count > RulesAnswer.listed, page),
        ]))
    } catch {
      guard let errors = error as? FormErrors else { throw error }
      return says(errors.complaints.map(\.text).joined(separator: " "))
    }
  }

  private func line(_ gap: FreeTimes.Gap) -> String {
    let zone = reading.person.zone
    let start = zone.local(gap.span.lowerBound)
    let path = Paths.newEvent.adding("starts", start.day.iso + "T" + start.time.text)
    let text = EventSpanWords.text(gap.span, in: zone, language, today: zone.local(reading.now).day)
    return ToolText.link(text, path) + " — " + WorkMinutes.text(gap.minutes)
      + (gap.isMaybe ? " · " + words("something tentative is on") : "")
  }

  func find(_ text: String) throws -> AssistantAnswer {
    let page = Paths.search.adding("q", String(String.UnicodeScalarView(text.unicodeScalars.prefix(SearchQuery.longest))))
    let found = try reading.search(String(String.UnicodeScalarView(text.unicodeScalars.prefix(SearchQuery.longest))), [])
    let held = found.filter { !$0.isNear }
    let near = found.filter(\.isNear).prefix(AssistantSearch.mostNear).map { named($0.thing) + " — " + kind($0.thing) }
    let like = near.isEmpty ? "" : words("This is like it by its meaning:") + "\n\n" + ToolText.list(near)
    if held.isEmpty { return says(ToolText.paragraphs([notFound(text).text, like])) }
    let rows = held.prefix(RulesAnswer.listed).map { named($0.thing) + " — " + kind($0.thing) }
    return says(
      ToolText.paragraphs([
        words("This holds “{words}”:", ["words": ToolText.plain(ToolText.short(text))]) + "\n\n" + ToolText.list(rows),
        more(held.count > rows.count, page), like,
      ]))
  }

  /// The plan of the day in short: by the same sum, so that both say the same (RULES 8.12).
  func advice() throws -> AssistantAnswer {
    let whole = PlanMoment(reading.person, at: reading.now)
    let moment = whole.busy(try reading.db.read(together: whole.taken(of: reading.person)))
    let plan = PlanDetails(try reading.db.rows(PlanRow.query(moment)), moment)
    let taken = plan.taken.prefix(5).map { (row: $0, why: words("on your plan for today")) }
    let suggested = plan.suggested.prefix(7 - taken.count).map { suggestion in
      (row: suggestion.row, why: suggestion.line.reasons.map { PlanText.reason($0, words) }.joined(separator: ", "))
    }
    let rows = taken + suggested
    let things = Dictionary(
      try reading.things(rows.map { (kind: "task", id: $0.row.id.found) }).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let lines = rows.compactMap { row in
      things[row.row.id.found].map { named($0) + (row.why.utf8.isEmpty ? "" : " — " + ToolText.plain(row.why)) }
    }
    if lines.isEmpty { return says(words("Nothing presses. Choose what you like, or rest.")) }
    return says(
      ToolText.paragraphs([
        words("I would begin here:") + "\n\n" + ToolText.list(lines), ToolText.link(words("The plan of your day"), Paths.plan),
      ]))
  }
}
