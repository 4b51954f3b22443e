import Testing
import Web

@testable import App
@testable import Domain
@testable import Net

/// The gateway for SMS, as its settings say.
@Suite struct SMSGatewayTests {
  private static let enough = ["HEED_SMS_ACCOUNT": "AC01", "HEED_SMS_TOKEN": "sesame", "HEED_SMS_FROM": "+15005550006"]

  @Test func `three settings are enough, and none is none`() throws {
    let gateway = try configuration(Self.enough).sms.unwrapped
    #expect(gateway.url == "https://api.twilio.com" && gateway.account == "AC01" && gateway.sender == .from("+15005550006"))
    #expect(gateway.origin == "http://127.0.0.1:8080" && !"\(gateway)".contains("sesame"))
    #expect(try configuration().sms == nil)
    #expect(try configuration(Self.enough.merging(["HEED_SMS_URL": "http://10.0.0.1:8080/"]) { $1 }).sms?.url == "http://10.0.0.1:8080")
  }

  @Test(arguments: [
    ("+1 (500) 555-0006", SMSGateway.Sender.from("+15005550006")), ("Heed", .from("Heed")), ("24680", .from("24680")),
    ("MG0123456789abcdef0123456789abcdef", .service("MG0123456789abcdef0123456789abcdef")),
  ])
  func `messages come from a number, a name or a service`(from: String, sender: SMSGateway.Sender) throws {
    #expect(try configuration(Self.enough.merging(["HEED_SMS_FROM": from]) { $1 }).sms?.sender == sender)
  }

  @Test(arguments: [
    (["HEED_SMS_TOKEN": ""], "HEED_SMS_TOKEN: is missing"), (["HEED_SMS_FROM": ""], "HEED_SMS_FROM: is missing"),
    (["HEED_SMS_ACCOUNT": ""], "HEED_SMS_ACCOUNT: is missing"), (["HEED_SMS_ACCOUNT": "AC/../x"], "HEED_SMS_ACCOUNT: is no account SID"),
    (["HEED_SMS_TOKEN": "two words"], "HEED_SMS_TOKEN: holds"), (["HEED_SMS_FROM": "a name that is too long"], "HEED_SMS_FROM: is “a name"),
    (["HEED_SMS_URL": "api.twilio.com"], "HEED_SMS_URL: is no address"),
    (["HEED_SMS_URL": "https://me:sesame@x.test"], "HEED_SMS_URL: is no address"),
    (["HEED_SMS_URL": "https://x.test/?a=b"], "HEED_SMS_URL: is no address"),
  ])
  func `what cannot be is said, without its token`(changes: [String: String], says: String) {
    let found = complaints(Self.enough.merging(changes) { $1 })
    #expect(found.contains { $0.contains(says) } && !found.joined().contains("sesame"), "\(found)")
  }

  @Test func `an address alone has no effect`() throws {
    let notes = try configuration(["HEED_SMS_URL": "https://x.test"]).notes.map(\.description)
    #expect(notes.contains { $0.contains("has no effect without HEED_SMS_ACCOUNT") })
  }

  @Test(arguments: [
    ("https://heed.test", "https://heed.test", true), ("https://heed.test", "https://heed.test:443", true),
    ("https://heed.test:8443", "https://heed.test:8443", true), ("https://heed.test:8443", "https://heed.test", true),
    ("http://[::1]:8080", "http://[::1]", true), ("http://[::1]", "http://[::1]:80", true),
    ("https://heed.test", "http://heed.test", false),
    ("https://heed.test", "https://heed.test:8443", false), ("https://heed.test:8443", "https://heed.test:443", false),
  ])
  func `what is posted is signed with our port or without it`(origin: String, signed: String, isRight: Bool) {
    let gateway = SMSGateway(url: "https://x.test", account: "AC01", token: "sesame", sender: .from("Heed"), origin: origin)
    let signature = FormSignature.sign(signed + "/hooks/sms/status?message=1", [("A", "b")], token: "sesame")
    let request = Request(
      method: .post, target: Array("/hooks/sms/status?message=1".utf8), headers: [FormSignature.header: Array(signature.utf8)])
    #expect(gateway.hasSent(request, Form([("A", "b")])) == isRight)
    #expect(!gateway.hasSent(request, Form([("A", "c")])))
  }

  @Test(arguments: [
    ("The 'To' number +351912345678 is not valid", "The 'To' number +…78 is not valid"), ("Error 20500, 912345", "Error 20500, 912345"),
    ("0912345678", "…78"), ("a\u{0}b\n", "ab"),
  ])
  func `what it says is kept without numbers of telephones`(says: String, kept: String) {
    #expect(GatewayError(code: "21211", text: says).text == kept)
  }

  @Test func `a look at the account says whether it lets us in`() throws {
    let sink = try Sink("twilio_sink.py")
    for (port, token, says) in [
      (sink.port, Texting.token, "fine"), (sink.port, "wrong", "status(401)"), (9, Texting.token, "failed"),
    ] {
      let trial = try Texting.gateway(port, token: token).trial()
      #expect("\(trial)".hasPrefix(says), "\(trial)")
    }
    // Nothing was sent.
    #expect(try sink.log().isEmpty)
  }
}
