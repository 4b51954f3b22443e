import CFastCGI
import Glibc

/// Keeps programs running: starts them, replaces those that die, passes on the end, renews all one by one.
///
/// - SIGTERM, SIGINT: every child gets SIGTERM, and SIGKILL when ``Timeouts/stop`` is over; a second signal kills at once.
/// - SIGHUP: rolling restart. For each child in turn a new one is started from the executable now on disk; only when it has reported
///   ready (``Child/reportReady()``) the old one gets SIGTERM. If a new one fails to become ready, the restart is abandoned and the
///   old ones stay: a broken binary on disk takes nothing down.
/// - A child that dies young is started again after a pause that doubles each time, up to a second if it had become ready and half a
///   minute if not; one that lived long, or that asked to be recycled (exit status 75), at once.
/// - If the supervisor itself is killed, children that called ``Child/followParent()`` end.
///
/// One thread, one `poll`; signals are read from a descriptor.
public final class Supervisor {
  private let timeouts: Timeouts
  private let log: EventLog
  private let signals: SignalFile
  private var places: [Slot] = []
  /// Places that the rolling restart has still to visit.
  private var renewals: [Int] = []
  private var renewing: Int?
  private var isStopping = false
  private var hasReported = false

  /// Takes over SIGTERM, SIGINT, SIGHUP and SIGCHLD for this process.
  public init(_ programs: [Program], timeouts: Timeouts = Timeouts(), log: @escaping EventLog) throws(SystemError) {
    self.timeouts = timeouts
    self.log = log
    signals = try SignalFile([SIGTERM, SIGINT, SIGHUP, SIGCHLD])
    signal(SIGPIPE, SIG_IGN)
    for program in programs {
      for number in 0..<program.count { places.append(Slot(program: program, number: number)) }
    }
  }

  /// Returns when it was told to end and no child is left.
  public func run() {
    while true {
      let now = Monotonic.milliseconds
      startDue(now)
      renew(now)
      killOverdue(now)
      if isStopping, places.allSatisfy(\.isEmpty) { return }
      wait(nextDeadline(now))
      listen()
      while let signal = signals.next() { obey(signal) }
    }
  }

  private func obey(_ signal: Int32) {
    let now = Monotonic.milliseconds
    switch signal {
    case SIGCHLD: reap(now)
    case SIGHUP where isStopping: break
    case SIGHUP:
      log("restart.began", ["children": String(places.count)])
      renewals = Array(places.indices)
    default:
      log("supervisor.stopping", ["signal": String(signal)])
      let moment = isStopping ? now : now + timeouts.stop
      (isStopping, renewals, renewing) = (true, [], nil)
      for index in places.indices {
        places[index].stop(by: moment)
        places[index].forEach { $0.killAt = min($0.killAt ?? moment, moment) }
      }
    }
  }

  // MARK: - Start and end

  private func startDue(_ now: Int) {
    guard !isStopping else { return }
    for index in places.indices {
      guard let due = places[index].startAt, due <= now else { continue }
      places[index].startAt = nil
      places[index].current = start(places[index], now)
      if places[index].current == nil { bury(index, now) }
    }
  }

  private func start(_ place: Slot, _ now: Int) -> ChildProcess? {
    do {
      let child = try ChildProcess.start(place.program, now: now)
      log("child.started", describe(place, child))
      return child
    } catch {
      log("child.failed", ["program": place.program.name, "reason": error.description])
      return nil
    }
  }

  private func reap(_ now: Int) {
    // Who died just after its report was ready.
    listen()
    for index in places.indices {
      let place = places[index]
      if let child = place.current, let status = ended(child, place, now) {
        places[index].current = nil
        if place.replacement == nil { bury(index, now, child, recycled: status == Responder.Ending.recycled.rawValue) }
      }
      if let child = place.replacement, ended(child, place, now) != nil { places[index].replacement = nil }
      places[index].leaving.removeAll { ended($0, place, now) != nil }
    }
  }

  /// The exit status of a child that has ended, or 128 and the number of the signal; nil while it runs.
  private func ended(_ child: ChildProcess, _ place: Slot, _ now: Int) -> Int32? {
    var status: Int32 = 0
    guard waitpid(child.pid, &status, WNOHANG) == child.pid else { return nil }
    if child.readyPipe >= 0 { close(child.readyPipe) }
    let signal = status & 0x7F
    var details = describe(place, child)
    details["milliseconds"] = String(now - child.since)
    if signal == 0 {
      details["status"] = String(status >> 8 & 0xFF)
    } else {
      details["signal"] = String(signal)
      // A request took longer than Limits.requestSeconds.
      if signal == SIGALRM { details["reason"] = "stuck" }
    }
    log("child.ended", details)
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Decides when the place of a child that died unasked is filled again.
  ///
  /// - Parameter child: nil when there was none.
  private func bury(_ index: Int, _ now: Int, _ child: ChildProcess? = nil, recycled: Bool = false) {
    let age = child.map { now - $0.since } ?? 0
    let wasReady = child?.isReady ?? false
    let before = places[index].diedReady == wasReady ? places[index].deaths : 0
    places[index].deaths = recycled || age >= timeouts.longLife ? 0 : before + 1
    places[index].diedReady = wasReady
    let pause = timeouts.pause(after: places[index].deaths, wasReady: wasReady)
    places[index].startAt = now + pause
    if pause > 0 {
      log("child.pause", ["program": places[index].program.name, "milliseconds": String(pause), "deaths": String(places[index].deaths)])
    }
  }

  private func killOverdue(_ now: Int) {
    for index in places.indices {
      places[index].forEach { child in
        guard let moment = child.killAt, moment <= now else { return }
        kill(child.pid, SIGKILL)
        child.killAt = now + 1000
      }
    }
  }

  // MARK: - Rolling restart

  private func renew(_ now: Int) {
    if let index = renewing {
      guard let child = places[index].replacement else { return abandon("died", index) }
      if child.isReady {
        places[index].takeOver(by: now + timeouts.stop)
      } else if now >= child.since + timeouts.ready {
        return abandon("not ready", index)
      } else {
        return
      }
      renewing = nil
      if renewals.isEmpty { log("restart.finished", [:]) }
    }
    guard !isStopping, !renewals.isEmpty else { return }
    let index = renewals.removeFirst()
    places[index].replacement = start(places[index], now)
    renewing = index
  }

  private func abandon(_ reason: String, _ index: Int) {
    log("restart.abandoned", ["program": places[index].program.name, "reason": reason])
    places[index].giveUpReplacement()
    if places[index].current == nil, places[index].startAt == nil { bury(index, Monotonic.milliseconds) }
    (renewals, renewing) = ([], nil)
  }

  // MARK: - Waiting

  /// Reads the reports of those that have become ready.
  private func listen() {
    for index in places.indices {
      let place = places[index]
      places[index].forEach { child in
        guard child.readyPipe >= 0, isReadable(child.readyPipe) else { return }
        if child.hear() { log("child.ready", describe(place, child)) }
      }
    }
    if !hasReported, places.allSatisfy({ $0.current?.isReady == true }) {
      hasReported = true
      log("supervisor.ready", ["children": String(places.count)])
      // For a supervisor above this one.
      Child.reportReady()
    }
  }

  private func isReadable(_ descriptor: Int32) -> Bool {
    var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&one, 1, 0) > 0
  }

  private func nextDeadline(_ now: Int) -> Int {
    var next = now + 60_000
    for index in places.indices {
      if let due = places[index].startAt, !isStopping { next = min(next, due) }
      if let child = places[index].replacement { next = min(next, child.since + timeouts.ready) }
      places[index].forEach { if let moment = $0.killAt { next = min(next, moment) } }
    }
    return max(next - now, renewing == nil && !renewals.isEmpty ? 0 : 1)
  }

  private func wait(_ milliseconds: Int) {
    var watched = [pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)]
    for index in places.indices {
      places[index].forEach { if $0.readyPipe >= 0 { watched.append(pollfd(fd: $0.readyPipe, events: Int16(POLLIN), revents: 0)) } }
    }
    poll(&watched, nfds_t(watched.count), Int32(clamping: milliseconds))
  }

  private func describe(_ place: Slot, _ child: ChildProcess) -> [String: String] {
    ["program": place.program.name, "number": String(place.number), "pid": String(child.pid)]
  }
}
