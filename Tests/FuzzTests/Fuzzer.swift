import Foundation

/// What runs in a process of its own: reads what was found before, then changed inputs until the time is over.
///
/// Without the compiler's instrumentation, which needs a build of everything with other settings. What it is told instead is what kind of
/// answer an input brought (``Target/read``), and how long it took: inputs that bring something new are kept and changed further.
final class Fuzzer {
  private let target: Target
  private let desk: Desk
  private var mutator: Mutator
  private var pool: [[UInt8]] = []
  private var kinds: Set<String> = []
  private var count = 0
  private var slowest = (nanoseconds: 0, input: [UInt8]())

  init(_ target: Target, seed: UInt64, desk: Desk) {
    self.target = target
    self.desk = desk
    mutator = Mutator(seed: seed)
  }

  /// - Returns: the exit status: 0, or 1 when an answer was wrong; the desk then holds the input and what is wrong.
  func run(known: [[UInt8]], seconds: Double) -> Int32 {
    do {
      for input in target.seeds + known { try read(input) }
      let end = ContinuousClock.now + .seconds(seconds)
      while ContinuousClock.now < end {
        let (one, other) = (pool[mutator.below(pool.count)], pool[mutator.below(pool.count)])
        // Mostly the shorter: many small inputs find more than a few large ones.
        let base = mutator.below(16) == 0 ? slowest.input : one.count <= other.count || mutator.below(4) == 0 ? one : other
        try read(mutator.change(base, other, words: target.words, longest: target.longest))
      }
    } catch {
      let input = smallest(desk.input, "\(error)")
      desk.input = input
      desk.complaint = (try? complaint(input)) ?? "\(error)"
      return 1
    }
    desk.report = report
    return 0
  }

  private func read(_ input: [UInt8]) throws {
    desk.input = input
    Self.limitTime(milliseconds: target.patience)
    let start = Self.cpu
    let kind = try target.read(input)
    let spent = Self.cpu - start
    count += 1
    if spent > slowest.nanoseconds { slowest = (spent, input) }
    if kinds.insert(kind).inserted, kinds.count <= 5_000 { pool.append(input) }
    if pool.isEmpty { pool.append(input) }
  }

  /// What is wrong with the answer to an input; nil when nothing is.
  private func complaint(_ input: [UInt8]) throws -> String? {
    Self.limitTime(milliseconds: target.patience)
    do { _ = try target.read(input) } catch { return "\(error)" }
    return nil
  }

  /// Pieces are left out as long as something stays wrong.
  private func smallest(_ input: [UInt8], _ words: String) -> [UInt8] {
    var best = input
    var piece = max(1, best.count / 2)
    let end = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < end {
      var place = 0
      var isSmaller = false
      while place < best.count, ContinuousClock.now < end {
        var shorter = best
        shorter.removeSubrange(place..<min(best.count, place + piece))
        desk.input = shorter
        if (try? complaint(shorter)) != nil { (best, isSmaller) = (shorter, true) } else { place += piece }
      }
      if piece == 1, !isSmaller { break }
      piece = max(1, piece / 2)
    }
    return best
  }

  private var report: String {
    let milliseconds = Double(slowest.nanoseconds / 10_000) / 100
    return
      "\(count) inputs, \(kinds.count) kinds of answers, slowest \(milliseconds) ms (\(slowest.input.count) bytes: \(shown(slowest.input, 60)))"
  }

  /// CPU time of this process in nanoseconds: other work on the machine does not count.
  private static var cpu: Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// The kernel ends a process that spends more on one input, with SIGPROF.
  private static func limitTime(milliseconds: Int) {
    var timer = itimerval()
    timer.it_value = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
  }
}

/// Bytes for people: printable ASCII as it is, the rest as `\xNN`.
func shown(_ bytes: [UInt8], _ most: Int = 400) -> String {
  var text = ""
  for byte in bytes.prefix(most) {
    text +=
      byte >= 0x20 && byte < 0x7F && byte != 0x5C
      ? String(UnicodeScalar(byte)) : "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
  }
  return bytes.count > most ? text + "…" : text
}
