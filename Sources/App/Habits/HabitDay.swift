import Domain

extension PageClock {
  /// The habit date of a person, and a note of how long it is that: a page that hangs on it is not kept beyond.
  func habitDate(of person: Person) -> Day {
    let today = HabitClock(zone: person.zone, dayStart: person.dayStart).date(now)
    let begin = person.zone.start(of: today).advanced(hours: person.dayStart)
    let end = person.zone.start(of: today.advanced(by: 1)).advanced(hours: person.dayStart)
    keep(within: min(begin, now)..<max(end, now.advanced(microseconds: 1)))
    return today
  }
}
