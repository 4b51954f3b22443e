import Domain
import HTML
import Web

/// The entity tag of a list (RFC 9110, section 8.8.3): all that its page is made of, and how long the clock leaves that as it is.
///
/// A browser that has the page sends it back, and whether it still has it right is known from the session and its person alone, read in one statement:
/// no row is. What a tag says of the clock nobody has to believe but who sent it.
struct ListTag: Equatable {
  /// A hash (``Context/listMark(_:)``).
  let mark: String
  let from, until: Instant

  init(mark: String, _ clock: PageClock) { (self.mark, from, until) = (mark, clock.from, clock.until) }

  /// - Parameter sent: one entity tag, weak or not; nil for what is none of these.
  init?(_ sent: [UInt8]) {
    let parts = String(decoding: ETag.opaque(sent), as: UTF8.self).utf8.filter { $0 != UInt8(ascii: "\"") }
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 3, let from = Int64(parts[1], radix: 36), let until = Int64(parts[2], radix: 36) else { return nil }
    (mark, self.from, self.until) = (parts[0], Instant(microseconds: from), Instant(microseconds: until))
  }

  /// A weak one: it is not of the page's mask and its padding, which differ each time.
  var text: String {
    "W/\"\(mark).\(String(from.microseconds, radix: 36)).\(String(until.microseconds, radix: 36))\""
  }

  /// Whether the page is still good, as far as the clock goes.
  func isGood(at now: Instant) -> Bool { from <= now && now < until }
}

extension Context {
  /// A list whose page is made of nothing but rows of tables that are `listed`, what is known of the person and their session, its address, and
  /// ``clock``: answered 304 when the browser has it already, before a row is read.
  ///
  /// - Parameter make: reads the rows and makes the page.
  func list<Page: Template>(_ make: () throws -> Page) throws -> Response {
    // A flash line is shown whatever the browser has.
    if hasFlash { return page(try make()) }
    let known = ETag.all(in: request.headerText("if-none-match")).compactMap(ListTag.init).filter { $0.isGood(at: now) }
    if !known.isEmpty {
      let mark = listMark(try person)
      if let tag = known.first(where: { $0.mark == mark }) { return .html([], status: 304).tagged(tag.text) }
    }
    let made = page(try make())
    let tag = ListTag(mark: listMark(try person), clock).text
    if ETag.matches(request.headerText("if-none-match"), tag) { return .html([], status: 304).tagged(tag) }
    return made.tagged(tag)
  }

  /// A page of rows that change unheard, answered 304 where the browser has it already. They are read for that: what is spared is what the script would
  /// put in place.
  ///
  /// - Parameter shown: all that it shows of those rows and of the clock.
  func page(_ page: some Template, showing shown: [String]) throws -> Response {
    if hasFlash { return self.page(page) }
    let text = ([listMark(try person)] + shown).joined(separator: "\n")
    let tag = "W/\"" + ContentHash.text(of: Array(text.utf8)) + "\""
    if ETag.matches(request.headerText("if-none-match"), tag) { return .html([], status: 304).tagged(tag) }
    return self.page(page).tagged(tag)
  }

  /// A hash of everything that such a page is made of but the clock. It is read before the rows: what changes in between shows itself the next time.
  private func listMark(_ person: Person) -> String {
    let zone = [services.zones.version, person.zone.rule, String(person.isZoneLost)]
    let parts = [person.mark, csrfToken ?? "", services.mark, String(decoding: request.target, as: UTF8.self)] + zone
    return ContentHash.text(of: Array(parts.joined(separator: "\n").utf8))
  }
}

extension Response {
  /// The page as one that a browser may keep and has to ask about.
  func tagged(_ tag: String) -> Response {
    var response = self
    response.set("ETag", tag)
    response.set("Cache-Control", "private, no-cache")
    return response
  }
}
