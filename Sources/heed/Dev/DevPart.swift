import App
import Glibc

/// One of the programs that make up a development site. When it ends by itself it is started again, so that a test may kill any part
/// and see the site come back; when it keeps ending, `heed dev` gives up.
final class DevPart {
  let name: String
  private let launch: () throws -> DevProcess
  private(set) var child: DevProcess
  private var endedAt: Double?
  /// When it was started again, on the steady clock; those of the last minute count.
  private var restarts: [Double] = []

  init(_ name: String, _ launch: @escaping () throws -> DevProcess) throws {
    self.name = name
    self.launch = launch
    child = try launch()
  }

  /// Looks after it once; call it again after a second while the answer is not nil.
  ///
  /// - Parameter isReplaced: whether somebody else runs it now, as after `pg_ctl restart`.
  /// - Returns: what to tell the person, when there is news; an empty text while it is down and nothing is new.
  func tend(isReplaced: () -> Bool) throws -> String? {
    guard child.hasEnded() else { return nil }
    let now = SystemClock.steadySeconds()
    guard let since = endedAt else {
      endedAt = now
      return "\(name) has ended (\(child.status ?? 0))"
    }
    // A second for whoever may have a plan of his own with it.
    guard now - since >= 1, !isReplaced() else { return "" }
    restarts = restarts.filter { now - $0 < 60 } + [now]
    guard restarts.count <= 8 else { throw Complaint("\(name) ends as often as it is started.") }
    child = try launch()
    endedAt = nil
    return "\(name) was started again"
  }
}
