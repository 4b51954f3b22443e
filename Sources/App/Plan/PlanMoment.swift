import Domain
import Postgres

/// When a plan of a day is made, and what of it hangs on nothing that is planned. The clock enters by quarter hours (RULES 8.12).
struct PlanMoment {
  /// The quarter of an hour that has begun.
  let now: Instant
  let clock: HabitClock
  /// The person's date.
  let today: Day
  /// What is left of working hours, and of that what is free.
  private(set) var left: WorkHours.Left
  /// Whether those of the person's date are over, so that the page looks back.
  let isEvening: Bool
  private let hours: WorkHours

  init(_ person: Person, at now: Instant) {
    let quarter = now.quarterHour
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    let wall = person.zone.local(quarter)
    (self.now, self.clock, today) = (quarter, clock, clock.date(quarter))
    hours = person.work.hours
    left = hours.free(at: quarter, zone: person.zone)
    // Past midnight it is the same evening until the day ends. Whoever works through midnight looks back when others do.
    isEvening = wall.time >= (hours.until > hours.from ? hours.until : WorkHours.standard.until) || wall.day > today
  }

  /// For a page, which stays as it is by the clock for that quarter of an hour.
  init(_ person: Person, _ clock: PageClock) {
    self.init(person, at: clock.now)
    keep(clock)
  }

  /// When something is on in what is left of the hours: of all features that know of something (RULES 8.38).
  func taken(of person: Person) -> Reading<[Range<Instant>]> {
    Reading(all: features.compactMap { $0.busy(left.hours, person) }).map { parts in parts.flatMap { $0 } }
  }

  /// The same where something is on: so much less is free.
  func busy(_ spans: [Range<Instant>]) -> PlanMoment {
    var moment = self
    moment.left = hours.free(at: now, zone: clock.zone, busy: spans)
    return moment
  }

  /// Notes that a page is good for this quarter of an hour.
  func keep(_ clock: PageClock) { clock.keep(within: now..<now.advanced(minutes: 15)) }
}
