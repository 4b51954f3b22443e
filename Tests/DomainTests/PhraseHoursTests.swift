import Testing

@testable import Domain

/// Every hour in every way of writing it: one time, or one duration (RULES 2.9).
struct PhraseHoursTests {
  private static let now = "2026-11-21T10:00"

  /// When a clock next shows so many minutes after midnight.
  private func next(_ minutes: Int) -> String {
    let day = minutes % 1440 > 600 ? 21 : 22
    return "2026-11-\(day)T\(two(minutes % 1440 / 60)):\(two(minutes % 60))"
  }

  private func after(_ minutes: Int) -> String {
    let total = 600 + minutes
    return "2026-11-\(21 + total / 1440)T\(two(total % 1440 / 60)):\(two(total % 60))"
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  @Test(arguments: 0...23, [0, 1, 5, 9, 10, 15, 30, 45, 59])
  func `every time of day is one time however it is written`(hour: Int, minute: Int) {
    let time = next(hour * 60 + minute)
    let twelve = (hour + 11) % 12 + 1
    let half = hour < 12 ? "a" : "p"
    let clear = ["h", " h", " hrs", " hours"].map { "\(two(hour))\(two(minute))\($0)" }
    var both = clear
    both += ["\(two(hour)):\(two(minute))", "\(two(hour))h\(two(minute))", "at \(hour):\(two(minute))", "às \(hour)h\(two(minute))"]
    both += ["\(half)", "\(half)m", " \(half)m", " \(half).m."].map { "\(twelve):\(two(minute))\($0)" }
    if minute == 0 { both += ["\(twelve)\(half)m", "\(twelve) \(half).m.", "at \(hour)", "às \(hour)h", "às \(hour) horas"] }
    if minute == 30 { both += ["às \(hour) e meia", "às \(hour)h e meia"] }
    for text in both {
      #expect(phrase(text, now: Self.now) == time, "\(text)")
      #expect(phrase(text, now: Self.now, .portuguese) == time, "\(text)")
    }
    var portuguese: [String] = []
    if hour >= 6 { portuguese += ["\(hour)h\(two(minute))", "\(hour)h\(two(minute))min", "\(hour):\(two(minute))h"] }
    if minute == 0, hour >= 12 || hour < 10 { portuguese += ["\(two(hour))h", "\(two(hour)) h", "\(two(hour))hs"] }
    for text in portuguese { #expect(phrase(text, now: Self.now, .portuguese) == time, "\(text)") }
  }

  @Test(arguments: 1...60)
  func `behind "in", "em" and "daqui a" hours are a duration for everybody`(hours: Int) {
    var texts: [String] = []
    for before in ["in", "for", "em", "daqui a", "dentro de", "por"] {
      texts += ["h", " h", "hs", " hours", " horas", "h00"].map { "\(before) \(hours)\($0)" }
      texts.append("\(before) \(two(hours))h")
    }
    for text in texts {
      for language in [Language.english, .portuguese] {
        #expect(phrase(text, now: Self.now, language) == after(hours * 60), "\(text)")
      }
    }
  }

  @Test(arguments: 1...9, [1, 10, 25, 30, 59])
  func `hours and minutes with a colon are a duration when hours are said`(hours: Int, minutes: Int) {
    for unit in ["hours", "hour", "hrs"] {
      let text = "\(hours):\(two(minutes)) \(unit)"
      for language in [Language.english, .portuguese] {
        #expect(phrase(text, now: Self.now, language) == after(hours * 60 + minutes), "\(text)")
      }
    }
  }

  @Test(arguments: 1...20, [10, 15, 30, 45])
  func `an English "10h30m" is a duration`(hours: Int, minutes: Int) {
    for text in ["\(hours)h\(minutes)m", "\(hours)h \(minutes)m", "in \(hours)h\(minutes)m"] {
      #expect(phrase(text, now: Self.now) == after(hours * 60 + minutes), "\(text)")
    }
  }

  @Test func `a question for a duration takes "12h" as one`() throws {
    let (zone, nine) = (phraseZone("America/Sao_Paulo"), try #require(TimeOfDay(hour: 9, minute: 0)))
    let now = try #require(Instant(iso: "2026-11-21T13:00:00Z"))
    let reader = PhraseReader(zone: zone, language: .portuguese, defaultHour: nine, now: now, isDuration: true)
    for (text, hours) in [("12h", 12), ("09h", 9), ("9h00", 9), ("em 12h", 12)] {
      #expect(try Phrase(text, reader: reader).instant == now.advanced(hours: Int64(hours)), "\(text)")
    }
    #expect(try Phrase("às 12h", reader: reader).instant.iso == "2026-11-21T15:00:00Z")
  }
}
