import Domain

/// When a plan of a day is made, and what of it hangs on nothing that is planned. The clock enters by quarter hours (RULES 8.12).
struct PlanMoment {
  /// The quarter of an hour that has begun.
  let now: Instant
  let clock: HabitClock
  /// The person's date.
  let today: Day
  /// What is left of working hours.
  let left: WorkHours.Left
  /// Whether those of the person's date are over, so that the page looks back.
  let isEvening: Bool

  init(_ person: Person, at now: Instant) {
    let quarter = now.quarterHour
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    let wall = person.zone.local(quarter)
    (self.now, self.clock, today) = (quarter, clock, clock.date(quarter))
    let hours = person.work.hours
    left = hours.free(at: quarter, zone: person.zone)
    // Past midnight it is the same evening until the day ends. Whoever works through midnight looks back when others do.
    isEvening = wall.time >= (hours.until > hours.from ? hours.until : WorkHours.standard.until) || wall.day > today
  }

  /// For a page, which stays as it is by the clock for that quarter of an hour.
  init(_ person: Person, _ clock: PageClock) {
    self.init(person, at: clock.now)
    keep(clock)
  }

  /// Notes that a page is good for this quarter of an hour.
  func keep(_ clock: PageClock) { clock.keep(within: now..<now.advanced(minutes: 15)) }
}
