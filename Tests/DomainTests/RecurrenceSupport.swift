import Testing

@testable import Domain

/// What somebody types, the rule it is, and its first times by the clock on the wall ("03-11T09:00" is in 2027); nil: it is refused.
struct RecurrenceRow: CustomTestStringConvertible {
  let text: String
  let rule: String?
  let times: [String]

  init(_ text: String, _ rule: String?, _ times: String...) {
    (self.text, self.rule, self.times) = (text, rule, times.map { $0.utf8.count < 16 ? "2027-" + $0 : $0 })
  }

  var testDescription: String { text }

  /// Wednesday 10 March 2027: 10:00 in New York for English, 12:00 in São Paulo for Portuguese.
  static func reader(_ language: Language) throws -> PhraseReader {
    let isEnglish = language == .english
    return PhraseReader(
      zone: try zone(isEnglish ? "America/New_York" : "America/Sao_Paulo"), language: language,
      defaultHour: try #require(TimeOfDay(hour: 9, minute: 0)), now: try instant("2027-03-10T15:00:00Z"))
  }

  func check(_ language: Language) throws {
    let reader = try Self.reader(language)
    guard let rule else {
      #expect(throws: RecurrencePhraseError.self) { try RecurrencePhrase(text, reader: reader) }
      return
    }
    let phrase = try RecurrencePhrase(text, reader: reader)
    guard case .rule(let found, let start) = phrase.kind else {
      Issue.record("\(text) is no rule")
      return
    }
    #expect(found.text == rule)
    #expect(phrase.words == text)
    let schedule = try Schedule(phrase.kind, zone: reader.zone)
    let coming = schedule.upcoming(after: reader.now, count: times.count).map { reader.zone.local($0.instant).text }
    #expect(coming == times)
    #expect(start.text <= (times.first ?? ""))
    func others(_ language: Language) -> PhraseReader {
      PhraseReader(zone: reader.zone, language: language, defaultHour: reader.defaultHour, now: reader.now)
    }
    // Whoever reads the other language understands it as well, but for the order of day and month.
    if !text.contains("/") {
      #expect(try RecurrencePhrase(text, reader: others(language == .english ? .portuguese : .english)).kind == phrase.kind)
    }
    // And the sentence for it is understood as the same.
    for spoken in Language.allCases {
      let sentence = schedule.words(spoken, now: reader.now)
      let again = try RecurrencePhrase(sentence, reader: others(spoken))
      let repeated = try Schedule(again.kind, zone: reader.zone)
      #expect(
        repeated.upcoming(after: reader.now, count: 8) == schedule.upcoming(after: reader.now, count: 8),
        "\(sentence) was read as \(again.kind)")
    }
  }
}
