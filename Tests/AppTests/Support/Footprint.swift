import Postgres

@testable import App
@testable import Domain

/// What the tests that walk every route and table must know of a feature. It says so once, in its own folder of tests, as an `extension Footprint`,
/// and is named in ``footprints``: the walks' own lists stand for what is older.
struct Footprint: Sendable {
  /// A form, as it is right.
  struct Post: Sendable {
    /// What it leaves in the audit log.
    let entry: String
    var fields: [House.Field] = []
    /// Another post of the same thing that has to come before, or this one changes nothing: its pattern.
    var after: String?
  }

  /// What stands for the parameters of its routes, each with what finds or makes such a thing of a person: `:habit`.
  var parameters: [String: @Sendable (Browser) throws -> String] = [:]
  /// Parameters that name a row which only its owner may know of.
  var owned: Set<String> = []
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
  /// All of its tables, with what the worker may do: delete, insert, select, update, by their first letters. Requests read them and add to them.
  var worked: [String: String] = [:]
  /// Functions at the door: `delete_habit web`.
  var doors: [String] = []
}

extension Footprint {
  /// The thing of a person that a parameter stands for; nil: of no feature here.
  static func value(_ parameter: String, _ browser: Browser) throws -> String? {
    try footprints.lazy.compactMap { $0.parameters[parameter] }.first.map { try $0(browser) }
  }

  /// The address of another post of the thing that an address names.
  static func pattern(_ pattern: String, at path: String) -> String {
    let known = path.split(separator: "/")
    return "/"
      + pattern.split(separator: "/").enumerated().map { number, part in part.hasPrefix(":") ? known[number] : part }.joined(separator: "/")
  }

  /// What all of them say, by table or pattern.
  static func all<Value>(_ part: (Footprint) -> [String: Value]) -> [String: Value] {
    footprints.reduce(into: [:]) { all, footprint in all.merge(part(footprint)) { first, _ in first } }
  }
}
