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
  /// Of the number that an SMS goes to, where it is known to be theirs and wants some; else empty.
  let numberKey: String
  /// Of a device, what its browser said when it subscribed, and by what its address is known; nil: it is for none, or that was removed.
  let subscription: [UInt8]?
  let endpointHash: [UInt8]?
  let device: String?

  var number: LimitedAddress { LimitedAddress(channel: .sms, key: numberKey) }

  var told: SealedSettings? {
    guard message.channel == .push else { return SealedSettings(configuration, account) }
    return endpointHash.flatMap { SealedSettings(subscription, account, at: PushDevice.place(of: message.user, $0)) }
  }

  static func query(_ ids: [ID<OutboxMessage>]) -> Query<PendingTest> {
    Query(
      """
      SELECT \(OutboxMessage.columns), u.email, u.display_name AS name, u.verified_at IS NOT NULL AS verified, coalesce(a.enabled, true) AS is_on, u.language,
        u.account_id AS account, a.configuration, CASE WHEN n.verified_at IS NOT NULL AND n.stopped_at IS NULL THEN n.number_key ELSE '' END AS number_key,
        p.subscription, p.endpoint_hash, p.label AS device
      FROM outbox d JOIN users u ON u.id = d.user_id LEFT JOIN agents a ON a.user_id = d.user_id AND a.type = d.channel
      LEFT JOIN phones n ON d.channel = 'sms' AND n.user_id = d.user_id AND n.contact_id IS NULL
      LEFT JOIN push_devices p ON d.recipient_kind = 'device' AND p.id = d.recipient_id AND p.user_id = d.user_id
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id
      """, into: PendingTest.init)
  }
}

extension OutboxSubject {
  /// Test messages. They leave at once, whatever the hour and the switch: somebody waits for them. To an address that nobody has verified goes none.
  static let tests = OutboxSubject(name: "'test'", noun: "test", counted: "tests", decide: OutboxSubject.decideTests) {
    results, now, bench in
    let gone = try PushDevice.prune(results, bench.db)
    try Audit.append(gone, by: .system, at: now, bench.services.keys, bench.db)
  }

  private static func decideTests(
    _ ids: [ID<OutboxMessage>], _ round: OutboxRound, _ claim: inout OutboxClaim
  ) throws -> [OutboxSending] {
    let services = round.bench.services
    var sendings: [OutboxSending] = []
    let tests = try round.bench.db.rows(PendingTest.query(ids))
    var limits = try AddressLimits(of: tests.map(\.number), at: round.now, round.bench.db)
    for test in tests {
      let channel = services.channels.first { $0.type == test.message.channel }
      if channel?.isFetched == true {
        if let failure = test.message.fetchFailure {
          claim.set(test.message, .failed, failure)
        } else {
          claim.set(test.message, .pending, .laidOut, due: round.now.advanced(hours: Pull.hoursOfTest))
        }
      } else if channel?.usesAddress == true, services.checksAddresses, !test.isVerified {
        claim.set(test.message, .cancelled, .unverified)
      } else if channel?.usesPhone == true, test.message.state == .sending {
        // It may have left, and an SMS is not sent twice (RULES 4.2).
        claim.set(test.message, .failed, .unknown)
      } else if channel?.usesPhone == true, test.numberKey.utf8.isEmpty {
        claim.set(test.message, .cancelled, .unverified)
      } else if test.message.channel == .push, test.told == nil {
        claim.set(test.message, .cancelled, .noDevice)
      } else if test.message.isGivenUp {
        claim.giveUp(test.message)
      } else if channel?.usesPhone == true, let end = limits.wait(test.message, to: test.number) {
        claim.set(test.message, .pending, .limited, due: end)
      } else {
        claim.set(test.message, .sending)
        sendings.append(
          OutboxSending(message: test.message, isUrgent: true, told: test.told) { TestMail(test, services).content(for: test) })
      }
    }
    try limits.write(round.bench.db)
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
    // A notification has its title above, and a press on it is the link.
    let short = [message, off].compactMap(\.self).joined(separator: " ")
    return MessageContent(
      key: ("test", test.message.id.text), name: test.name, address: test.device ?? test.email, subject: title,
      text: test.device == nil ? frame.text([title, message, off], label, link) : short,
      html: String(decoding: rendered(words), as: UTF8.self), brief: (short, ""), words: words)
  }
}
