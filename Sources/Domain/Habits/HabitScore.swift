/// How strong a habit is, 0…1 (RULES 5.8): each date that is neither skipped nor paused moves it a little towards how well the habit is kept.
struct HabitScore: Sendable {
  /// How a rule's dates move the score.
  struct Formula: Sendable {
    enum Measure: Sendable {
      /// The date's own share.
      case date
      /// The shares of the dates asked for in the window, of so many.
      case scheduled(of: Int)
      /// The shares of all dates in the window, of so many.
      case any(of: Int)
      /// The window's sum.
      case sum(HabitTarget)
    }

    let measure: Measure
    /// How many dates are looked at; they are neither skipped nor paused, the date itself included.
    let window: Int
    /// What stays of the score on each date: m.
    let memory: Double

    init(_ rule: HabitRule) {
      memory = Formula.halved(rule.perDay.squareRoot() / 13)
      switch (rule.sums, rule.frequency) {
      case (let target?, _): (measure, window) = (.sum(target), target.period == .week ? 7 : 30)
      case (nil, .daily): (measure, window) = (.date, 1)
      case (nil, .days(let days)): (measure, window) = (.scheduled(of: 2 * days.count), 14)
      case (nil, .perWeek(let times)): (measure, window) = (.any(of: 2 * max(1, times)), 14)
      case (nil, .perMonth(let times)): (measure, window) = (.any(of: 2 * max(1, times)), 60)
      }
    }

    /// 0.5^x for x from 0 to 1, by the exponential series: twelve terms are exact to the last bit or two there.
    private static func halved(_ x: Double) -> Double {
      let exponent = -x * 0.693_147_180_559_945_3
      var (term, sum) = (1.0, 1.0)
      for n in 1...12 {
        term *= exponent / Double(n)
        sum += term
      }
      return sum
    }
  }

  /// What is remembered of a date.
  struct Past: Hashable, Sendable {
    var share = 0
    var amount = Amount.zero
    var isScheduled = false
    var isEntered = false
  }

  /// The longest window.
  static let longestWindow = 60

  private(set) var value = 0.0
  /// A ring: the date before the newest stands before it.
  private var ring = [Past](repeating: Past(), count: 64)
  private var count = 0

  init() {}

  init(value: Double, past: [Past]) {
    self.value = value
    for date in past { remember(date) }
  }

  /// The dates that a window can still reach, the oldest first.
  var past: [Past] { (max(0, count - HabitScore.longestWindow)..<count).map { ring[$0 & 63] } }

  /// Takes in a date. One that is skipped or paused moves nothing, ever.
  mutating func pass(_ date: HabitDate) {
    guard date.isActive else { return }
    remember(Past(share: date.share, amount: date.amount, isScheduled: date.isScheduled, isEntered: date.isEntered))
    let formula = date.span.score
    value = formula.memory * value + (1 - formula.memory) * measure(formula)
  }

  private mutating func remember(_ date: Past) {
    ring[count & 63] = date
    count += 1
  }

  /// v of the newest date, 0…1.
  private func measure(_ formula: Formula) -> Double {
    let window = max(0, count - formula.window)..<count
    switch formula.measure {
    case .date: return HabitScore.part(ring[(count - 1) & 63].share, of: 1)
    case .scheduled(let needed):
      let shares = window.reduce(0) { $0 + (ring[$1 & 63].isScheduled ? ring[$1 & 63].share : 0) }
      return HabitScore.part(shares, of: needed)
    case .any(let needed): return HabitScore.part(window.reduce(0) { $0 + ring[$1 & 63].share }, of: needed)
    case .sum(let target):
      let isEntered = window.contains { ring[$0 & 63].isEntered }
      let sum = window.reduce(Amount.zero) { $0 + ring[$1 & 63].amount }
      return HabitScore.part(target.share(isEntered ? sum : nil), of: 1)
    }
  }

  private static func part(_ shares: Int, of needed: Int) -> Double {
    needed <= 0 ? 0 : min(1, Double(shares) / (Double(HabitTarget.whole) * Double(needed)))
  }
}
