import Domain
import HTML
import Web

/// What the coach offers of a habit: addresses of forms that are filled in already. Nothing changes before the person sends them.
enum HabitOffer {
  /// What is asked of a habit's form by its address.
  static let parameter = "offer"

  private enum Kind: String { case smaller, move, pause }

  static func smaller(_ id: ID<Habit>) -> Path { Paths.editHabit(id).adding("offer", Kind.smaller.rawValue).fragment("frequency") }
  static func move(_ id: ID<Habit>) -> Path { Paths.editHabit(id).fragment("preferred_time") }
  static func pause(_ id: ID<Habit>) -> Path { Paths.habit(id).adding("offer", Kind.pause.rawValue).fragment("pause") }

  /// The rule that a habit's form shows: a smaller one than is in force, where its address asks for that.
  static func rule(_ rule: HabitRule, _ web: Context) -> HabitRule { isAsked(.smaller, web) ? rule.smaller ?? rule : rule }

  /// The first day with the habit again, of the form that pauses it: in a week, where its address asks for that.
  static func pausedUntil(_ today: Day, _ web: Context) -> Day? { isAsked(.pause, web) ? today.advanced(by: 7) : nil }

  private static func isAsked(_ kind: Kind, _ web: Context) -> Bool { web.request.query.text(parameter) == kind.rawValue }
}

extension HabitRule {
  /// Half of it, rounded up: of an amount half the target, else fewer days. Nil: it is as small as can be.
  var smaller: HabitRule? {
    if let target, target.direction == .atLeast {
      let half = Amount(thousandths: (target.amount.thousandths + 1) / 2)
      return half == target.amount ? nil : HabitRule(frequency, target: HabitTarget(half, target.direction, per: target.period))
    }
    let fewer: HabitFrequency? =
      switch frequency {
      case .daily: .perWeek(4)
      case .days(let days): days.count > 1 ? .perWeek((days.count + 1) / 2) : nil
      case .perWeek(let times): times > 1 ? .perWeek((times + 1) / 2) : nil
      case .perMonth(let times): times > 1 ? .perMonth((times + 1) / 2) : nil
      }
    guard let fewer, sums == nil else { return nil }
    return HabitRule(fewer, target: target)
  }
}
