import Domain
import Postgres
import TestSupport
import Testing

@Suite struct EnumTests {
  @Test func wordsAndNumbersGoThereAndBack() throws {
    let db = try connect()
    for importance in Importance.allCases {
      #expect(try db.value("SELECT \(importance)", as: Importance.self) == importance)
      #expect(try db.value("SELECT \(importance)", as: String.self) == importance.rawValue)
    }
    #expect(try db.value("SELECT \(Weekday.sunday)::smallint", as: Weekday.self) == .sunday)
    #expect(try db.value("SELECT \(Language.portuguese)", as: String.self) == "pt-BR")
  }

  @Test func theyStandInArraysWithGaps() throws {
    let states: [EscalationState?] = [.active, nil, .expired]
    let db = try connect()
    #expect(try db.value("SELECT \(states)", as: [EscalationState?].self) == states)
    #expect(try db.value("SELECT \(states)::text", as: String.self) == "{active,NULL,expired}")
    #expect(try db.value("SELECT \([] as [EscalationState])", as: [EscalationState].self) == [])
  }

  @Test func aWordThatNoneOfThemIsNamesColumnAndWord() throws {
    let db = try connect()
    let wrong = failure { try db.rows("SELECT 'high' AS importance UNION ALL SELECT 'High'", as: Important.self) }
    #expect(wrong?.kind == .value)
    #expect(wrong?.description.contains("column importance holds “High”, which is no Importance") == true)
    let day = failure { try db.value("SELECT 8 AS week_start", as: Weekday.self) }
    #expect(day?.description.contains("column week_start holds “8”, which is no Weekday") == true)
    let inside = failure { try db.value("SELECT ARRAY['gentle', ''] AS presets", as: [LadderPreset].self) }
    #expect(inside?.description.contains("column presets holds “”, which is no LadderPreset") == true)
  }

  @Test func noMoreThanFortyCharactersOfItAreTold() throws {
    let text = failure { try connect().value("SELECT repeat('é', 1000) AS state", as: EscalationState.self) }?.description
    #expect(text?.contains("“\(String(repeating: "é", count: 40))”") == true)
  }

  @Test func nullIsNoWord() throws {
    let db = try connect()
    let null = failure { try db.value("SELECT NULL::text AS state", as: EscalationState.self) }
    #expect(null?.description.contains("column state is NULL") == true)
    #expect(try db.value("SELECT NULL::text AS state", as: EscalationState?.self) == .some(nil))
  }
}

private struct Important: FromRow {
  let importance: Importance

  init(row: Row) throws(PostgresError) { importance = try row("importance") }
}
