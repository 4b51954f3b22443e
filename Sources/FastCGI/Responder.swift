import CFastCGI
import Glibc

/// One process, one thread, one request at a time, many connections that are not requests yet.
///
/// Silent or slow connections cost a descriptor and a buffer, not the process: bytes are collected without blocking (``Envelope``), and
/// only a whole request is handed to libfcgi and the handler. So 200 silent connections delay nobody, although there are only a
/// few responders. The alternative, a blocking read with a time limit, would hold one responder for ten seconds each.
///
/// A responder accepts one connection at a time, and only when it has nothing to do, so that the others take the rest.
public final class Responder {
  /// How a responder ended; the raw value is the exit status ``Supervisor`` understands.
  public enum Ending: Int32 {
    /// It was told to.
    case stopped = 0
    /// It has answered its share (``Limits/maxRequests``) and is to be replaced at once.
    case recycled = 75
  }

  /// What the program wants to do between requests.
  public struct Hooks {
    /// Asked between requests; true ends the responder as SIGTERM does.
    public var shouldStop: () -> Bool = { false }
    /// After each request, when its answer is on its way.
    public var afterRequest: () -> Void = {}
    /// Once when a second has passed without a request.
    public var idle: () -> Void = {}
    /// The whole answer (``ResponseWriter``) to a request that is refused before the handler sees it, with this status: 400, 413 or 431. Its
    /// parameters may be anything. nil: a line of plain words.
    public var refusal: ((RawRequest, _ status: Int) -> [UInt8])?

    public init() {}
  }

  /// How long the last requests may still arrive after a stop, in milliseconds.
  private static let farewell = 1000

  private let listener: Listener
  private let limits: Limits
  private let log: EventLog
  private let gateway: Gateway
  private let signals: SignalFile
  private let poller: Poller
  private var waiting: AcceptQueue
  private var served = 0
  private var stopAt: Int?
  private var lastRequest = Monotonic.milliseconds
  private var hasIdled = false

  /// Takes over SIGTERM and SIGINT for this process, and ignores SIGPIPE.
  public init(listener: Listener, limits: Limits = Limits(), log: @escaping EventLog = { _, _ in }) throws(SystemError) {
    self.listener = listener
    self.limits = limits
    self.log = log
    gateway = try Gateway()
    // libfcgi has just put its own handlers over these.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGUSR1, SIG_IGN)
    signals = try SignalFile([SIGTERM, SIGINT])
    poller = try Poller()
    waiting = AcceptQueue(limits)
    try poller.add(signals.descriptor)
    try poller.add(listener.descriptor, shared: true)
  }

  /// Answers requests until told to stop, or until it has answered its share.
  ///
  /// On SIGTERM the current request is finished first. Connections that had already been accepted are still answered, unless they
  /// stay silent for a second; new ones are left to the other responders.
  /// - Parameter handler: writes the whole answer before it returns. It has ``Limits/requestSeconds``; then the process ends.
  public func run(hooks: Hooks = Hooks(), handler: (RawRequest, ResponseWriter) -> Void) -> Ending {
    let share = limits.maxRequests + Int(getpid()) % (limits.maxRequests / 10 + 1)
    while true {
      let now = Monotonic.milliseconds
      if stopAt == nil, hooks.shouldStop() || (limits.maxRequests > 0 && served >= share) { stop(now, hooks, handler) }
      if let stopAt, waiting.isEmpty || now >= stopAt { break }
      let readable = poller.wait(milliseconds: timeouts(now))
      serve(readable, hooks, handler)
      rest(hooks)
    }
    waiting.closeAll()
    waiting.report(to: log, now: .max)
    return limits.maxRequests > 0 && served >= share ? .recycled : .stopped
  }

  /// Milliseconds to wait at most. Never forever: a wake-up for the shared socket that went to a process which then died is made up for.
  private func timeouts(_ now: Int) -> Int {
    if let stopAt { return min(stopAt - now, 50) }
    if !waiting.isEmpty { return 200 }
    return hasIdled ? 5000 : max(lastRequest + 1000 - now, 0)
  }

  private func serve(_ readable: [Int32], _ hooks: Hooks, _ handler: (RawRequest, ResponseWriter) -> Void) {
    var whole: [AcceptQueue.Arrival] = []
    var accepts = false
    var isSignalled = false
    for descriptor in readable {
      if descriptor == signals.descriptor {
        isSignalled = signals.next() != nil
      } else if descriptor == listener.descriptor {
        accepts = true
      } else if let arrival = waiting.receive(descriptor) {
        whole.append(arrival)
      }
    }
    // First, because the wake-up for this connection went to nobody else.
    if accepts, let arrival = accept() { whole.append(arrival) }
    for arrival in whole { answer(arrival, hooks, handler) }
    if isSignalled, stopAt == nil { stop(Monotonic.milliseconds, hooks, handler) }
  }

  /// Takes no more connections, but the one whose wake-up may have come here.
  private func stop(_ now: Int, _ hooks: Hooks, _ handler: (RawRequest, ResponseWriter) -> Void) {
    stopAt = now + Self.farewell
    poller.remove(listener.descriptor)
    if let arrival = accept() { answer(arrival, hooks, handler) }
  }

  /// One connection from the queue; a request if it is whole already, as nginx's mostly are.
  private func accept() -> AcceptQueue.Arrival? {
    let descriptor = fastcgi_accept(listener.descriptor)
    guard descriptor >= 0 else {
      if errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS {
        log("accept.failed", ["reason": String(cString: strerror(errno))])
        waiting.dropOldest()
        usleep(10_000)
      }
      return nil
    }
    var timeout = timeval(tv_sec: limits.idleSeconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    return waiting.welcome(descriptor, poller)
  }

  private func answer(_ arrival: AcceptQueue.Arrival, _ hooks: Hooks, _ handler: (RawRequest, ResponseWriter) -> Void) {
    do {
      guard let request = try gateway.read(arrival.bytes, bodyLength: arrival.bodyLength) else {
        gateway.discard()
        return waiting.drop(arrival.descriptor, .library)
      }
      // The default action of SIGALRM is the end of the process: nothing in it needs to cooperate.
      alarm(UInt32(clamping: limits.requestSeconds))
      gateway.attach(arrival.descriptor)
      if let refusal = arrival.refusal {
        _ = gateway.write(hooks.refusal?(request, refusal.code) ?? refusal.answer, [])
        waiting.count("request.refused", refusal.rawValue)
      } else {
        handler(request, ResponseWriter(gateway: gateway))
      }
      if !gateway.finish(arrival.descriptor) { waiting.count("response.lost", "peer") }
      alarm(0)
    } catch {
      log("request.failed", ["reason": error.description])
      waiting.drop(arrival.descriptor, .library)
    }
    served += 1
    lastRequest = Monotonic.milliseconds
    hasIdled = false
    hooks.afterRequest()
  }

  /// What is due between requests: late connections, the log, the quiet second.
  private func rest(_ hooks: Hooks) {
    let now = Monotonic.milliseconds
    waiting.dropLate(now)
    waiting.report(to: log, now: now)
    if !hasIdled, now >= lastRequest + 1000 {
      hasIdled = true
      malloc_trim(0)
      hooks.idle()
    }
  }
}
