import Postgres

@testable import App
@testable import Domain

/// What the tests that walk every route and table must know of a feature. It says so once, in its own folder of tests, as an `extension Footprint`,
/// and is named in ``footprints``.
struct Footprint: Sendable {
  /// A form, as it is right.
  struct Post: Sendable {
    /// What it leaves in the audit log; nil: nothing, and its footprint says why.
    let entry: String?
    /// All of SITEMAP's. A right value may be the thing that a parameter stands for: `:habit`.
    var fields: [House.Field] = []
    /// What it is answered with when nothing is wrong.
    var status = 303
    /// Another post of the same thing that has to come before, or this one changes nothing: its pattern.
    var after: String?
    /// How many entries it leaves, in whichever logs.
    var entries = 1
  }

  /// What stands for the parameters of its routes, each with what finds or makes such a thing of a person: `:habit`.
  var parameters: [String: @Sendable (Browser) throws -> String] = [:]
  /// What stands for `:token`, by the pattern it belongs to.
  var tokens: [String: @Sendable (Browser) throws -> String] = [:]
  /// Parameters that name a row which only its owner may know of.
  var owned: Set<String> = []
  /// Parameters that name a row of the account: its viewers may know of it and change nothing.
  var shared: Set<String> = []
  /// Its posts by their patterns.
  var posts: [String: Post] = [:]
  /// What pages read from their address.
  var queries: [String: [House.Field]] = [:]
  /// Makes a row of each of its tables that has a person, for a person.
  var rows: @Sendable (Browser) throws -> Void = { _ in }
  /// Its tables that have a ``revision``.
  var roots: [String] = []
  /// The columns of its tables that requests change, in the order of their names.
  var changed: [String: String] = [:]
  /// Those of which a person changes all but what says whose and which a row is.
  var whole: Set<String> = []
  /// All of its tables, with what the worker may do: delete, insert, select, update, by their first letters.
  var worked: [String: String] = [:]
  /// What requests may do with them where that is not what a wall gives (`wall_user`), to read and to add: by the same letters. Empty:
  /// single columns at most.
  var asked: [String: String] = [:]
  /// Functions at the door: `delete_habit web`.
  var doors: [String] = []
}

extension Footprint {
  /// The thing of a person that a parameter stands for; nil: of no feature here.
  static func value(_ parameter: String, _ browser: Browser) throws -> String? {
    try footprints.lazy.compactMap { $0.parameters[parameter] }.first.map { try $0(browser) }
  }

  /// What stands for the `:token` of a pattern; nil: it has none.
  static func token(_ pattern: String, _ browser: Browser) throws -> String? { try all(\.tokens)[pattern].map { try $0(browser) } }

  /// The address of another post of the thing that an address names.
  static func pattern(_ pattern: String, of route: String, at path: String) -> String {
    let known = Dictionary(zip(route.split(separator: "/"), path.split(separator: "/"))) { first, _ in first }
    return "/" + pattern.split(separator: "/").map { part in part.hasPrefix(":") ? known[part] ?? part : part }.joined(separator: "/")
  }

  /// What all of them say, by table or pattern.
  static func all<Value>(_ part: (Footprint) -> [String: Value]) -> [String: Value] {
    footprints.reduce(into: [:]) { all, footprint in all.merge(part(footprint)) { first, _ in first } }
  }
}
