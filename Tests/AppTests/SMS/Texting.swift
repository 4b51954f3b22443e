import Net
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// A person whose phone is verified, and who is told by SMS alone, through a stand-in for the gateway.
final class Texting {
  static let number = "+351912345678"
  static let from = "+15005550006"
  static let account = "AC00000000000000000000000000000001"
  static let token = "a token of the tests"

  let site: Site
  let ana: Browser
  let sink: Sink
  private var sids = 0

  /// - Parameters:
  ///   - verified: whether the person's phone is set up.
  init(verified: Bool = true, language: Language = .english) throws {
    sink = try Sink("twilio_sink.py")
    site = try Site(sms: Texting.gateway(sink.port))
    ana = try site.person("ana@x.test", language: language)
    if verified { try setUp(ana) }
  }

  static func gateway(_ port: Int, token: String = Texting.token) -> SMSGateway {
    SMSGateway(url: "http://127.0.0.1:\(port)", account: account, token: token, sender: .from(from), origin: "https://heed.test")
  }

  /// Through the form and the code.
  func setUp(_ browser: Browser, _ number: String = Texting.number) throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.sms])])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb WHERE user_id = \(browser.user)")
    #expect(browser.post("/agents/sms", ["enabled": "on", "phoneNumber": number]).location == "/agents/sms")
    try site.work()
    #expect(try browser.post("/agents/sms/verification", ["code": code()]).location == "/agents/sms")
  }

  /// The digits of the newest SMS with a code.
  func code() throws -> String {
    let body = try texts().last.unwrapped
    let digits = body.split { !$0.isNumber }.first { $0.count == 6 }
    return try String(digits.unwrapped)
  }

  /// What was posted to the gateway, in order.
  func texts() throws -> [String] { try sink.log().map { $0["body"] as? String ?? "" } }

  /// Lets a reminder ring and be told.
  @discardableResult
  func ring(_ title: String = "Pay the rent", _ importance: Importance = .low) throws -> ID<Reminder> {
    let id = try ana.remind(nil, importance, title: title)
    site.pass(hours: 1)
    try site.work()
    return id
  }

  /// "channel state attempts code reason" of each message about an escalation.
  func messages() throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws(' ', channel, state, attempts, code, reason) FROM outbox WHERE subject = 'escalation'
          ORDER BY created_at, channel DESC, id
          """))
  }

  /// Where the gateway tells of the newest SMS, without scheme and host.
  func callback() throws -> String {
    let url = try (sink.log().last?["callback"] as? String).unwrapped
    return String(url.dropFirst("https://heed.test".count))
  }

  /// The gateway tells what became of it.
  @discardableResult
  func report(_ status: String, _ error: String? = nil, to target: String? = nil, token: String = Texting.token) throws -> Page {
    var fields = ["AccountSid": Texting.account, "MessageSid": "SM1", "MessageStatus": status, "From": Texting.from, "To": Texting.number]
    if let error { fields["ErrorCode"] = error }
    return try post(target ?? callback(), fields, token)
  }

  /// Somebody sends an SMS.
  @discardableResult
  func receive(_ body: String, from: String = Texting.number, sid: String? = nil, token: String = Texting.token) throws -> Page {
    sids += 1
    let fields = [
      "AccountSid": Texting.account, "Body": body, "From": from, "MessageSid": sid ?? "SM in \(sids)", "NumMedia": "0", "To": Texting.from,
    ]
    return try post("/hooks/sms/inbound", fields, token)
  }

  /// Signed by the stand-in.
  private func post(_ target: String, _ fields: [String: String], _ token: String) throws -> Page {
    let signature = try Sink.run("twilio_sink.py", "--sign", "https://heed.test" + target, token, JSONText.object(fields).text)
    let body = fields.map { Browser.encoded($0.key) + "=" + Browser.encoded($0.value) }.joined(separator: "&")
    return site.browser().post(target, raw: Array(body.utf8), ["x-twilio-signature": signature])
  }
}
