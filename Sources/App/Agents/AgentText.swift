import Domain
import HTML
import Web

/// What people are told about their agents.
enum AgentText {
  /// - Parameters:
  ///   - isReady: whether there is what it reaches.
  ///   - isAlone: whether no other agent is on.
  static func saved(_ type: AgentType, _ isOn: Bool, isReady: Bool, isAlone: Bool, _ words: Words) -> String {
    let agent: KeyValuePairs = ["agent": AgentNames.name(type, words)]
    return switch (type, isOn) {
    case (.email, true): words("Reminders come by e-mail.")
    case (.email, false) where isAlone: words("No reminders come by e-mail. Nothing else is set up, so nothing reaches you.")
    case (_, true) where !isReady: words("Saved. No reminders come by {agent} before you add a device.", agent)
    case (_, true): words("Saved. Reminders come by {agent}.", agent)
    case (_, false): words("Saved. No reminders come by {agent}.", agent)
    }
  }

  /// Why nothing comes by an agent that seems to be on, or why it is off.
  ///
  /// - Parameter muted: addresses that get nothing by it.
  static func warnings(
    _ muted: [MutedAddress], _ agent: Agent?, isTrusted: Bool, _ words: Words, _ time: (Instant) -> String
  ) -> [String] {
    var lines = muted.map { muted in
      let values: KeyValuePairs = ["address": muted.address, "time": time(muted.at)]
      return muted.reason == "unsubscribed"
        ? words("{address} asked for no more mail on {time}.", values) : words("{address} has refused our mail since {time}.", values)
    }
    if !isTrusted { lines.append(words("The address is not verified: mails to it wait until it is.")) }
    if let gone = agent?.goneAt {
      lines.append(
        words(
          "Its address said on {time} that it is gone (410), so it was switched off. Give another address, or switch it on again.",
          ["time": time(gone)]))
    }
    return lines
  }

  static func unverified(_ person: Person, _ words: Words) -> String {
    words(
      "Nobody has verified {address} yet. Open the link in our mail, or ask for another one in your profile; then send a test.",
      ["address": person.email])
  }
}

/// What became of the newest test message.
struct AgentOutcome {
  /// For tools; nil: there is none.
  let state: String?
  let sentence: String

  init(_ test: AskedTest?, _ words: Words, _ time: (Instant) -> String) {
    state = test.map { $0.state.told($0.reason).rawValue }
    guard let test else {
      sentence = words("Never tested.")
      return
    }
    let why = DeliveryWords.why(test.reason, test.code, test.detail, by: test.way, words)
    let asked: KeyValuePairs = ["asked": time(test.askedAt)]
    if let fetching = AgentOutcome.fetching(test, words, time) {
      sentence = fetching
      return
    }
    sentence =
      switch (test.state, why) {
      case (.pending, let why?):
        words(
          "The test message of {asked} has not left yet: {reason}. Heed tries again {time}.",
          ["asked": time(test.askedAt), "reason": why, "time": time(test.endedAt)])
      case (.pending, nil), (.held, _): words("The test message of {asked} is waiting. Reload this page to see what becomes of it.", asked)
      case (.sending, _): words("The test message of {asked} is being sent. Reload this page to see what becomes of it.", asked)
      case (.sent, let why?), (.delivered, let why?):
        words("A test message was sent {time}: {reason}.", ["time": time(test.endedAt), "reason": why])
      case (.sent, nil), (.delivered, nil): words("A test message was sent {time}.", ["time": time(test.endedAt)])
      case (.failed, _), (.cancelled, _):
        words(
          "The test message of {asked} failed: {reason}.", ["asked": time(test.askedAt), "reason": why ?? words("nobody knows why")])
      }
  }

  /// Of one that is fetched in place of being sent; nil: it is not, or has failed.
  private static func fetching(_ test: AskedTest, _ words: Words, _ time: (Instant) -> String) -> String? {
    let values: KeyValuePairs = ["asked": time(test.askedAt), "time": time(test.endedAt)]
    return switch (test.state, test.reason) {
    case (.pending, .laidOut): words("The test message of {asked} waits to be fetched until {time}.", values)
    case (.pending, .fetched):
      words("The test message of {asked} was fetched. Until its receipt it comes again, at the latest {time}.", values)
    case (.delivered, .received): words("The test message of {asked} was fetched, and its receipt came {time}.", values)
    default: nil
    }
  }
}
