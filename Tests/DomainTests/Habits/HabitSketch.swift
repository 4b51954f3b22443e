import Testing

@testable import Domain

/// A habit drawn as a line, one mark a date, the last one today: `x` ticked, `.` nothing, `s` skipped, `n` a note alone, `p` paused and not
/// done, `X` paused and ticked, a digit an amount; spaces are for the eye.
struct HabitSketch {
  var created: Day
  var weekStart = Weekday.monday
  var changes: [HabitChange]
  var entries: [HabitEntry] = []
  var pauses: [HabitPause] = []
  let today: Day

  /// - Parameter from: the first mark's date, which is also the date of the habit's making.
  init(_ line: String, from: String, _ rule: HabitRule = HabitRule(.daily)) throws {
    created = try day(from)
    changes = [HabitChange(from: created, rule)]
    let marks = Array(line.filter { $0 != " " })
    for (index, mark) in marks.enumerated() {
      let date = created.advanced(by: index)
      switch mark {
      case "x", "X": entries.append(HabitEntry(date, .done(.zero)))
      case "s": entries.append(HabitEntry(date, .skipped(nil)))
      case "n": entries.append(HabitEntry(date, .note, hasNote: true))
      case "0"..."9": entries.append(HabitEntry(date, .done(Amount(Int(String(mark)) ?? 0))))
      case ".", "p": break
      default: Issue.record("\(mark) is no mark")
      }
      if mark == "p" || mark == "X" { pauses.append(HabitPause(from: date, until: date.advanced(by: 1))) }
    }
    today = created.advanced(by: marks.count - 1)
  }

  var history: HabitHistory {
    HabitHistory(created: created, weekStart: weekStart, changes: changes, entries: entries, pauses: pauses)
  }

  var figures: HabitFigures { history.figures(today: today) }

  mutating func change(_ date: String, _ rule: HabitRule) throws { changes.append(HabitChange(from: try day(date), rule)) }
}

extension HabitRule {
  static let daily = HabitRule(.daily)
  static let mondayWednesdayFriday = HabitRule(.days([.monday, .wednesday, .friday]))

  static func atMost(_ amount: Int, per period: HabitTarget.Period = .day) -> HabitRule {
    HabitRule(.daily, target: HabitTarget(Amount(amount), .atMost, per: period))
  }

  static func atLeast(_ amount: Int, per period: HabitTarget.Period = .day) -> HabitRule {
    HabitRule(.daily, target: HabitTarget(Amount(amount), .atLeast, per: period))
  }
}
