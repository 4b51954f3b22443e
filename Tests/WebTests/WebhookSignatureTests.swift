import Domain
import Testing

@testable import Web

/// Standard Webhooks, with the example that its libraries are tested by.
@Suite struct WebhookSignatureTests {
  private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  private let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
  private let timestamp: Int64 = 1_614_265_330
  private let body = Array(#"{"test": 2432232314}"#.utf8)
  private let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

  private func isRight(
    id: String? = "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: String? = "1614265330", signature: String?, body: [UInt8]? = nil,
    secrets: [String]? = nil, after seconds: Int64 = 0
  ) -> Bool {
    WebhookSignature.verify(
      id: id, timestamp: timestamp, signature: signature, body: body ?? self.body, secrets: secrets ?? [secret],
      now: Instant(seconds: self.timestamp + seconds))
  }

  @Test func `the published example is signed and verified`() {
    #expect(WebhookSignature.sign(id: id, timestamp: timestamp, body: body, secret: secret) == signature)
    #expect(isRight(signature: signature))
  }

  @Test(arguments: [(0, true), (299, true), (300, true), (301, false), (-299, true), (-300, true), (-301, false), (86_400, false)])
  func `a signature is good for five minutes, both ways`(seconds: Int64, isGood: Bool) {
    #expect(isRight(signature: signature, after: seconds) == isGood)
  }

  @Test func `one of several signatures is enough`() {
    #expect(isRight(signature: "v1,AAAA " + signature))
    #expect(isRight(signature: "v1a,c2lnbmVk v2,xyz " + signature + " v1,BBBB"))
    #expect(!isRight(signature: "v1,AAAA v1,BBBB"))
    #expect(!isRight(signature: String(repeating: "v1,AAAA ", count: 500) + signature))
  }

  @Test func `the secret before is good as long as it is given`() {
    let new = WebhookSignature.newSecret()
    #expect(isRight(signature: signature, secrets: [new, secret]))
    #expect(!isRight(signature: signature, secrets: [new]) && !isRight(signature: signature, secrets: []))
  }

  @Test func `whatever is changed or missing spoils it`() {
    #expect(!isRight(signature: signature, body: Array(#"{"test":2432232314}"#.utf8)))
    #expect(!isRight(signature: signature, body: []))
    #expect(!isRight(id: "msg_p5jXN8AQM9LWM0D4loKWxJe", signature: signature))
    #expect(!isRight(id: nil, signature: signature) && !isRight(timestamp: nil, signature: signature) && !isRight(signature: nil))
    #expect(!isRight(id: "", signature: signature))
    for timestamp in [
      "", "1614265331", "01614265330", "+1614265330", "1614265330.0", " 1614265330", "-1", "99999999999999999999", "\u{661}614265330",
    ] {
      #expect(!isRight(timestamp: timestamp, signature: signature), "\(timestamp)")
    }
    let cut = [String(signature.dropLast()), String(signature.dropFirst(3))]
    for wrong in ["", " ", "v1", "v1,", signature + "=", "V" + signature.dropFirst()] + cut {
      #expect(!isRight(signature: wrong), "\(wrong)")
    }
  }

  @Test(arguments: ["", "whsec_", "whsec_*", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_A", "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
  func `what is no secret signs what nobody verifies`(secret: String) {
    #expect(!isRight(signature: WebhookSignature.sign(id: id, timestamp: timestamp, body: body, secret: secret), secrets: [secret]))
    #expect(!isRight(signature: "v1,", secrets: [secret]))
  }

  @Test func `a new secret is 32 bytes of chance, and signs`() {
    let secrets = (0..<50).map { _ in WebhookSignature.newSecret() }
    #expect(Set(secrets).count == 50)
    for secret in secrets {
      #expect(Bytes.fromBase64(secret.dropFirst(6))?.count == 32 && secret.utf8.count == 50)
      let signed = WebhookSignature.sign(id: "1", timestamp: timestamp, body: [0, 255], secret: secret)
      #expect(isRight(id: "1", signature: signed, body: [0, 255], secrets: [secret]))
    }
  }

  // The vectors of RFC 4648, and both letters in which the alphabets differ.
  @Test(
    arguments: [
      ([], ""), ([0x66], "Zg=="), ([0x66, 0x6F], "Zm8="), ([0x66, 0x6F, 0x6F], "Zm9v"), ([0xFB, 0xEF, 0xFF], "++//"),
    ] as [([UInt8], String)])
  func `base64 is that of everybody`(bytes: [UInt8], text: String) {
    #expect(Bytes.base64(bytes) == text && Bytes.fromBase64(text) == bytes)
    #expect(Bytes.fromBase64(String(text.filter { $0 != "=" })) == bytes)
  }

  @Test(arguments: ["Zg=", "Z", "Zg===", "=", "Zh==", "Zg==Zg==", "-_-_", "Zm 9"])
  func `what is no base64 is refused`(text: String) {
    #expect(Bytes.fromBase64(text) == nil)
  }
}
