import Foundation
import Testing

@testable import App

/// Devices of one person, each with a connection of its own: what they do is done at once.
struct Devices {
  /// Hands to another thread what it alone uses.
  private struct Box<Value>: @unchecked Sendable { let value: Value }

  private let browsers: [Box<Browser>]

  /// - Parameter seconds: how far the clock of each is ahead of the one before.
  init(_ count: Int, of person: Browser, apart seconds: Int = 0) throws {
    browsers = try (0..<count).map { number in
      let site = try Site(as: person.site, zoneinfo: "/usr/share/zoneinfo")
      site.pass(seconds: number * seconds)
      return Box(value: try site.visit(as: person))
    }
  }

  /// Begins all of it at one moment, and waits for the end.
  func atOnce(_ body: @escaping (Int, Browser) throws -> Void) {
    let work = Box(value: body)
    DispatchQueue.concurrentPerform(iterations: browsers.count) { [browsers] number in
      do { try work.value(number, browsers[number].value) } catch { Issue.record(error) }
    }
  }
}
