import Domain
import HTML
import Postgres

/// A test message that is claimed.
private struct PendingTest {
  let message: OutboxMessage
  let email: String
  let name: String
  let isVerified: Bool
  let isOn: Bool
  let language: Language
  let account: ID<Account>
  let configuration: [UInt8]?

  static func query(_ ids: [ID<OutboxMessage>]) -> Query<PendingTest> {
    Query(
      """
      SELECT \(OutboxMessage.columns), u.email, u.display_name AS name, u.verified_at IS NOT NULL AS verified, coalesce(a.enabled, true) AS is_on, u.language,
        u.account_id, a.configuration
      FROM outbox d JOIN users u ON u.id = d.user_id LEFT JOIN agents a ON a.user_id = d.user_id AND a.type = d.channel
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id
      """, into: PendingTest.init)
  }
}

extension OutboxSubject {
  /// Test messages. They leave at once, whatever the hour and the switch: somebody waits for them. To an address that nobody has verified goes none.
  static let tests = OutboxSubject(name: "'test'", noun: "test", counted: "tests") { ids, round, claim in
    let services = round.bench.services
    var sendings: [OutboxSending] = []
    for test in try round.bench.db.rows(PendingTest.query(ids)) {
      let channel = services.channels.first { $0.type == test.message.channel }
      if channel?.isFetched == true {
        if let failure = test.message.fetchFailure {
          claim.set(test.message, .failed, failure)
        } else {
          claim.set(test.message, .pending, .laidOut, due: round.now.advanced(hours: Pull.hoursOfTest))
        }
      } else if channel?.usesAddress == true, services.checksAddresses, !test.isVerified {
        claim.set(test.message, .cancelled, .unverified)
      } else if test.message.isGivenUp {
        claim.giveUp(test.message)
      } else {
        claim.set(test.message, .sending)
        let told = SealedSettings(test.configuration, test.account)
        sendings.append(OutboxSending(message: test.message, isUrgent: true, told: told) { TestMail(test, services).content(for: test) })
      }
    }
    return sendings
  }
}

/// A test message as people read it.
struct TestMail {
  let frame: MailFrame
  let title: String
  let message: String
  /// Says that nothing else comes this way.
  let off: String?
  let link: SafeURL?
  let label: String
  private let words: Words

  fileprivate init(_ test: PendingTest, _ services: Services) {
    words = services.words(test.language)
    title = words("A test message from Heed")
    message = words("You asked for this test. If you read it, this is how reminders reach you.")
    off = test.isOn ? nil : words("This way is switched off at the moment: no reminders come by it.")
    link = SafeURL(services.origin + Paths.agent(test.message.channel).text)
    label = words("Look at your agents")
    frame = MailFrame(aboutAccount: title, message, test.language, services)
  }

  fileprivate func content(for test: PendingTest) -> MessageContent {
    MessageContent(
      key: ("test", test.message.id.text), name: test.name, address: test.email, subject: title,
      text: frame.text([title, message, off], label, link), html: String(decoding: rendered(words), as: UTF8.self))
  }
}
