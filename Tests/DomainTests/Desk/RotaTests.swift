import Testing

@testable import Domain

/// RULES 6.14: who is told.
@Suite struct RotaTests {
  private let now: Instant
  private let rota: Rota<String>

  init() throws {
    // Monday 8 March 2027, 10:30 in São Paulo.
    now = try instant("2027-03-08T13:30:00Z")
    let morning = try #require(OpeningHours.Span(from: 540, until: 720))
    let day = try #require(OpeningHours.Span(from: 540, until: 1_080))
    rota = try Rota(
      [.init(.workdays, morning, "Ana"), .init([.monday], day, "Rui"), .init(.weekend, .wholeDay, "Eva")], in: zone("America/Sao_Paulo"))
  }

  private func told(_ minutes: Int = 0, _ presence: [String: Rota<String>.Presence] = [:], assignee: String? = "Assignee") -> String {
    rota.told(at: now.advanced(minutes: minutes), assignee: assignee, owner: "Owner") { presence[$0] ?? .present }
  }

  @Test func `the first line that holds the instant counts`() {
    #expect(told() == "Ana")
    #expect(told(-91) == "Assignee")  // 08:59
    #expect(told(-90) == "Ana" && told(89) == "Ana")
    #expect(told(90) == "Rui" && told(449) == "Rui")
    #expect(told(450) == "Assignee")  // 18:00, which is no longer part of it
    #expect(told(1_440 + 90) == "Assignee")  // Tuesday noon: a hole
    #expect(told(5 * 1_440) == "Eva")
  }

  @Test func `Hard case 20: who is away or gone is passed over`() {
    #expect(told(0, ["Ana": .gone]) == "Rui")
    #expect(told(0, ["Ana": .away(until: now.advanced(minutes: 1))]) == "Rui")
    #expect(told(0, ["Ana": .away(until: now)]) == "Ana")
    #expect(told(0, ["Ana": .gone, "Rui": .gone]) == "Assignee")
  }

  @Test func `Hard case 20: in a hole the assignee is told, else the owner, whoever is away`() {
    #expect(told(450, ["Assignee": .gone]) == "Owner")
    #expect(told(450, ["Assignee": .away(until: .distantFuture), "Owner": .away(until: .distantFuture)]) == "Owner")
    #expect(told(450, assignee: nil) == "Owner")
    #expect(rota.member(at: now.advanced(minutes: 450)) { _ in .present } == nil)
  }

  @Test func `an end at midnight is the end of the day, and none goes over it`() throws {
    let (ten, midnight, two) = try (#require(TimeOfDay(text: "22:00")), TimeOfDay.midnight, #require(TimeOfDay(text: "02:00")))
    #expect(OpeningHours.Span(from: ten, until: midnight)?.text == "22:00-24:00")
    #expect(OpeningHours.Span(from: ten, until: two) == nil && OpeningHours.Span(from: ten, until: ten) == nil)
    #expect(OpeningHours.Span(from: midnight, until: midnight) == .wholeDay)
    #expect(OpeningHours.Span(from: -1, until: 3) == nil && OpeningHours.Span(from: 0, until: 1_441) == nil)
  }
}
