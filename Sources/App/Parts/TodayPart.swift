import Domain
import HTML
import Web

/// For whom and for when a page about one day is made.
struct DayView {
  let person: Person
  let words: Words
  let clock: PageClock
  let secret: CSRFField
  /// Of this machine.
  let zones: Zones

  var day: Day { clock.day(in: person.zone) }
  /// When the next day begins.
  var midnight: Instant { clock.midnight(in: person.zone) }
}

/// What a feature puts on Today.
struct TodayPart {
  /// Above everything, where it stays while the rest is read anew: a form, most often.
  var form: (any Template)?
  /// What is to be mended first.
  var warnings: [ZoneWarnings.Line] = []
  var sections: [TodaySection] = []
  /// What comes next, for a day on which nothing is to be done.
  var next: Next?
  /// Where the rest stands, if not all of it is here.
  var more: Path?
  /// Makes the part where what was read did not tell all: as a rule it does.
  var again: ((Context) throws -> TodayPart)?

  /// Something that comes after this day.
  struct Next {
    let at: Instant
    let line: String
    let path: Path
  }
}

/// A section of Today with its large number.
struct TodaySection {
  /// In this order they stand on the page; those of one rank in the order of the features.
  enum Rank: Int { case missed, ringing, late, today, inHand }

  let rank: Rank
  /// Nil: nothing is to be done here, and there is no number.
  let figure: TodayFigure?
  /// `<section>`; nil: nothing stands in it.
  let view: (any Template)?
}

/// A large number that leads to its section.
struct TodayFigure {
  /// The section's id.
  let target: String
  let tone: String
  let icon: String
  let label: String
  let value: Int
  /// Whether the section is empty.
  let isZero: Bool
}
