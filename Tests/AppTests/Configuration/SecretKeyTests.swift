import Testing

@testable import App

@Suite("Secret key")
struct SecretKeyTests {
  static let bytes = (0..<40).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 89 &+ 7) }
  static let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()

  @Test(arguments: [
    hex, hex.uppercased(), "B2BrJOpt+0l+uqvQZM8rqC2QT2yP2AAQAIDIPRqPLPEkD6DBaTQxEA==",
  ])
  func `hex and base64 are both understood`(text: String) throws {
    #expect(try SecretKey(text).bytes.count == 40)
  }

  @Test(arguments: [
    ("_-8", [0xff, 0xef] as [UInt8]), ("/+8=", [0xff, 0xef]), ("////", [0xff, 0xff, 0xff]), ("AAECAw==", [0, 1, 2, 3]),
  ])
  func `both alphabets of base64 decode alike`(text: String, tail: [UInt8]) throws {
    let filler = String(repeating: "QkJC", count: 11)
    #expect(try SecretKey(filler + text).bytes.suffix(tail.count) == tail[...])
  }

  @Test(arguments: ["", "AAAA", String(repeating: "a", count: 62), "Q", String(repeating: "Q", count: 45), "päss", "a b"])
  func `too short or not an encoding is refused`(text: String) {
    #expect(throws: Mistake.self) { try SecretKey(text) }
  }

  @Test func `a made-up key is told from a random one`() throws {
    #expect(try SecretKey(String(repeating: "00", count: 32)).weakness == "repeats the same few bytes")
    #expect(try SecretKey("VGhpcyBpcyBub3QgYSBzZWNyZXQsIGl0IGlzIGEgcGhyYXNlIQ==").weakness == "is readable text")
    let series = (0..<32).map { String($0 | 0x100, radix: 16).dropFirst() }.joined()
    #expect(try SecretKey(series).weakness == "is a regular series")
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let random = (0..<32).map { _ in String(UInt8.random(in: 0...255, using: &generator) | 0, radix: 16) }
      let text = random.map { $0.count == 1 ? "0" + $0 : $0 }.joined()
      #expect(try SecretKey(text).weakness == nil)
    }
  }
}
