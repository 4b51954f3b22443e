import Domain
import HTML
import Postgres
import Web

extension TaskRepeat.From: Bindable, FromColumn {}

/// What repeats, as stored: the rule of a series, whose tasks are made one after the other (RULES 8.4, 8.21).
struct TaskSeries {
  let series: ID<TaskSeries>
  let rule: String
  /// As typed; empty: controls made it.
  let words: String
  let repeatFrom: TaskRepeat.From
  let firstDay: Day

  /// Of the person that the transaction is for.
  ///
  /// - Parameter which: a condition on `r`.
  static func mine(_ which: SQL) -> Query<TaskSeries> {
    Query(
      "SELECT r.series_id, r.rule, r.words, r.repeat_from, r.first_day FROM task_repeats r WHERE r.user_id = (SELECT me()) AND \(which)",
      into: TaskSeries.init)
  }

  /// nil: a rule of a newer program.
  var repeats: TaskRepeat? { TaskRepeat(rule: rule, first: firstDay, from: repeatFrom) }

  /// What the form's controls and words show of it.
  var stored: StoredSeries? {
    guard let repeats else { return nil }
    let start = LocalTime(day: firstDay, time: .midnight)
    let whole = repeats.rule.completed(on: firstDay, at: .midnight)
    return StoredSeries(
      kind: .rule(whole, from: start), words: words, typed: words.utf8.isEmpty ? rule : words, firstDay: firstDay,
      controls: RecurrenceControls(whole, from: start))
  }
}

extension TaskRepeat {
  /// What is stored of one; nil: a rule that cannot be read.
  init?(rule text: String, first: Day, from: From) {
    // Both were written by us.
    guard let rule = try? Recurrence(text), let read = try? TaskRepeat(rule, first: first, from: from) else { return nil }
    self = read
  }
}

/// How a task comes again, as its form says it.
struct TaskRepeatDraft {
  let repeats: TaskRepeat
  /// As typed; empty: by controls.
  let words: String

  /// Whether it says the same as what is stored: then what is stored goes on from its own first day.
  func isSame(as stored: TaskSeries?) -> Bool {
    guard let stored, stored.repeatFrom == repeats.from else { return false }
    if !words.utf8.isEmpty, words.utf8.elementsEqual(stored.words.utf8) { return true }
    return repeats.rule.text.utf8.elementsEqual(stored.rule.utf8)
  }
}

extension FormReader {
  /// How a task comes again: `repeat` and the controls of its unit, or `cron` for words, and `repeat_from`; nil: not at all, or something was
  /// complained about. A rule begins on the day on which its first instance is due.
  ///
  /// - Parameter due: as the form says it; nil: whenever.
  mutating func taskRepeat(due: Due?, _ reader: Reader) -> TaskRepeatDraft? {
    let typed = raw("repeat").utf8.isEmpty || raw("repeat").utf8.elementsEqual("cron".utf8) ? line("cron", 0...Phrase.longest) : ""
    let isSaid = form.first("repeat") != nil
    let from = choice("repeat_from", TaskRepeat.From.due)
    if raw("repeat").utf8.isEmpty, isSaid || typed.utf8.isEmpty { return nil }
    let unit = choice("repeat", RepeatUnit.cron)
    let zone = reader.person.zone
    let phrases = PhraseReader(
      zone: zone, language: reader.person.language, defaultHour: TimeOfDay(hour: 23, minute: 59) ?? .noon,
      now: due.map { zone.start(of: $0.day) } ?? reader.now)
    if unit == .cron { return taskRepeat(words: typed, from, phrases) }
    return taskRepeat(unit, from, first: due?.day, phrases)
  }

  private mutating func taskRepeat(words typed: String, _ from: TaskRepeat.From, _ phrases: PhraseReader) -> TaskRepeatDraft? {
    do throws(TaskRepeatError) {
      let folded = typed.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
      if folded.starts(with: "RRULE:".utf8) || folded.starts(with: "FREQ=".utf8) {
        return TaskRepeatDraft(repeats: try TaskRepeat(ruleText: typed, from: from, phrases), words: "")
      }
      return TaskRepeatDraft(repeats: try TaskRepeat(typed, from: from, reader: phrases), words: typed)
    } catch {
      complain(error == .onlyEverySoMany ? "repeat_from" : "cron", TaskRepeatWords.complaint(error, words))
      return nil
    }
  }

  private mutating func taskRepeat(_ unit: RepeatUnit, _ from: TaskRepeat.From, first: Day?, _ phrases: PhraseReader) -> TaskRepeatDraft? {
    let isTimed = !trimmed(raw("repeat_at")).utf8.isEmpty
    let day = first ?? phrases.zone.local(phrases.now).day
    guard let series = RepeatForm(unit, phrases, first: day).series(&self, stored: nil) else { return nil }
    if from == .completion, unit == .monthly, case .rule(let rule, _) = series.kind, !rule.weekdays.isEmpty {
      complain("repeat_from", TaskRepeatWords.complaint(.onlyEverySoMany, words))
      return nil
    }
    guard let repeats = TaskRepeat(series.kind, from: from, isTimed: isTimed) else { return nil }
    return TaskRepeatDraft(repeats: repeats, words: "")
  }
}

extension TaskRepeat {
  /// What somebody typed as a rule.
  fileprivate init(ruleText text: String, from: From, _ phrases: PhraseReader) throws(TaskRepeatError) {
    let kind: Schedule.Kind
    let isTimed: Bool
    do throws(RecurrencePhraseError) {
      kind = try phrases.series(rule: text)
      isTimed = try phrases.saysHours(text)
    } catch {
      throw .words(error)
    }
    guard let read = TaskRepeat(kind, from: from, isTimed: isTimed) else { throw .tooOften }
    self = read
  }
}

extension PhraseReader {
  fileprivate func saysHours(_ text: String) throws(RecurrencePhraseError) -> Bool {
    do throws(RecurrenceError) {
      return try !Recurrence(text).hours.isEmpty
    } catch {
      throw .rule(error)
    }
  }
}

/// What is wrong with how a task is to come again.
enum TaskRepeatWords {
  static func complaint(_ error: TaskRepeatError, _ words: Words) -> String {
    switch error {
    case .tooOften: words("A task comes once a day at most. What comes more often is a reminder or a habit.")
    case .onlyEverySoMany:
      words("Counted from the day it is done, a task comes every so many days, weeks, months or years, and on no certain day.")
    case .rule(let error): RecurrenceComplaint.text(.rule(error), words)
    case .words(.unknown), .words(.empty): words("This does not say how often. Try “every monday” or “last friday of the month”.")
    case .words(let error): RecurrenceComplaint.text(error, words)
    }
  }
}
