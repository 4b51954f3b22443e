import Domain
import HTML
import Postgres

/// Tests of channels that people ask for: a look at the mailbox and a mail to them, or a message to the address that takes its answers.
enum DeskTest {
  /// The newest of a channel that whoever owns the transaction asked for.
  static func newest(of channel: ID<DeskChannel>) -> Query<AskedTest> {
    AskedTest.of(
      """
      SELECT * FROM channel_tests WHERE channel_id = \(channel) AND account_id = (SELECT my_account()) AND user_id = (SELECT me())
      ORDER BY number DESC LIMIT 1
      """)
  }

  /// Puts what is sent into the outbox, and has the mailbox looked at as one that never was: at once.
  static func ask(_ channel: DeskChannel, by person: Person, at now: Instant, _ db: Connection) throws(PostgresError) {
    let id = ID<DeskTest>.new(at: now)
    try db.runAll([
      "INSERT INTO channel_tests (id, channel_id, account_id, user_id, created_at) VALUES (\(id), \(channel.id), \(channel.account), \(person.id), \(now))",
      AskedTest.sending(id, "'channel_test'", by: channel.type.way, to: person.id, at: now),
    ])
    if channel.inbound != .webhook {
      try db.run("UPDATE channel_states SET last_look_at = NULL WHERE channel_id = \(channel.id) AND account_id = \(channel.account)")
    }
  }

  /// Those of before.
  static let retention = Retention("channel_tests", days: 30) { before in
    """
    DELETE FROM channel_tests WHERE id IN (
      SELECT id FROM channel_tests WHERE id < \(ID<DeskTest>.first(from: before)) LIMIT \(Chore.slice))
    """
  }
}

/// What became of the newest test, in both directions where there are two.
struct DeskTestOutcome {
  /// Of the look; nil: there is no mailbox. For tools: `waiting`, `good`, `failed`, `off`.
  let look: Look?
  /// For tools; nil: there was no test.
  let state: String?
  let sentence: String

  struct Look {
    let state: String
    let sentence: String
  }

  init(_ test: AskedTest?, _ channel: DeskChannel, _ person: Person, _ words: Words) {
    func time(_ instant: Instant) -> String { TimeWords.dateTime(instant, person.zone, person.language) }
    look = channel.inbound == .webhook ? nil : Look(channel, words, time)
    state = test?.state.rawValue
    guard let test else {
      sentence =
        channel.type.way == .email
        ? words("Never tested. A test looks at the mailbox, if there is one, and sends you a mail the way answers go.")
        : words("Never tested. A test posts a signed message to where answers go, which no customer gets.")
      return
    }
    let why = DeliveryWords.why(test.reason, test.code, test.detail, words)
    sentence =
      test.way == .email ? DeskTestOutcome.ofMail(test, why, words, time) : DeskTestOutcome.ofPost(test, why, words, time)
  }

  private static func ofMail(_ test: AskedTest, _ why: String?, _ words: Words, _ time: (Instant) -> String) -> String {
    let asked: KeyValuePairs = ["asked": time(test.askedAt)]
    return switch (test.state, why) {
    case (.pending, let why?):
      words(
        "The test mail of {asked} has not left yet: {reason}. Heed tries again {time}.",
        ["asked": time(test.askedAt), "reason": why, "time": time(test.endedAt)])
    case (.pending, nil), (.held, _): words("The test mail of {asked} is waiting. Reload this page to see what becomes of it.", asked)
    case (.sending, _): words("The test mail of {asked} is being sent. Reload this page to see what becomes of it.", asked)
    case (.sent, let why?), (.delivered, let why?):
      words("A test mail was sent {time}: {reason}.", ["time": time(test.endedAt), "reason": why])
    case (.sent, nil), (.delivered, nil): words("A test mail was sent {time}.", ["time": time(test.endedAt)])
    case (.failed, _), (.cancelled, _):
      words("The test mail of {asked} failed: {reason}.", ["asked": time(test.askedAt), "reason": why ?? words("nobody knows why")])
    }
  }

  private static func ofPost(_ test: AskedTest, _ why: String?, _ words: Words, _ time: (Instant) -> String) -> String {
    let asked: KeyValuePairs = ["asked": time(test.askedAt)]
    return switch (test.state, why) {
    case (.pending, let why?):
      words(
        "The test message of {asked} was not taken yet: {reason}. Heed tries again {time}.",
        ["asked": time(test.askedAt), "reason": why, "time": time(test.endedAt)])
    case (.pending, nil), (.held, _): words("The test message of {asked} is waiting. Reload this page to see what becomes of it.", asked)
    case (.sending, _): words("The test message of {asked} is being sent. Reload this page to see what becomes of it.", asked)
    case (.sent, let why?), (.delivered, let why?):
      words("A test message was taken {time}: {reason}.", ["time": time(test.endedAt), "reason": why])
    case (.sent, nil), (.delivered, nil): words("A test message was taken {time}.", ["time": time(test.endedAt)])
    case (.failed, _), (.cancelled, _):
      words("The test message of {asked} failed: {reason}.", ["asked": time(test.askedAt), "reason": why ?? words("nobody knows why")])
    }
  }
}

extension DeskTestOutcome.Look {
  fileprivate init(_ channel: DeskChannel, _ words: Words, _ time: (Instant) -> String) {
    switch (channel.isEnabled, channel.lastLookAt, channel.failingSince) {
    case (false, _, _): self.init(state: "off", sentence: words("The channel is off: its mailbox is not looked at."))
    case (true, nil, _):
      self.init(state: "waiting", sentence: words("The mailbox is about to be looked at. Reload this page to see what becomes of it."))
    case (true, let looked?, nil):
      self.init(state: "good", sentence: words("The mailbox was looked at {time}, and all is well.", ["time": time(looked)]))
    case (true, let looked?, _?):
      self.init(
        state: "failed",
        sentence: words("The mailbox was looked at {time}, in vain.", ["time": time(looked)]) + " "
          + MailboxTrouble.sentence(channel.error, words) + " " + MailboxTrouble.advice(channel.error, words))
    }
  }
}
