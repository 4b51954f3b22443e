import Domain
import HTML

/// What people read of a suggestion's reasons.
enum PlanText {
  /// "overdue by 5 days".
  static func reason(_ reason: PlanReason, _ words: Words) -> String {
    switch reason {
    case .overdue(let days) where days <= 0: words("overdue since earlier today")
    case .overdue(let days): words.count("overdue by {n} day", "overdue by {n} days", days)
    case .dueToday: words("due today", context: "reason")
    case .dueSoon(let days): days == 1 ? words("due tomorrow", context: "reason") : words.count("due in {n} day", "due in {n} days", days)
    case .priority(let number): words("priority: {name}", ["name": TaskText.priority(number, words)])
    case .impact(let impact): words("impact {n} of 5", ["n": String(impact)])
    case .blocks(let count): words.count("{n} thing waits for it", "{n} things wait for it", count)
    case .supportsGoal: words("supports a goal")
    case .supportsGoalSoon: words("supports a goal that is near its date")
    case .started: words("started", context: "reason")
    case .fits(let minutes): words("fits into today: {time}", ["time": WorkMinutes.text(minutes)])
    case .stuck(let days): words.count("untouched for {n} day", "untouched for {n} days", days)
    }
  }

  /// "overdue by 5 days 50 + priority: Urgent 20 = 70": the sum as anybody can follow it.
  static func sum(_ reasons: [PlanReason], _ words: Words) -> String {
    let parts = reasons.map { "\(reason($0, words)) \($0.points)" }
    return parts.joined(separator: " + ") + " = \(reasons.reduce(0) { $0 + $1.points })"
  }

  /// "Urgent · 45 min · due Friday 5 March": beside a task whose sum is not shown.
  static func facts(_ row: PlanRow, _ moment: PlanMoment, _ person: Person, _ words: Words) -> String? {
    let due = row.dueTime.map { due -> String in
      let date = due.day == moment.today ? words("today", context: "due") : HabitWords.date(due.day, today: moment.today, person.language)
      let text = due.at.map { "\(date), \(person.zone.local($0).time.text)" } ?? date
      return words("due {date}", ["date": text])
    }
    let parts = [due, row.priority.map { TaskText.priority($0, words) }, row.estimate.map { WorkMinutes.text($0) }].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }
}

extension PlanReason {
  /// As what was shown is kept with why: "overdue:5".
  var code: String {
    switch self {
    case .overdue(let days): "overdue:\(days)"
    case .dueToday: "due:0"
    case .dueSoon(let days): "due:\(days)"
    case .priority(let number): "priority:\(number)"
    case .impact(let impact): "impact:\(impact)"
    case .blocks(let count): "blocks:\(count)"
    case .supportsGoal: "goal:0"
    case .supportsGoalSoon(let days): "target:\(days)"
    case .started: "started:0"
    case .fits(let minutes): "fits:\(minutes)"
    case .stuck(let days): "stuck:\(days)"
    }
  }

  /// The same the other way round; nil: no code of ours.
  init?(code: some StringProtocol) {
    let parts = code.utf8.split(separator: UInt8(ascii: ":"))
    guard parts.count == 2, let number = Int(String(decoding: parts[1], as: UTF8.self)) else { return nil }
    switch String(decoding: parts[0], as: UTF8.self) {
    case "overdue": self = .overdue(days: number)
    case "due": self = number == 0 ? .dueToday : .dueSoon(days: number)
    case "priority": self = .priority(number)
    case "impact": self = .impact(number)
    case "blocks": self = .blocks(number)
    case "goal": self = .supportsGoal
    case "target": self = .supportsGoalSoon(days: number)
    case "started": self = .started
    case "fits": self = .fits(minutes: number)
    case "stuck": self = .stuck(days: number)
    default: return nil
    }
  }
}
