import HTML
import Web

/// One line that says what the last post did, on the page it led to, with an Undo where the rules give one. It travels in a short signed
/// cookie that the page clears, and is for the session it was made in: whoever signs in next on the same browser reads nothing of it.
struct Flash {
  /// The name of the cookie, bound to this host where the public address is https, as that of the session.
  static func cookie(_ services: Services) -> String { services.isSecure ? "__Host-heed_flash" : "heed_flash" }

  let text: String
  /// What tools read of it.
  let facts: [Fact]
  let undo: Undo?
  let keep: Keep?
  let offer: Offer?

  /// What the cookie holds.
  ///
  /// - Parameters:
  ///   - undo: where a post takes the change back.
  ///   - wording: where a post keeps the words that were typed.
  ///   - offer: what may be wanted next.
  ///   - session: whose next page it is for; nil: one for nobody.
  static func token(
    _ text: String, undo: Path?, _ wording: Wording? = nil, offering offer: Offered? = nil, facts: [Fact] = [], for session: SessionCookie?,
    _ keys: Keys
  ) -> String {
    // A cookie holds 4,096 bytes. The cut falls between two characters.
    var kept = Array(text.utf8.prefix(1_000))
    while Bytes.validText(kept) == nil { kept.removeLast() }
    let said = facts.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    let rest: [String?] = [undo?.text, wording?.path.text, wording?.words, said, offer?.path.text, offer?.label]
    let payload = [Array((session?.id.text ?? "").utf8), kept] + rest.map { Array(($0 ?? "").utf8) }
    return Token.make(Array(payload.joined(separator: [0])), .flash, keys)
  }

  /// The same from the cookie.
  fileprivate static func facts(_ text: String) -> [Fact] {
    text.utf8.split(separator: UInt8(ascii: "&")).compactMap { part -> Fact? in
      let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
      return sides.count == 2 ? Fact(name: sides[0], value: sides[1]) : nil
    }
  }

  /// A number or a word without `&`.
  struct Fact {
    let name: String
    let value: String
  }

  /// A form that takes the change back.
  struct Undo {
    let path: Path
    let secret: CSRFField
    /// The page that the line stands on, which is where it leads where the thing's own page is not meant; nil: none that can be asked for.
    let back: HiddenField?
  }

  /// A post that may be wanted next, and what its button says.
  struct Offered {
    let path: Path
    /// At most 250 characters, none of them NUL: they travel in the cookie.
    let label: String
  }

  /// A form that does so.
  struct Offer {
    let path: Path
    let secret: CSRFField
    let label: String
  }

  /// The words that a thing was just made of, and where a post makes them its title.
  struct Wording {
    let path: Path
    /// At most 200 characters, none of them NUL: they travel in the cookie.
    let words: String
  }

  /// A form that keeps them.
  struct Keep {
    let path: Path
    let secret: CSRFField
    let words: HiddenField
    /// What was just made.
    let version = HiddenField(name: "version", value: "1")
  }
}

extension Context {
  /// What the field `csrf` of this person's forms stands for: constant as long as they are signed in. Nil before.
  var csrfToken: String? { session.map { services.csrf.token(session: $0.id.text) } }

  /// The `csrf` field of this person's forms.
  func csrfField() -> CSRFField { CSRFField(csrfToken ?? "", on: self) }

  /// The `csrf` field of a form that nobody need be signed in for; before sign-in that of the door cookie, which is made when it is not there.
  func publicCSRFField() -> CSRFField {
    if csrfToken != nil { return csrfField() }
    let door: String
    if let sent = cookie(CSRF.doorCookie), Bytes.fromBase64url(sent)?.count == 16 {
      door = sent
    } else {
      door = Bytes.base64url(Keys.random(16))
      setCookie(CSRF.doorCookie, door, seconds: nil)
    }
    return CSRFField(services.csrf.token(door: door), on: self)
  }

  /// The line that the last answer set, once. One that was set in another session, or in none, is dropped.
  func takeFlash() -> Flash? {
    guard hasFlash, let sent = cookie(Flash.cookie(services)) else { return nil }
    setCookie(Flash.cookie(services), "", seconds: 0)
    let parts = Token.read(sent, .flash, services.keys)?.split(separator: 0, omittingEmptySubsequences: false) ?? []
    guard parts.count == 8, parts[0].elementsEqual((session?.id.text ?? "").utf8) else { return nil }
    let texts = parts.map { String(decoding: $0, as: UTF8.self) }
    return Flash(
      text: texts[1], facts: Flash.facts(texts[5]),
      undo: Path(checking: texts[2]).map { Flash.Undo(path: $0, secret: csrfField(), back: here) },
      keep: Path(checking: texts[3]).map { Flash.Keep(path: $0, secret: csrfField(), words: HiddenField(name: "words", value: texts[4])) },
      offer: Path(checking: texts[6]).map { Flash.Offer(path: $0, secret: csrfField(), label: texts[7]) })
  }

  /// Where a form of this page says it stands.
  private var here: HiddenField? {
    Path(ofPage: String(decoding: request.target, as: UTF8.self)).map { HiddenField(name: "next", value: $0.text) }
  }

  /// Whether a flash line is to be shown: such a page is never answered 304. Live refresh fetches the same address and must not swallow it.
  var hasFlash: Bool {
    if let target = request.header("sec-fetch-dest"), !target.elementsEqual("document".utf8) { return false }
    return cookie(Flash.cookie(services)).map { !$0.utf8.isEmpty } ?? false
  }

  /// A page of ours.
  func page(_ view: some Template, status: Int = 200) -> Response {
    .html(view.rendered(words), status: status)
  }

  /// A timeline: carries an ETag and is answered 304 when the browser has it already. A weak one: it is of the page before its mask and its
  /// padding, which differ each time.
  func list(_ view: some Template) -> Response {
    var response = page(view)
    if hasFlash { return response }
    let tag = "W/\"" + ContentHash.text(of: response.body) + "\""
    response = response.tagged(tag)
    if ETag.matches(request.headerText("if-none-match"), tag) {
      response.status = 304
      response.body = []
    }
    return response
  }
}

/// Entity tags (RFC 9110, section 8.8.3).
enum ETag {
  /// Whether `If-None-Match` holds the tag, weak or not: the comparison for GET is the weak one.
  static func matches(_ header: String?, _ tag: String) -> Bool {
    let own = opaque(Array(tag.utf8))
    return all(in: header).contains { opaque($0) == own || $0.elementsEqual("*".utf8) }
  }

  /// What `If-None-Match` holds, one by one: tags in their quotation marks and `*`, nothing else.
  static func all(in header: String?) -> [[UInt8]] {
    let parts = header?.utf8.split(separator: UInt8(ascii: ",")).map { part in part.filter { $0 != 32 && $0 != 9 } } ?? []
    return parts.filter { part in
      let tag = opaque(part)
      let isQuoted = tag.count >= 2 && tag.first == UInt8(ascii: "\"") && tag.last == UInt8(ascii: "\"")
      return isQuoted || part.elementsEqual("*".utf8)
    }
  }

  /// A tag without what says that it is weak.
  static func opaque(_ tag: [UInt8]) -> [UInt8] { tag.starts(with: "W/".utf8) ? Array(tag.dropFirst(2)) : tag }
}
