import Domain
import HTML
import Postgres
import Web

/// The three who may speak, each with a sample: offered with the first habit, until the person has chosen.
struct CoachChoice {
  let options: [ChoiceOption]
  let error: String?

  /// - Returns: nil: they have chosen.
  init?(_ make: inout FieldBuilder, _ person: Person, _ web: Context) {
    if person.coach.hasChosen { return nil }
    let (words, language) = (web.words, person.language)
    let sample = CoachSaying.streak(habit: words("Read", context: "habit"), CoachCount(7, .days), total: 9)
    let key = CoachKey(person: person.id, subject: nil as ID<Habit>?, day: .first, event: .streak)
    let asked = make.choice("personality", words("Who speaks to you"), person.personality.rawValue, CoachChoice.names(words))
    options = asked.options.map { option in
      let text = CoachPersonality(rawValue: option.value).flatMap { web.services.coach.words($0, language)?.text(for: sample, key)?.text }
      return ChoiceOption(value: option.value, label: option.label, isChosen: option.isChosen, id: option.id, help: text.map { "“\($0)”" })
    }
    error = asked.error
  }

  /// In the order in which they are offered.
  static func names(_ words: Words) -> [(value: String, label: String)] {
    [("yoda", words("Old master")), ("general", words("Plain")), ("mentor", words("Mentor"))]
  }

  /// What stores the choice of a form that offered it; nothing where it was not sent.
  static func storing(_ chosen: CoachPersonality?, _ person: Person, _ web: Context) -> [SQL] {
    guard let chosen else { return [] }
    return [
      "UPDATE users SET personality = \(chosen), personality_chosen = true, version = version + 1, updated_at = \(web.now) WHERE id = \(person.id)"
    ]
  }

  /// - Returns: nil: it was not sent.
  static func read(_ read: inout FormReader) -> CoachPersonality? {
    read.form.first("personality") == nil ? nil : read.choice("personality", CoachPersonality.yoda)
  }
}
