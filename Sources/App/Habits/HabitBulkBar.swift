import Domain
import HTML

/// The bar below a list that changes all ticked rows.
struct HabitBulkBar {
  let action = Paths.bulkHabits
  let back: HiddenField
  let secret: CSRFField
  let date: Select
  let reason: ReasonSelect
  let group: TextField
  let groups: [String]

  init(
    _ back: HiddenField, _ calendar: HabitCalendar, groups: [String], _ make: inout FieldBuilder, _ secret: CSRFField, _ person: Person,
    _ words: Words
  ) {
    (self.back, self.secret, self.groups) = (back, secret, groups)
    let dates = calendar.offered.reversed().map { ($0.iso, TimeWords.day($0, person.language, today: calendar.today)) }
    date = make.choice("date", words("Date"), calendar.today.iso, dates)
    reason = ReasonSelect("reason", words("Reason for a skip or a pause"), &make, person.language, words)
    group = make.text("group", words("Group"), "", optional: true, maxLength: 40, list: "groups")
  }
}

/// The form that pauses everything, or the button that ends it.
struct HabitPauseAll {
  let action = Paths.pauseHabits
  let resumption: Path?
  let secret: CSRFField
  let from: TextField
  let until: TextField
  let reason: ReasonSelect
  let isOpen: Bool

  /// - Parameter isPaused: whether a pause of everything runs or is to come.
  init(isPaused: Bool, _ make: inout FieldBuilder, _ secret: CSRFField, _ language: Language, _ words: Words) {
    resumption = isPaused ? Paths.resumeHabits : nil
    self.secret = secret
    from = make.text("from", words("First day without"), "", help: words("Empty means today."), type: "date", optional: true)
    until = make.text(
      "until", words("First day with it again"), "", help: words("Empty means until you resume it."), type: "date", optional: true)
    reason = ReasonSelect("all-reason", words("Reason"), &make, language, words)
    isOpen = !make.state.errors.isEmpty
  }
}

/// Why something is skipped or paused. A page may hold several.
struct ReasonSelect {
  let id: String
  let label: String
  let options: [ChoiceOption]
  let error: String?
  let errorID: String

  var isInvalid: Bool { error != nil }

  init(_ id: String, _ label: String, _ make: inout FieldBuilder, _ language: Language, _ words: Words) {
    (self.id, self.label) = (id, label)
    let all = [("", words("without a reason"))] + SkipReason.allCases.map { ($0.rawValue, HabitWords.reason($0, language)) }
    let select = make.choice("reason", label, "", all)
    (options, error, errorID) = (select.options, select.error, id + "-complaint")
  }
}
