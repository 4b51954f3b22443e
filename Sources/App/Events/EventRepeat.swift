import Domain
import HTML
import Web

extension Event {
  /// What the form's controls and words show of its rule; nil: it has none.
  var storedSeries: StoredSeries? {
    guard let rule = recurrence else { return nil }
    let whole = rule.completed(on: times.start.day, at: times.start.time)
    let controls = rule.withoutTime(of: times.start).hours.isEmpty ? RecurrenceControls(whole, from: times.start) : nil
    return StoredSeries(
      kind: .rule(whole, from: times.start), words: ruleWords, typed: ruleWords.utf8.isEmpty ? self.rule : ruleWords,
      firstDay: times.start.day,
      controls: controls)
  }
}

extension FormReader {
  /// How an event comes again: `repeat` and the controls of its unit, or `cron` for words and rules; nil: not at all, or something was complained
  /// about. At what time it comes `starts` says, unless the words do.
  ///
  /// - Parameters:
  ///   - times: nil: something is wrong with them.
  ///   - stored: what says the same as what is stored stays as it is.
  mutating func eventRepeat(_ times: EventTimes?, stored: Event?, _ reader: Reader) -> (rule: Recurrence, words: String)? {
    let (isSaid, name) = (form.first("repeat") != nil, raw("repeat"))
    if name.utf8.isEmpty, isSaid { return nil }
    let typed = name.utf8.isEmpty || name.utf8.elementsEqual("cron".utf8) ? trimmed(raw("cron")) : ""
    if name.utf8.isEmpty, typed.utf8.isEmpty { return nil }
    let unit = choice("repeat", RepeatUnit.cron)
    if unit == .cron {
      if let stored, let series = stored.storedSeries, typed.utf8.elementsEqual(series.typed.utf8), let rule = stored.recurrence {
        return (rule, stored.ruleWords)
      }
      return eventRule(typed, times, reader)
    }
    if let stored, let rule = stored.recurrence, says(unit, stored, reader) { return (rule, stored.ruleWords) }
    guard let times else { return nil }
    guard let series = RepeatForm(unit, phrases(times, reader), first: times.start.day).series(&self, stored: nil),
      case .rule(let rule, _) = series.kind
    else { return nil }
    return (own(rule, times), "")
  }

  /// Whether the controls say what is stored.
  private func says(_ unit: RepeatUnit, _ stored: Event, _ reader: Reader) -> Bool {
    guard let series = stored.storedSeries, series.controls != nil else { return false }
    var copy = self
    let form = RepeatForm(unit, phrases(stored.times, reader), first: stored.times.start.day)
    return form.series(&copy, stored: series)?.kind == series.kind
  }

  private mutating func eventRule(_ typed: String, _ times: EventTimes?, _ reader: Reader) -> (rule: Recurrence, words: String)? {
    let folded = typed.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
    if folded.starts(with: "RRULE".utf8) || folded.contains(0x3D) {
      do throws(RecurrenceError) {
        return (try Recurrence(event: typed, isStored: false), "")
      } catch {
        complain("cron", EventRepeatWords.complaint(error, of: nil, words))
        return nil
      }
    }
    guard let times else { return nil }
    if typed.unicodeScalars.count > Phrase.longest {
      complain("cron", words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)]))
      return nil
    }
    do throws(RecurrencePhraseError) {
      guard case .rule(let rule, _) = try RecurrencePhrase(typed, reader: phrases(times, reader)).kind else {
        complain("cron", words("An event comes once an hour at most, at full hours of the day. What comes at an interval is a reminder."))
        return nil
      }
      return (own(rule, times), typed)
    } catch {
      switch error {
      case .rule(let error): complain("cron", EventRepeatWords.complaint(error, of: nil, words))
      case .unknown(""), .empty: complain("cron", words("This does not say how often. Try “every monday” or “last friday of the month”."))
      default: complain("cron", RecurrenceComplaint.text(error, words))
      }
      return nil
    }
  }

  /// Reads as of the minute before the event begins, by its clocks.
  private func phrases(_ times: EventTimes, _ reader: Reader) -> PhraseReader {
    let zone = times.isAllDay ? reader.person.zone : times.zone
    return PhraseReader(
      zone: zone, language: reader.person.language, defaultHour: times.start.time,
      now: zone.instant(times.start).advanced(seconds: -60 - times.start.time.second % 60))
  }

  /// A rule has no time where that is its event's.
  private func own(_ rule: Recurrence, _ times: EventTimes) -> Recurrence {
    var rule = rule.withoutTime(of: times.start)
    if times.isAllDay { (rule.hours, rule.minutes) = ([], []) }
    return rule
  }
}

/// What is wrong with how an event is to come again.
enum EventRepeatWords {
  /// - Parameter rule: whose parts are named where they never meet; nil: it was said in words.
  static func complaint(_ error: RecurrenceError, of rule: Recurrence?, _ words: Words) -> String {
    switch error {
    case .tooFine(let part): words("FREQ={part} is too fine: an event comes once an hour at most.", ["part": part])
    case .neverComes: never(rule?.dayParts ?? [], words)
    case .notWith(.frequency, _): words("Whole days do not come by the hour: FREQ=HOURLY needs a time.")
    default: RecurrenceComplaint.text(.rule(error), words)
    }
  }

  /// What never meets, by its parts (RULES 9.21); one alone does not meet the day of the start, which the rule has where it says none.
  static func never(_ parts: [Recurrence.Part], _ words: Words) -> String {
    let names = parts.map(\.rawValue).joined(separator: ", ")
    return switch parts.count {
    case 0: RecurrenceComplaint.text(.rule(.neverComes), words)
    case 1:
      words(
        "In the next ten years {part} never comes together with the day on which it begins, as 30 February never comes.", ["part": names])
    default: words("In the next ten years {parts} never come together, as 30 February never comes.", ["parts": names])
    }
  }
}
