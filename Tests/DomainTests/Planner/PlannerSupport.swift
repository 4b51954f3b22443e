import Testing

@testable import Domain

/// Monday 1 March 2027, 10:00 in New York unless said.
func plannerReader(
  _ now: String = "2027-03-01T10:00", _ zoneName: String = "America/New_York", _ language: Language = .english
) throws -> PhraseReader {
  let clocks = try zone(zoneName)
  return PhraseReader(
    zone: clocks, language: language, defaultHour: try #require(TimeOfDay(hour: 9, minute: 0)), now: clocks.instant(try local(now)))
}

/// "2027-03-01" or "2027-03-01T09:00".
func due(_ text: String, _ zone: Zone) throws -> Due {
  if let wall = LocalTime(text: text) { return Due(day: wall.day, at: zone.instant(wall)) }
  return Due(day: try day(text))
}

/// The same the other way round.
func said(_ due: Due?, _ zone: Zone) -> String {
  guard let due else { return "-" }
  return due.at.map { zone.local($0).text } ?? due.day.iso
}
