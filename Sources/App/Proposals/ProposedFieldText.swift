import Domain
import HTML

/// The fields of a proposal as people read them: called as on the form of their kind, and what they say in the person's language, with dates as
/// pages write them. What a field holds for machines (`medium`, `2027-01-05 09:00`) stands in the form alone (RULES 9.33).
struct ProposedFieldText {
  let kind: ProposedKind
  let person: Person
  /// By whose date a rule begins: the day of the proposal, so that its words stay as they are.
  let madeOn: Day
  let words: Words

  init(_ proposal: Proposal, _ person: Person, _ words: Words) {
    (kind, self.person, self.words) = (proposal.kind, person, words)
    madeOn = person.zone.local(proposal.madeAt).day
  }

  /// What a field says.
  ///
  /// - Parameter value: not empty.
  /// - Returns: nil: it says nothing that another field does not say.
  func value(_ name: String, _ value: String) -> String? {
    if let chosen = choices(name).first(where: { $0.value.utf8.elementsEqual(value.utf8) }) { return chosen.label }
    switch name {
    case "until" where value.utf8.elementsEqual("someday".utf8): return words("Someday", context: "task")
    case "due", "deferred_until", "at", "starts", "ends", "until", "from", "since", "date", "deadline", "remind", "repeat_from",
      "repeat_until":
      return moment(value)
    case "exclude_dates", "exdates", "rdates":
      return value.split(whereSeparator: \.isNewline).map { moment(String($0)) }.joined(separator: "; ")
    case "repeat_date": return Birthday(stored: "--" + value).map { PersonText.date($0, person.language) } ?? value
    case "birthday": return Birthday(stored: value).map { PersonText.date($0, person.language) } ?? value
    case "estimate", "actual": return WorkMinutes.read(value).map { WorkMinutes.text($0) } ?? value
    case "cron": return pattern(value)
    case "repeat": return nil  // That a pattern is in words.
    case "timezone": return value.utf8.elementsEqual(person.zone.name.utf8) ? nil : value
    case "relationship": return RelationshipText.name(value, words)
    default: return value
    }
  }

  /// What a field says that is to be empty.
  func emptied(_ name: String) -> String {
    FormPair(name, "").isOne(of: FormPair.boxes) ? words.answers.no : words("nothing", context: "field")
  }

  /// A date, or a time on the wall, in words; what is neither is words already.
  func moment(_ text: String) -> String {
    if let day = Day(iso: text) { return TimeWords.date(day, person.language) }
    let joined = String(decoding: text.utf8.map { $0 == 32 ? UInt8(ascii: "T") : $0 }, as: UTF8.self)
    guard let local = LocalTime(text: joined) else { return text }
    return TimeWords.date(local.day, person.language) + ", " + local.time.text
  }

  /// A rule or five fields in words; words stay as they were typed.
  private func pattern(_ text: String) -> String {
    // What is neither is no error: it is words.
    if let rule = try? Recurrence(text), let again = try? TaskRepeat(rule, first: madeOn) { return again.words(person.language) }
    if let cron = try? Cron(text), let schedule = try? Schedule(.recurring(cron), zone: person.zone) {
      return schedule.words(person.language)
    }
    return text
  }

  /// What can be chosen in a field, as its form offers it; none: it is typed.
  private func choices(_ name: String) -> [(value: String, label: String)] {
    switch name {
    case "private", "all_day", "two_way", "reminder", "exclude_weekends": return [("on", words.answers.yes)]
    case "priority": return TaskText.priorities(words)
    case "impact": return (1...5).map { (String($0), words("{n} of 5", ["n": String($0)])) }
    case "importance": return importances
    case "severity": return ProblemText.severities(words)
    case "horizon": return HorizonWords.options(words)
    case "category": return GoalCategory.allCases.map { ($0.rawValue, GoalText.name($0, words)) }
    case "type": return types
    case "status": return EventStatus.allCases.map { ($0.rawValue, EventText.name($0, words)) }
    case "visibility": return EventVisibility.allCases.map { ($0.rawValue, EventText.name($0, words)) }
    case "busy": return [("on", words("taken")), ("off", words("free", context: "time"))]
    case "stay_events": return [("on", words("Count as contact when they end")), ("off", words("Do not count as contact"))]
    case "strength": return Relationship.strengths.map { (String($0), words("{n} of 10", ["n": String($0)])) }
    case "criteria": return CompletionCriterion.options(words)
    case "schedule": return [("once", words("Once")), ("recurring", words("Repeats")), ("interval", words("At an interval"))]
    default: return series(name) + habit(name)
    }
  }

  private var importances: [(value: String, label: String)] {
    switch kind {
    case .reminder: ReminderOptions.importance(words)
    case .person: (1...10).map { (String($0), PersonText.importance($0, words)) }
    default: (1...10).map { (String($0), "\($0) · " + DeadlineText.name(Importance(ofTen: $0), words)) }
    }
  }

  private var types: [(value: String, label: String)] {
    switch kind {
    case .deadline: DeadlineType.allCases.map { ($0.rawValue, DeadlineText.name($0, words)) }
    case .person: PersonText.types(words)
    case .place: PlaceType.allCases.map { ($0.rawValue, PlaceText.name($0, words)) }
    case .event: EventType.allCases.map { ($0.rawValue, EventText.name($0, words)) }
    case .link: LinkWord.allCases.map { ($0.rawValue, NewLink.name($0, words)) }
    case .task, .reminder, .goal, .problem, .habit, .relationship: []
    }
  }

  private func series(_ name: String) -> [(value: String, label: String)] {
    switch name {
    case "repeat":
      [("daily", words("Daily")), ("weekly", words("Weekly")), ("monthly", words("Monthly")), ("yearly", words("Yearly"))]
    case "repeat_from":
      [("due", words("its due date", context: "repeat")), ("completion", words("the day it is done", context: "repeat"))]
    case "repeat_on": RepeatDay.all.map { ($0.field, RepeatFields.name($0.days, person.language, words)) }
    case "repeat_days", "day":
      Weekday.week(from: person.weekStart).map { ($0.field, "\(TimeWords.name($0, person.language))") }
    default: []
    }
  }

  private func habit(_ name: String) -> [(value: String, label: String)] {
    switch name {
    case "frequency": HabitFormPage.frequencies(words)
    case "kind": [("tick", words("A tick: done or not")), ("amount", words("An amount: pages, kilometres, minutes"))]
    case "direction": [("at_least", words("at least the target")), ("at_most", words("at most the target"))]
    case "period": [("day", words("each day")), ("week", words("the sum of a week")), ("month", words("the sum of a month"))]
    case "colour": HabitFormPage.colours(words)
    default: []
    }
  }
}
