import Domain

extension Reminder {
  /// Its series; nil of a single time and of an interval.
  var series: StoredSeries? {
    guard schedule.kindName == "recurring" else { return nil }
    let typed = words.utf8.isEmpty ? schedule.cronText ?? schedule.ruleText ?? "" : words
    return StoredSeries(kind: schedule.kind, words: words, typed: typed, firstDay: firstDay, controls: controls)
  }

  /// What the form's controls show of its series; nil where they would not say all of it.
  var controls: RecurrenceControls? {
    guard let from = schedule.ruleFrom, let text = schedule.ruleText else { return nil }
    let rule = try? Recurrence(text)  // It was read from that text.
    guard var shown = rule.flatMap({ RecurrenceControls($0, from: from) }) else { return nil }
    if let firstDay { shown.from = firstDay }
    return shown
  }
}
