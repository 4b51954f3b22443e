import Testing
import Web

@testable import App

@Suite struct FlashTests {
  @Test(arguments: [("e", 1_000), ("é", 500), ("€", 333), ("💩", 250), ("e\u{301}", 333)])
  func `a line that is too long for a cookie is cut between two characters`(character: String, kept: Int) throws {
    let site = try Site()
    func context(_ headers: [String: [UInt8]] = [:]) -> Context {
      Context(site.services, Request(method: .get, target: [47], headers: headers), now: site.now, site.web)
    }
    let first = context()
    _ = try first.carryOut(Change(to: Paths.today, says: String(repeating: character, count: 1_400), undo: Paths.today, did: []), nil)
    let cookie = try first.cookies.first.unwrapped
    #expect(cookie.utf8.count < 4_096)
    let flash = context(["cookie": Array(cookie.prefix { $0 != ";" }.utf8)]).takeFlash()
    let text = try flash.unwrapped.text
    #expect(text.unicodeScalars.allSatisfy { character.unicodeScalars.contains($0) })
    #expect(text.utf8.count >= 996 && text.utf8.count <= 1_000)
    #expect(text.count >= kept)
    #expect(flash?.undo?.path == Paths.today)
  }
}
