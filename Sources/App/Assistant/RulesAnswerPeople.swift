import Domain
import HTML
import Postgres

/// Answers about people.
extension RulesAnswer {
  /// About the one whom a name means; else who is meant is asked, with links.
  func person(_ name: String, _ answer: (ToolReading.PersonRow) throws -> AssistantAnswer) throws -> AssistantAnswer {
    let found = try reading.people(name)
    if found.count > 1 { return which(words("I know several people who may be meant. Who is it?"), found) }
    guard let one = found.first, let row = try reading.details(of: one) else {
      let path = Paths.search.adding("q", ToolText.short(name))
      let text = words("I know nobody called “{name}”.", ["name": ToolText.plain(ToolText.short(name))])
      return says(text + " [\(ToolText.plain(words("Search for it")))](\(path.text))")
    }
    // Who is only nearly called so may be somebody else.
    if !isCalled(one.title, name) { return which(words("I know nobody called just so. Do you mean:"), [one]) }
    return try answer(row)
  }

  /// Whether each word that was typed begins one of the name's.
  private func isCalled(_ title: String, _ name: String) -> Bool {
    let blank = UInt8(ascii: " ")
    let words = SearchQuery.folded(title).split(separator: blank)
    return SearchQuery.folded(name).split(separator: blank).allSatisfy { typed in words.contains { $0.starts(with: typed) } }
  }

  func who(_ row: ToolReading.PersonRow) throws -> AssistantAnswer {
    let known = row.person
    let work = [known.title, known.company].filter { !$0.utf8.isEmpty }.map { ToolText.plain($0) }.joined(separator: ", ")
    var head = named(row.thing) + " — " + PersonText.name(known.type, words)
    if !work.utf8.isEmpty { head += " · " + work }
    var lines: [String] = []
    if !known.email.utf8.isEmpty { lines.append(words("E-mail: {value}", ["value": ToolText.plain(known.email)])) }
    if !known.phone.utf8.isEmpty { lines.append(words("Phone: {value}", ["value": ToolText.plain(known.phone)])) }
    if let birthday = known.birthday { lines.append(words("Birthday: {value}", ["value": PersonText.date(birthday, language)])) }
    lines.append(contact(row))
    if let next = row.next { lines.append(words("Next: {event}", ["event": line(next)])) }
    lines += row.related.prefix(8).map { ToolText.plain($0.words) + " " + named($0.thing) }
    lines += row.tasks.prefix(5).map { words("Does: {task}", ["task": named($0)]) }
    if !known.notes.utf8.isEmpty { lines.append(words("There are notes on the page.")) }
    return says(ToolText.paragraphs([head, ToolText.list(lines)]))
  }

  func lastSeen(_ row: ToolReading.PersonRow) -> AssistantAnswer {
    let name = named(row.thing)
    let past = row.past.map { $0.event.startsAt } ?? .distantPast
    if let contact = row.contact, contact.at >= past {
      let text = words("You were last in touch with {name}: {time}.", ["name": name, "time": time(contact.at)])
      return says(contact.words.utf8.isEmpty ? text : text + " " + ToolText.plain(ToolText.short(contact.words)))
    }
    guard let event = row.past else { return says(words("No contact with {name} is noted yet.", ["name": name])) }
    return says(words("You last saw {name} here: {event}", ["name": name, "event": line(event)]))
  }

  func nextSeen(_ row: ToolReading.PersonRow) -> AssistantAnswer {
    let name = named(row.thing)
    guard let next = row.next else { return says(words("Nothing with {name} is planned.", ["name": name])) }
    return says(words("You next see {name} here: {event}", ["name": name, "event": line(next)]))
  }

  private func contact(_ row: ToolReading.PersonRow) -> String {
    let past = row.past.map { $0.event.startsAt } ?? .distantPast
    if let contact = row.contact, contact.at >= past { return words("Last contact: {value}", ["value": time(contact.at)]) }
    return row.past.map { words("Last contact: {value}", ["value": line($0)]) } ?? words("No contact is noted yet.")
  }

  /// "Mon 23 Nov 2026, 09:00 (3 days ago)".
  private func time(_ instant: Instant) -> String {
    TimeWords.dateTime(instant, reading.person.zone, language) + " (" + TimeWords.relative(instant, from: reading.now, language) + ")"
  }

  private func line(_ near: ToolReading.NearRow) -> String {
    _ = named(near.thing)
    let relative = near.event.isAllDay ? "" : " (" + TimeWords.relative(near.event.startsAt, from: reading.now, language) + ")"
    return ToolText.link(near.event.title, near.event.path) + " — " + reading.when(near.event) + relative
  }
}
