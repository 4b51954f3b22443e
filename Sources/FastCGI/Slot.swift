/// One of the places a supervisor keeps filled: mostly one process, two while one replaces the other, none during a pause.
struct Slot {
  let program: Program
  let number: Int
  var current: ChildProcess?
  /// Started by a rolling restart, not yet ready.
  var replacement: ChildProcess?
  /// On their way out.
  var leaving: [ChildProcess] = []
  /// Early deaths in a row, all before or all after the child had become ready.
  var deaths = 0
  var diedReady = false
  /// When to fill it again; monotonic milliseconds.
  var startAt: Int? = 0

  var isEmpty: Bool { current == nil && replacement == nil && leaving.isEmpty }

  /// All processes of this place, to be looked at or changed.
  mutating func forEach(_ body: (inout ChildProcess) -> Void) {
    if current != nil { current.mutate(body) }
    if replacement != nil { replacement.mutate(body) }
    for index in leaving.indices { body(&leaving[index]) }
  }

  /// Everybody out, by that moment.
  mutating func stop(by moment: Int) {
    leaving += [current, replacement].compactMap { $0 }
    (current, replacement, startAt) = (nil, nil, nil)
    for index in leaving.indices where leaving[index].killAt == nil { leaving[index].end(by: moment) }
  }

  /// The replacement is ready: it takes over, and the one before it ends by that moment.
  mutating func takeOver(by moment: Int) {
    if var old = current {
      old.end(by: moment)
      leaving.append(old)
    }
    (current, replacement, startAt, deaths) = (replacement, nil, nil, 0)
  }

  /// The replacement did not become ready; it ends, the one before it stays.
  mutating func giveUpReplacement() {
    if var failed = replacement {
      failed.end(by: 0)
      leaving.append(failed)
    }
    replacement = nil
  }
}

extension Optional {
  fileprivate mutating func mutate(_ body: (inout Wrapped) -> Void) {
    guard var value = self else { return }
    body(&value)
    self = value
  }
}
