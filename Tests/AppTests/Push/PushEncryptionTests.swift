import Crypto
import HTML
import Net
import Testing
import Web

@testable import App
@testable import Domain

/// What leaves for a push service, against the examples of the standards and by the letter.
@Suite struct PushEncryptionTests {
  /// RFC 8291, appendix A.
  @Test func `the example of the standard is enciphered as it says`() throws {
    let own = try Bytes.fromBase64url("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").unwrapped
    let salt = try Bytes.fromBase64url("DGv6ra1nlYgDCS1FRnbzlw").unwrapped
    let browser = try PushKeys(point: Pushed.point, auth: Pushed.auth).unwrapped
    let sealed = try PushEncryption.seal(
      Array("When I grow up, I want to be a watermelon".utf8), for: browser,
      own: P256.KeyAgreement.PrivateKey(rawRepresentation: own), salt: salt)
    #expect(
      Bytes.base64url(sealed)
        == "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        + "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")
  }

  @Test func `two of the same message have nothing in common but its length`() throws {
    let browser = try PushKeys(point: Pushed.point, auth: Pushed.auth).unwrapped
    let message = [UInt8](repeating: 97, count: PushEncryption.most)
    let (one, two) = (try PushEncryption.seal(message, for: browser), try PushEncryption.seal(message, for: browser))
    #expect(one.count == 4_096 && two.count == 4_096)
    #expect(one.prefix(16) != two.prefix(16) && one[21..<86] != two[21..<86] && one.suffix(200) != two.suffix(200))
  }

  private static let short = String(Pushed.point.dropLast(2))
  private static let keys: [(String, String, Bool)] = [
    (Pushed.point, Pushed.auth, true), (Pushed.point + "==", Pushed.auth + "==", true), (Pushed.point + "===", Pushed.auth, false),
    ("", Pushed.auth, false), (Pushed.point, "", false), (Pushed.point, "BTBZMqHH6r4Tts7J_aSI", false),
    // 64 bytes; a point beside the curve; one that is compressed.
    (Bytes.base64url(Array(repeating: 4, count: 64)), Pushed.auth, false), (short + "Aw", Pushed.auth, false),
    ("AiVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx", Pushed.auth, false), (short, Pushed.auth, false),
  ]

  @Test(arguments: keys)
  func `Hard case 13: keys that are none are refused`(point: String, auth: String, isTaken: Bool) {
    #expect((PushKeys(point: point, auth: auth) != nil) == isTaken)
  }

  @Test(arguments: [
    ("https://push.example.org/send/1?x=y", "https://push.example.org"), ("https://Push.Example.org:443/", "https://push.example.org"),
    ("HTTPS://push.example.org:8443/", "https://push.example.org:8443"), ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080"),
    ("https://[2606:4700::1]/x", "https://[2606:4700::1]"),
  ])
  func `an address has its origin`(url: String, origin: String) {
    #expect(VAPID.origin(of: url) == origin)
  }

  @Test func `the key is the secret's, for all time and for no other`() throws {
    let keys = Keys(secret: Site.secret)
    let key = try VAPID(keys).publicKey
    #expect(try VAPID(Keys(secret: Site.secret)).publicKey == key)
    #expect(try VAPID(Keys(secret: Site.secret.reversed())).publicKey != key)
    #expect(Bytes.fromBase64url(key)?.count == 65)
  }

  private static let family = "👩‍👩‍👧‍👦"

  @Test(arguments: [
    ("ação", 6, "ação"), ("ação", 5, "a…"), ("ação", 4, "a…"), ("ação", 3, "…"), ("ação", 2, ""), ("ação", -9, ""), ("", 0, ""),
    ("e\u{301}e\u{301}", 5, "…"), ("e\u{301}e\u{301}", 6, "e\u{301}e\u{301}"), ("a\"bcdef", 6, "a\"…"), ("a\"bcdef", 5, "a…"),
    (family + family, 30, family + "…"), (family + family, 27, "…"),
  ])
  func `Hard case 13: what is too long is cut by letters and not by bytes`(text: String, most: Int, kept: String) {
    #expect(Array(PushPayload.cut(text, most).utf8) == Array(kept.utf8))
  }

  @Test(arguments: [PushEncryption.most, PushEncryption.shortest])
  func `Hard case 13: a payload of 4,000 letters fits, whatever its letters`(most: Int) throws {
    for letter in ["a", "é", "\"", "\n", "\u{1}", "日", Self.family] {
      let text = String(repeating: letter, count: 4_000)
      for count in [0, 1, 2, 40] {
        let items = (0..<count).map { number in
          AnswerableItem(
            escalation: "01a1f640-bc00-7000-8000-0000000000aa", reminder: "", title: text, facts: text, notes: text, importance: .high,
            tier: 1, tiers: 1, round: 0, dueAt: .distantPast, link: "https://heed.test/a/" + String(repeating: "t", count: 90))
        }
        let content = MessageContent(
          key: ("delivery", "01a1f640-bc00-7000-8000-0000000000bb"), name: "", address: "", subject: text, text: text, html: "",
          items: items, words: Words.of("pt-BR"))
        let json = PushPayload(content, most: most).json.text
        #expect(json.utf8.count <= most, "\(letter) \(count)")
        let read = try JSONValue(json.utf8).unwrapped
        let shown = try (read["title"]?.text).unwrapped + (read["body"]?.text).unwrapped
        #expect(shown.filter { $0 != "…" && $0 != "\n" && String($0) != letter }.isEmpty, "\(letter) \(count)")
      }
    }
  }
}
