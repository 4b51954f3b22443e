import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// The people of the walk and what is theirs: an owner with a reminder that rings, a housemate, a stranger, and nobody.
final class House {
  /// Somebody, with what their requests carry.
  struct Guest: Sendable {
    let name: String
    let cookie: String
    let csrf: String
    var isNobody: Bool { name == "nobody" }
    var isOwner: Bool { name == "owner" }
  }

  /// A field of a form.
  struct Field: Sendable {
    let name: String
    /// A right value, encoded.
    let right: String
    let rule: Rule
    /// What else the form must say for this field to be read.
    var with: [String: String] = [:]
    /// The right value as a person types it.
    var typed: (String, String) { (name, right.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? right) }
  }

  let site: Site
  let guests: [Guest]
  /// What stands for the parameters of routes: by their names, tokens by the pattern they belong to.
  private let values: [String: String]

  /// What a house is copied from: something of every kind is made once in a process.
  private struct Kept: Sendable {
    let site: Site.Kept
    let guests: [Guest]
    let values: [String: String]
  }

  private static let kept = Result<Kept, any Error> {
    let house = try House(on: Site())
    return Kept(site: try house.site.keep(), guests: house.guests, values: house.values)
  }

  init() throws {
    let kept = try House.kept.get()
    site = try Site(copying: kept.site)
    (guests, values) = (kept.guests, kept.values)
  }

  private init(on site: Site) throws {
    self.site = site
    let owner = try site.person("ana@x.test")
    // Another owner, or the first could not go.
    _ = try site.person("carl@x.test", sharing: owner, role: .owner)
    let people = [
      ("owner", owner), ("housemate", try site.person("bob@x.test", sharing: owner, role: .viewer)),
      ("stranger", try site.person("eve@x.test")), ("nobody", site.browser()),
    ]
    let things = footprints.flatMap(\.parameters) + footprints.flatMap(\.tokens)
    values = try Dictionary(uniqueKeysWithValues: things.map { ($0.key, try $0.value(owner)) })
    guests = people.map { name, browser in
      let csrf = browser.token()
      let cookie = browser.cookies.filter { !$0.key.hasSuffix("heed_flash") }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
      return Guest(name: name, cookie: cookie, csrf: csrf)
    }
  }

  /// Pages that lead on, that are not there before somebody has decided, or that are about a thing which their query names.
  static let leading: Set<String> = [
    "/drafts/next", "/drafts/:draft/diff.json", "/links/new", "/relationships/new", "/people/:person/path",
  ]

  /// The path of a route with the owner's rows in it, or with `parameter` in their place.
  func path(_ pattern: String, _ parameter: String? = nil) -> String {
    pattern.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      guard segment.hasPrefix(":") else { return String(segment) }
      let name = segment.prefix { $0 != "." }
      return (parameter ?? values[name == ":token" ? pattern : String(name)] ?? "missing") + segment.dropFirst(name.count)
    }.joined(separator: "/")
  }

  /// Names a press and no row: whoever has nothing of it to undo is told so, as when they undo twice.
  static let presses: Set<String> = ["/habits/bulk/:press/restoration"]

  // Put together once: the walk asks tens of thousands of times.
  private static let posts = Footprint.all(\.posts)
  private static let queried = Footprint.all(\.queries)
  private static let owned = patterns(\.owned)
  private static let shared = patterns(\.shared)

  /// The addresses of the site that have one of these parameters.
  private static func patterns(_ parameters: (Footprint) -> Set<String>) -> Set<String> {
    let all = footprints.map(parameters)
    return Set(App.site.map(\.pattern).filter { pattern in all.contains { $0.contains { pattern.contains($0) } } })
  }

  /// Whether the path names a row that only its owner may know of.
  static func isOwned(_ pattern: String) -> Bool { owned.contains(pattern) }

  /// Whether the path names a row that its account shares.
  static func isShared(_ pattern: String) -> Bool { shared.contains(pattern) }

  /// What a form is answered with when nothing is wrong.
  static func success(_ pattern: String) -> Int { posts[pattern]?.status ?? 303 }

  /// The fields of a form, as its feature names them.
  func fields(_ pattern: String) -> [Field] {
    (House.posts[pattern]?.fields ?? []).map {
      Field(name: $0.name, right: values[$0.right] ?? $0.right, rule: $0.rule, with: $0.with)
    }
  }

  /// The values that pages read from their address.
  static func queries(_ pattern: String) -> [Field] {
    queried[pattern] ?? ["status", "q", "after", "next", "year"].map { Field(name: $0, right: "", rule: .ignored) }
  }
}
