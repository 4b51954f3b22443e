/// What to type instead of words that say that something comes again and not clearly how often.
public enum RecurrenceOffer {
  /// The part of the words that is understood, else what says the same kind of thing.
  ///
  /// - Parameter words: of ``QuickEntryError/unclearSeries(_:)``.
  /// - Returns: a recurrence that is taken, in the reader's language.
  public static func nearest(to words: String, _ reader: PhraseReader) -> String {
    let isEnglish = reader.language == .english
    let said = PhraseScanner.tokens(of: words).compactMap { token in if case .word(let word) = token.kind { word } else { nil } }
    func says(_ isMeant: (String) -> Bool) -> Bool { said.contains(where: isMeant) }
    let day = said.lazy.compactMap { PhraseWords.weekdays[$0] ?? RecurrenceVocabulary.weekdaysInPlural[$0] }.first
    if says(RecurrenceVocabulary.unclear.contains) { return everyOther(day ?? .friday, isEnglish) }
    if says(RecurrenceVocabulary.exceptions.contains) { return isEnglish ? "every weekday at 9" : "dias úteis às 9h" }
    if let found = RecurrencePhrase.longest(in: words, reader: reader) {
      let part = String(words[found.range])
      if part != words, part.contains(" ") { return part }
    }
    if let day { return each(day, isEnglish) }
    func saysUnit(_ unit: PhraseUnit) -> Bool { says { PhraseWords.units[$0] == unit } }
    if saysUnit(.month) || says({ RecurrenceVocabulary.ordinals[$0] != nil }) {
      return isEnglish ? "every month on the 1st at 9" : "todo dia 1º às 9h"
    }
    if saysUnit(.year) { return isEnglish ? "every year on 12 december" : "todo ano em 12 de dezembro" }
    if saysUnit(.hour) || saysUnit(.minute) { return isEnglish ? "every 8 hours" : "a cada 8 horas" }
    if says({ PhraseWords.parts[$0] == .evening }) { return isEnglish ? "every day at 21:00" : "todo dia às 21h" }
    if saysUnit(.day) || says({ PhraseWords.parts[$0] != nil }) { return isEnglish ? "every day at 9" : "todo dia às 9h" }
    return everyOther(.friday, isEnglish)
  }

  private static func each(_ day: Weekday, _ isEnglish: Bool) -> String {
    if isEnglish { return "every \(name(day, .english)) at 9" }
    return (day.isWeekend ? "todo " : "toda ") + name(day, .portuguese) + " às 9h"
  }

  private static func everyOther(_ day: Weekday, _ isEnglish: Bool) -> String {
    if isEnglish { return "every 2 weeks on \(name(day, .english)) at 9" }
    return "a cada 2 semanas " + (day.isWeekend ? "no " : "na ") + name(day, .portuguese) + " às 9h"
  }

  private static func name(_ day: Weekday, _ language: Language) -> String { "\(TimeWords.name(day, language))".lowercased() }
}
