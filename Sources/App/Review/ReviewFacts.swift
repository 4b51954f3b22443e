import Domain
import HTML

/// What stands out of a week: at most three sentences, chosen by rule in the order of preference of RULES 5.24.
struct ReviewFacts {
  private let review: WeekReview
  private let words: Words
  private let language: Language

  init(_ review: WeekReview, _ words: Words, _ language: Language) { (self.review, self.words, self.language) = (review, words, language) }

  var sentences: [String] {
    var found: [String] = []
    // Each is asked once, and none for a fourth.
    for rule in [record, rescue, weekday, change, group, hour] where found.count < 3 {
      if let sentence = rule() { found.append(sentence) }
    }
    return found
  }

  /// A longest streak was reached; of several the longest.
  private func record() -> String? {
    let reached = review.lines.filter { line in
      line.ended.current >= 3 && line.ended.current == line.ended.longest && line.ended.longest > line.began?.longest ?? 0
    }
    guard let line = reached.max(by: { $0.ended.longest < $1.ended.longest }) else { return nil }
    return words(
      "“{habit}” reached its longest streak: {streak}.",
      ["habit": line.name, "streak": HabitWords.streak(line.ended.longest, line.ended.unit, language)])
  }

  /// One miss, then kept: the newest.
  private func rescue() -> String? {
    let saved = review.lines.compactMap { line in rescued(line).map { (line: line, date: $0) } }
    if let newest = saved.max(by: { $0.date < $1.date }) {
      return words(
        "“{habit}” was missed once and kept right after, on {date}.",
        ["habit": newest.line.name, "date": HabitWords.date(newest.date, today: review.today, language)])
    }
    let back = review.lines.first { $0.ended.unit != .days && $0.began?.misses == 1 && $0.ended.misses == 0 && $0.ended.current > 0 }
    return back.map { words("“{habit}” is back after one miss.", ["habit": $0.name]) }
  }

  /// The last date of the week on which a habit of days was kept after exactly one miss.
  private func rescued(_ line: WeekLine) -> Day? {
    guard line.ended.unit == .days else { return nil }
    var misses = line.began?.misses ?? 0
    var found: Day?
    for cell in line.week.blocks where cell.isScheduled {
      switch cell.mark {
      case .kept:
        if misses == 1 { found = cell.date }
        misses = 0
      case .missed, .partial: misses += 1
      case .nothing, .skipped, .paused: break
      }
    }
    return found
  }

  /// On which day of the week most was kept of what was asked, over eight weeks.
  private func weekday() -> String? {
    // Monday first.
    var (asked, kept) = ([Int](repeating: 0, count: 7), [Int](repeating: 0, count: 7))
    for line in review.lines {
      for index in 0..<7 {
        asked[index] += line.asked[index]
        kept[index] += line.kept[index]
      }
    }
    // Four of a day, or it says little.
    let rates = Weekday.allCases.enumerated().filter { asked[$0.offset] >= 4 }.compactMap { index, day in
      Proportion(kept[index], of: asked[index]).map { (day: day, done: kept[index], all: asked[index], rate: $0) }
    }
    guard rates.count > 1, let best = rates.max(by: { $0.rate < $1.rate }), best.rate > Proportion(0),
      rates.count(where: { $0.rate == best.rate }) == 1
    else { return nil }
    return words(
      "{day} was your best day of the last eight weeks: {done} of {all} kept.",
      [
        "day": HabitWords.capital("\(TimeWords.name(best.day, language))"), "done": String(best.done), "all": String(best.all),
      ])
  }

  /// The habit whose rate changed most, whichever way.
  private func change() -> String? {
    let changes = review.lines.compactMap { line in
      line.week.rate.flatMap { after in line.before.map { (line: line, before: $0, after: after) } }
    }
    guard let most = changes.max(by: { abs($0.after.value - $0.before.value) < abs($1.after.value - $1.before.value) }),
      most.before.percent != most.after.percent
    else { return nil }
    return words(
      "“{habit}” went from {before} to {after}.",
      ["habit": most.line.name, "before": most.before.percentText(language), "after": most.after.percentText(language)])
  }

  /// A group of which everything was kept.
  private func group() -> String? {
    let whole = review.groups.first { name, lines in
      let rates = lines.compactMap(\.week.rate)
      return !name.utf8.isEmpty && rates.count > 1 && rates.allSatisfy { $0 == Proportion(1) }
    }
    return whole.map { words("Everything in “{group}” was kept.", ["group": $0.name]) }
  }

  /// The hour of most ticks, of those that were made on their own date.
  private func hour() -> String? {
    let hours = review.hours
    let counts = Dictionary(grouping: hours) { $0 }.mapValues(\.count)
    guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value >= 3 else { return nil }
    return words(
      "Most was ticked between {from} and {to}: {n} of {all}.",
      ["from": "\(most.key):00", "to": "\((most.key + 1) % 24):00", "n": String(most.value), "all": String(hours.count)])
  }
}

extension HabitWords {
  /// With a capital letter, as sentences begin.
  static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
