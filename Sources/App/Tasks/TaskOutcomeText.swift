import Domain
import HTML

extension TaskOutcome {
  /// What a press did, with what came of it by itself: links that went, what comes next in a series, what stays of it.
  func says(_ done: String, _ reader: Reader) -> String {
    let words = reader.words
    var parts = [done]
    if !dropped.isEmpty { parts.append(LinkLoss.says(dropped, words)) }
    if let next {
      parts.append(words("The next one is due {date}.", ["date": TaskText.say(next.due, reader.person, today: reader.today, words)]))
      if next.passedOver > 0 {
        parts.append(words.count("{n} date was passed over.", "{n} dates were passed over.", next.passedOver))
      }
    }
    if let stays {
      parts.append(
        words("“{title}”, which came after it, stays, for it was changed since. This one is of the series no more.", ["title": stays]))
    }
    return parts.joined(separator: " ")
  }
}

extension Reader {
  /// The person's date (RULES 5.1).
  var today: Day { HabitClock(zone: person.zone, dayStart: person.dayStart).date(now) }
}
