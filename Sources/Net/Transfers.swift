import Glibc

/// Everything a worker has under way on the network: one loop, many transfers, no thread.
///
/// The owner adds transfers, calls ``wait(milliseconds:alsoReadable:)`` in a loop and takes what has finished with ``harvest()``.
/// Each transfer ends, by itself or by its deadline, whatever its peer does; none can hold up another.
public final class Transfers<Key> {
  /// A transfer that is over.
  public struct Finished {
    public let key: Key
    public let outcome: Outcome
  }

  /// How a transfer ended; the case follows from what was added.
  public enum Outcome: Hashable, Sendable {
    case mail(MailOutcome)
    case web(HTTPOutcome)
    case mailbox(MailboxOutcome)
  }

  private let addresses: AddressGuard
  private let web: Multi
  /// Requests whose time has not come, in ``Ticks``.
  private var later: [Int: (request: HTTPRequest, start: Int)] = [:]
  private var exchanges: [Int: (exchange: HTTPExchange, deadline: Int)] = [:]
  private var pools: [SMTPServer: SMTPPool] = [:]
  private var visits: [Int: IMAPVisit] = [:]
  private var keys: [Int: Key] = [:]
  private var done: [Finished] = []
  private var lastNumber = 0

  /// - Parameter addresses: asked before anything dials that a person named: HTTP requests, and mail servers that are guarded. The operator's own
  ///   server is not asked about.
  /// - Throws: ``NetError/unavailable``.
  /// - Note: Ignores SIGPIPE in the whole process: a peer that hangs up is an error, not the end.
  public init(addresses: AddressGuard = AddressGuard()) throws(NetError) {
    self.addresses = addresses
    web = try Multi()
    signal(SIGPIPE, SIG_IGN)
  }

  deinit {
    for pool in pools.values { _ = pool.cancel() }
    for visit in visits.values { _ = visit.cancel() }
  }

  /// How many are under way or finished and not harvested.
  public var count: Int { keys.count + done.count }

  /// The keys of what is under way.
  public var underway: [Key] { Array(keys.values) }

  /// The keys of messages whose server has not answered for long.
  public var slow: [Key] {
    let now = Ticks.now
    return pools.values.flatMap { $0.slow(now: now) }.compactMap { keys[$0] }
  }

  /// How many looks are under way. Each may hold ``MailboxLook/bytes`` in memory, so their owner keeps them few.
  public var looks: Int { visits.count }

  /// How many mail servers something is kept for.
  var servers: Int { pools.count }

  /// How many messages to this server would begin at once. More may be added; they wait for their turn here.
  public func room(for server: SMTPServer) -> Int { pools[server]?.room(now: Ticks.now) ?? server.connections }

  /// Begins to send a message. It ends as ``Outcome/mail(_:)`` under `key`.
  ///
  /// - Parameter beforeData: called at most once, from within ``wait(milliseconds:alsoReadable:)`` or this call, when the server has taken a recipient
  ///   and nothing of the message has been said. Until it returns, the server can have taken nothing; after `true` it may have. `false`: nothing is
  ///   said, and the transfer ends as `temporary` with ``MailReply/Fault/withheld``. It may not call this object.
  public func add(_ mail: MailTransfer, _ key: Key, beforeData: (() -> Bool)? = nil) {
    let number = number(for: key)
    let pool = pools[mail.server] ?? SMTPPool(mail.server, addresses: addresses)
    pools[mail.server] = pool
    // A little longer than connecting may take, so that the message is told in the server's words why there is no connection.
    let deadline = Ticks.now + mail.server.patience.connection + 1000
    pool.add(MailJob(number: number, mail: mail, deadline: deadline, beforeData: beforeData))
    settle(pool.advance(now: Ticks.now))
  }

  /// Begins a look into a mailbox. It ends as ``Outcome/mailbox(_:)`` under `key`.
  public func add(_ look: MailboxLook, _ key: Key) {
    let number = number(for: key)
    guard let visit = try? IMAPVisit(look, addresses: addresses, now: Ticks.now) else {
      return end(number, .mailbox(.failed(MailboxFailure(kind: .unreached, text: "out of memory"))))
    }
    visits[number] = visit
  }

  /// Begins a request. It ends as ``Outcome/web(_:)`` under `key`.
  ///
  /// - Parameter milliseconds: when, from now on. Its own time is reckoned from then.
  public func add(_ request: HTTPRequest, _ key: Key, after milliseconds: Int = 0) {
    let number = number(for: key)
    if milliseconds > 0 { later[number] = (request, Ticks.now + milliseconds) } else { begin(request, number) }
  }

  private func begin(_ request: HTTPRequest, _ number: Int) {
    guard let exchange = try? HTTPExchange(request, addresses: addresses), web.add(exchange.easy) else {
      return end(number, .web(.failed(HTTPFailure(kind: .broken, text: "out of memory"))))
    }
    // libcurl keeps the time itself; this is the second watch, should it not.
    exchanges[number] = (exchange, Ticks.now + request.milliseconds + 1000)
  }

  /// Moves everything on until a transfer finishes, there is ``room(for:)`` for more than before, one of `sockets` is readable, or the
  /// time is over. Does not wait while something finished is not harvested.
  ///
  /// - Parameters: `milliseconds`: at most this long. `sockets`: watched too, for instance the database's, which brings notifications.
  /// - Returns: those of `sockets` that can be read (or have been closed by the other side).
  public func wait(milliseconds: Int, alsoReadable sockets: [Int32] = []) -> [Int32] {
    let end = Ticks.now + min(max(milliseconds, 0), 86_400_000)
    var room = Int.max
    while true {
      let now = Ticks.now
      // Before anything moves: what came free meanwhile counts, too.
      room = min(room, pools.values.reduce(0) { $0 + $1.room(now: now) })
      let others = sockets.map { (socket: $0, events: Multi.readable) } + pools.values.flatMap(\.waits) + visits.values.flatMap(\.waits)
      let limit = limit(now: now)
      let ready = web.poll(milliseconds: done.isEmpty ? min(max(end - now, 0), limit) : 0, others: others)
      advance()
      let readable = zip(sockets, ready).filter { $0.1 != 0 }.map { $0.0 }
      let after = Ticks.now
      let isOver = after >= end || !done.isEmpty || pools.values.reduce(0, { $0 + $1.room(now: after) }) > room
      if isOver || !readable.isEmpty { return readable }
    }
  }

  /// The transfers that have finished since the last call, each once.
  public func harvest() -> [Finished] {
    defer { done = [] }
    return done
  }

  /// Breaks everything off, to be harvested: mail of which all was sent is `unknown`, other mail `temporary`, requests are `cancelled`,
  /// and looks end with what they have.
  public func cancelAll() {
    for pool in pools.values { settle(pool.cancel()) }
    for (number, visit) in visits { end(number, .mailbox(visit.cancel())) }
    visits = [:]
    let cancelled = HTTPFailure(kind: .cancelled, text: "cancelled")
    for number in exchanges.keys { drop(number, cancelled) }
    for number in later.keys { end(number, .web(.failed(cancelled))) }
    later = [:]
  }
}

extension Transfers {
  private func number(for key: Key) -> Int {
    lastNumber &+= 1
    keys[lastNumber] = key
    return lastNumber
  }

  /// Milliseconds until something is to be done though every socket is silent.
  private func limit(now: Int) -> Int {
    let starts = later.values.lazy.map { max($0.start - now, 0) }
    let times = [
      starts.min(), pools.values.lazy.compactMap { $0.timeout(now: now) }.min(), visits.values.lazy.map { $0.timeout(now: now) }.min(),
    ]
    return times.compactMap { $0 }.min() ?? Int.max
  }

  private func advance() {
    for (number, entry) in later where entry.start <= Ticks.now {
      later[number] = nil
      begin(entry.request, number)
    }
    web.perform()
    for (easy, code) in web.finished() {
      guard let (number, entry) = exchanges.first(where: { $0.value.exchange.easy === easy }) else { continue }
      web.remove(easy)
      exchanges[number] = nil
      end(number, .web(entry.exchange.outcome(code)))
    }
    let now = Ticks.now
    for (number, entry) in exchanges where entry.deadline <= now {
      drop(number, HTTPFailure(kind: .timeout, text: "no answer in time", mayHaveArrived: entry.exchange.easy.hasAsked))
    }
    for pool in pools.values { settle(pool.advance(now: now)) }
    for (number, visit) in visits {
      guard let outcome = visit.advance(now: now) else { continue }
      visits[number] = nil
      end(number, .mailbox(outcome))
    }
    // People's servers come and go with their channels.
    pools = pools.filter { !$0.value.isForgettable(now: now) }
  }

  private func drop(_ number: Int, _ failure: HTTPFailure) {
    guard let entry = exchanges.removeValue(forKey: number) else { return }
    web.remove(entry.exchange.easy)
    end(number, .web(.failed(failure)))
  }

  private func settle(_ ended: [(number: Int, outcome: MailOutcome)]) {
    for (number, outcome) in ended { end(number, .mail(outcome)) }
  }

  private func end(_ number: Int, _ outcome: Outcome) {
    guard let key = keys.removeValue(forKey: number) else { return }
    done.append(Finished(key: key, outcome: outcome))
  }
}
