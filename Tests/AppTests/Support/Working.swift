import Testing

@testable import App
@testable import Domain

extension Worker {
  /// Only one kind of work, by its name.
  @discardableResult
  func run(_ name: String, at now: Instant) throws -> Int {
    try kinds.first { $0.name == name }.unwrapped.run(now, 16)
  }
}

extension Worker.Tally {
  var fired: Int { self["fired"] }
  var steps: Int { self["steps"] }
  var sent: Int { self["sent"] }
  var failed: Int { self["failed"] }
  var letters: Int { self["letters"] }

  init(fired: Int, steps: Int, sent: Int, failed: Int, letters: Int) {
    self.init()
    for (name, count) in ["fired": fired, "steps": steps, "sent": sent, "failed": failed, "letters": letters] { add(name, count) }
  }
}
