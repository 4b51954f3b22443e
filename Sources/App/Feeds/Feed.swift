import Domain
import HTML
import Postgres
import Web

extension EventPublishing.Detail: Bindable, FromColumn {}

/// What may be in a feed.
enum FeedPart: String, CaseIterable { case reminders, events, tasks, deadlines }

/// The address by which other calendars read a person's, as stored (RULES 9.28). The address itself is nowhere: the hash of its token is.
struct Feed {
  let id: ID<Feed>
  /// Words of ``FeedPart``.
  let include: [String]
  let detail: EventPublishing.Detail
  let hasDescriptions: Bool
  let madeAt: Instant
  /// To a quarter of an hour; nil: nobody has read it yet.
  let readAt: Instant?
  /// Of all that it was made of when it was built last; empty: never.
  let stamp: String
  /// Of what was built.
  let etag: String

  /// What it is about, for the audit log.
  static let subject = "feed"
  /// Letters of a token.
  static let tokenLength = 43
  /// How often it is noted that it was read, in seconds.
  static let readEvery: Int64 = 900

  /// A new token: 256 random bits.
  static func newToken() -> String { Bytes.base64url(Keys.random(32)) }

  /// What the table holds of a token.
  static func hash(_ token: String) -> [UInt8] { Keys.sha256(Array(token.utf8)) }

  /// That of the person that the transaction is for, if there is one.
  static var mine: Query<Feed> {
    Query(
      "SELECT id, include, detail, descriptions, made_at, read_at, stamp, etag FROM feeds WHERE user_id = (SELECT me())", into: Feed.init)
  }

  /// In the order of the form.
  var parts: [FeedPart] { FeedPart.allCases.filter { include.contains($0.rawValue) } }
}

/// The form of a feed, as it was posted.
struct FeedDraft {
  let parts: [FeedPart]
  let detail: EventPublishing.Detail
  let hasDescriptions: Bool

  init(_ form: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    let sent = form.all("include")
    let isKnown = sent.allSatisfy { value in value == .text("") || FeedPart.allCases.contains { value == .text($0.rawValue) } }
    if !isKnown { read.complain("include", words("Choose one of the values offered.")) }
    let chosen = FeedPart.allCases.filter { sent.contains(.text($0.rawValue)) }
    parts = chosen.isEmpty ? [.reminders] : chosen
    detail = read.choice("detail", .full)
    hasDescriptions = read.flag("descriptions")
    try read.finish()
  }

  /// For the audit log.
  var facts: [String: String] {
    ["feed_include": parts.map(\.rawValue).joined(separator: " "), "feed_detail": detail.rawValue]
      .merging(hasDescriptions ? ["feed_descriptions": "on"] : [:]) { $1 }
  }
}
