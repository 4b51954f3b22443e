import Domain
import Web

@testable import App

extension Target {
  /// Tokens of every purpose: only what was issued is taken, for its own purpose, by its own key, in one spelling.
  static let tokens = Target(
    "tokens", longest: 2_100,
    seeds: Issued.all.map { Array($0.text.utf8) } + bytes(["", "A", "AAAA", String(repeating: "A", count: 2_001)]),
    words: Issued.all.map(\.text) + ["-", "_", "=", "+", "/", "AA", "\n", "\u{301}"]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    var kinds: [String] = []
    for purpose in Keys.Purpose.allCases {
      let isIssued = Issued.all.contains { $0.purpose == purpose && Array($0.text.utf8) == Array(text.utf8) }
      let payload = Token.read(text, purpose, Issued.keys)
      try hold((payload != nil) == isIssued, "a token for \(purpose) is \(payload == nil ? "refused" : "taken that nobody issued")")
      try hold(Token.read(text, purpose, Issued.strangers) == nil, "a token is taken by another installation's key")
      if let payload { try hold(Token.make(payload, purpose, Issued.keys) == text, "a token with two spellings") }
      if isIssued { kinds.append("\(purpose)") }
    }
    if let link = ActionLink(token: text, Issued.keys) { try hold(link.token(Issued.keys) == text, "an action link with two spellings") }
    if let link = UnsubscribeLink(token: text, Issued.keys) {
      try hold(link.token(Issued.keys) == text, "an unsubscribe link with two spellings")
    }
    let isSession = Bytes.fromBase64url(text)?.count == 32
    try hold(!isSession || Bytes.base64url(Bytes.fromBase64url(text) ?? []) == text, "a session token with two spellings")
    return "\(kinds) \(isSession) \(Bytes.fromBase64url(text).map { size($0.count) } ?? "-")"
  }

  /// Where a list goes on. Not signed: whatever it says, it is a place in one's own list and has one spelling.
  static let cursors = Target(
    "cursors", longest: 1_300,
    seeds: ["0", "1790000000000000", "low", "critical", "Water the plants", "\u{E9}", "-9223372036854775808"].flatMap { key in
      ReminderFilter.Sort.allCases.map { Array(Cursor($0, key: key, id: ID(high: 1, low: 2)).text.utf8) }
    } + bytes(["", "AAAA", String(repeating: "A", count: 1_201)]),
    words: ["A", "_", "-", "=", "MTc5"]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    guard let cursor = Cursor(text) else { return "none" }
    try hold(Array(cursor.text.utf8) == Array(text.utf8), "a cursor with two spellings: \(cursor.text)")
    let fits = ReminderFilter.Sort.allCases.map { cursor.fits($0) }
    try hold(!fits[0] || cursor.instant != nil, "a cursor by time without a time")
    try hold(!cursor.key.utf8.contains(0), "a NUL for the database")
    return "\(fits) \(size(cursor.key.utf8.count))"
  }
}

/// What this installation has given out.
private enum Issued {
  static let keys = Keys(secret: [UInt8](repeating: 7, count: 32))
  static let strangers = Keys(secret: [UInt8](repeating: 8, count: 32))

  static let all: [(purpose: Keys.Purpose, text: String)] = {
    let link = ActionLink(ID(high: 1, low: 2), to: nil, sentAt: Instant(seconds: 1_790_000_000))
    let letter = ID<AccountMail>(high: 3, low: 4)
    return [
      (.link, link.token(keys)),
      (.link, ActionLink(ID(high: 1, low: 2), to: .user(ID(high: 5, low: 6)), sentAt: link.expiresAt).token(keys)),
      (.link, ActionLink(ID(high: 1, low: 2), to: .contact(ID(high: 7, low: 8)), sentAt: link.expiresAt).token(keys)),
      (.unsubscribe, UnsubscribeLink(ID(high: 5, low: 6), "someone@heed.example").token(keys)),
      (.unsubscribe, UnsubscribeLink(contactOf: ID(high: 5, low: 6), "someone@heed.example").token(keys)),
      (.contact, ContactMail.token(ID(high: 9, low: 10), keys)),
      (.accountMail, AccountMail.token(letter, keys)), (.flash, Token.make(Array("Saved.\0/reminders".utf8), .flash, keys)),
      (.csrf, Token.make([1], .csrf, keys)), (.cursor, Token.make([1], .cursor, keys)),
    ]
  }()
}
