import Testing

@testable import Web

/// Tokens under a mask, and the remark of random length.
@Suite struct MaskTests {
  private let token = "00f1e2d3c4b5a697887766554433220f"

  private func page(_ tokens: [String]) -> [UInt8] {
    Array(("<p>0000</p>" + tokens.map { "<input name=\"csrf\" value=\"\(Mask.bare($0))\">" }.joined(separator: "0 00")).utf8)
  }

  private func values(_ page: [UInt8]) -> [String] {
    String(decoding: page, as: UTF8.self).split(separator: "value=\"").dropFirst().map { String($0.prefix(64)) }
  }

  @Test(arguments: 0..<70) func `a token is masked wherever it stands, all on a page alike`(shift: Int) {
    let plain = [UInt8](repeating: UInt8(ascii: "x"), count: shift) + page([token, token, token])
    var body = plain
    Mask.cover(token, in: &body)
    let found = values(body)
    #expect(found.count == 3 && Set(found).count == 1 && found[0].hasSuffix(token) == false)
    #expect(found.allSatisfy { Mask.uncovered($0) == Array(token.utf8) })
    // Nothing else of the page is touched.
    let tail = String(decoding: body.dropFirst(plain.count), as: UTF8.self)
    #expect(tail.hasPrefix("<!--") && tail.hasSuffix("-->") && tail.dropFirst(4).dropLast(3).allSatisfy(\.isHexDigit))
    #expect(String(decoding: body.prefix(plain.count), as: UTF8.self).split(separator: found[0]).count == 4)
  }

  @Test func `no two answers are alike, in their masks or in their lengths`() {
    let covered = (0..<300).map { _ in
      var body = page([token])
      Mask.cover(token, in: &body)
      return body
    }
    #expect(Set(covered.flatMap(values)).count == 300)
    let lengths = covered.map { $0.count - page([token]).count - 7 }
    #expect(lengths.allSatisfy { 0..<256 ~= $0 } && Set(lengths).count > 120)
    // Every digit of the masked half comes as often as any other: nothing of the token shows through.
    for place in 0..<64 {
      let digits = Dictionary(grouping: covered.flatMap(values)) { Array($0)[place] }
      #expect(digits.count == 16 && digits.values.allSatisfy { $0.count < 60 }, "\(place)")
    }
  }

  @Test(arguments: ["", "<p>000000000000000000000000000000000000000000000000000000000000000000</p>", "0"])
  func `a page without a token stays as it is`(text: String) {
    var body = Array(text.utf8)
    Mask.cover(token, in: &body)
    #expect(body == Array(text.utf8))
    // The token of somebody else is none of this page's.
    body = page([String(token.reversed())])
    Mask.cover(token, in: &body)
    #expect(body == page([String(token.reversed())]))
  }

  @Test func `a form is taken under any mask, without one, and in no other way`() {
    let csrf = CSRF(keys: Keys(secret: Array("an installation's secret of 32 bytes".utf8)), publicOrigin: "https://heed.example")
    let token = csrf.token(session: "a")
    var body = page([token])
    Mask.cover(token, in: &body)
    let masked = values(body)[0]
    func allows(_ sent: String) -> Bool { csrf.allows(Form([("csrf", sent)]), token: token) }
    #expect(allows(masked) && allows(Mask.bare(token)) && allows(token))
    for wrong in [
      String(masked.dropLast()), masked + "0", String(masked.suffix(32)), String(masked.prefix(32)), String(masked.reversed()),
      String(repeating: "0", count: 64), masked.replacing(masked.suffix(1), with: "g"), "", " " + token,
    ] { #expect(!allows(wrong), "\(wrong)") }
    #expect(!csrf.allows(Form([("csrf", masked)]), token: csrf.token(session: "b")))
  }
}
