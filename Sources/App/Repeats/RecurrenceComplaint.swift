import Domain
import HTML

/// What is wrong with a recurrence, in the person's language.
enum RecurrenceComplaint {
  static func text(_ error: RecurrencePhraseError, _ words: Words) -> String {
    switch error {
    case .empty: words("Say how often, such as “every weekday at 9” or 0 9 * * 1-5.")
    case .tooLong: words("This is too long: at most {n} characters.", ["n": String(Phrase.longest * 2)])
    case .unknown(""): words("This does not say how often. Try “every weekday at 9” or “last friday of the month”.")
    case .unknown(let word):
      words("“{word}” is not understood here. Try “every weekday at 9”, “every 2 weeks on friday” or 0 9 * * 1-5.", ["word": word])
    case .timesOnly(let part):
      words("“{part}” does not say when. Try “every day at 8, 14 and 20”, “every 8 hours” or “every mon, wed and fri”.", ["part": part])
    case .everySecond(let part, let day):
      words(
        "“{part}” can mean two things. Write “every other {day}” or “second {day} of the month”.", ["part": part, "day": day])
    case .impossibleTime(let part): words("There is no time “{part}”. Write it like 9:30, 9pm or 21:30.", ["part": part])
    case .notPositive: words("Every 0 is never. Write 1 or more.")
    case .impossibleDate: words("There is no such date.")
    case .endlessInterval:
      words(
        "Minutes and hours go on without days and without end. Write “every 90 minutes” alone, or times such as “every day at 9 and 21”.")
    case .unevenTimes:
      words("On such days the minutes are the same at all hours: 9:00 and 21:00 go together, 9:00 and 21:30 are two reminders.")
    case .intervalOutOfRange:
      words(
        "Give a whole number from {low} to {high}.",
        ["low": String(Schedule.intervalRange.lowerBound), "high": String(Schedule.intervalRange.upperBound)])
    case .rule(let error): text(error, words)
    }
  }

  private static func text(_ error: RecurrenceError, _ words: Words) -> String {
    switch error {
    case .tooLong: words("This is too long: at most {n} characters.", ["n": String(Recurrence.longestText)])
    case .noFrequency: words("A rule says how often: FREQ=DAILY, WEEKLY, MONTHLY, YEARLY or HOURLY.")
    case .tooFine(let part): words("{part} is an interval here: choose “At an interval” and give the minutes.", ["part": part])
    case .unknownPart(let part): words("“{part}” is no part of a rule.", ["part": part])
    case .twice(let part): words("{part} stands in this rule twice.", ["part": part.rawValue])
    case .notUnderstood(let part, let value): words("In {part}, “{value}” is not understood.", ["part": part.rawValue, "value": value])
    case .outOfRange(let part, let value, let allowed):
      words(
        "In {part}, {value} is not between {low} and {high}.",
        ["part": part.rawValue, "value": String(value), "low": String(allowed.lowerBound), "high": String(allowed.upperBound)])
    case .twoEnds: words("COUNT and UNTIL are two ends. Keep one of them.")
    case .positionsAlone: words("BYSETPOS chooses among others. Say among which, such as BYDAY=MO,TU.")
    case .notWith(let part, let other): words("{part} does not go with {other}.", ["part": part.rawValue, "other": other])
    case .tooManyTimes: words("This comes too many times. Use an interval, or five fields such as */5 * * * *.")
    case .endsBeforeStart: words("It would end before its first time. Choose a later end.")
    case .neverComes: words("No day of the next ten years is all of this; 30 February never comes.")
    case .positionOutOfReach(let position, let most):
      words("BYSETPOS={n} is out of reach: there are never more than {most}.", ["n": String(position), "most": String(most)])
    }
  }
}
