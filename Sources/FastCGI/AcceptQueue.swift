import Glibc

/// Connections whose request has not arrived as a whole.
struct AcceptQueue {
  /// A whole request, no longer waiting.
  struct Arrival {
    let descriptor: Int32
    let bytes: [UInt8]
    let bodyLength: Int
    let refusal: Refusal?
  }

  private struct Guest {
    var envelope = Envelope()
    let since: Int
    var lastByte: Int
  }

  /// A connection gets this long to send its request before anything else is looked at, in milliseconds. nginx sends right after
  /// it connects; without the pause a request that is a few microseconds late could wait behind another's handler.
  private static let courtesy: Int32 = 1
  /// With this many already waiting there is no such pause: that is not nginx.
  private static let crowd = 16

  private let limits: Limits
  private var guests: [Int32: Guest] = [:]
  private var buffered = 0
  private var nextSweep = 0
  private var tally = Tally()
  private var scratch = [UInt8](repeating: 0, count: 64 * 1024)

  init(_ limits: Limits) { self.limits = limits }

  var isEmpty: Bool { guests.isEmpty }

  /// Takes in a new connection.
  ///
  /// - Returns: its request, if that is there already.
  mutating func welcome(_ descriptor: Int32, _ poller: Poller) -> Arrival? {
    if guests.count >= limits.waiting { dropOldest() }
    let now = Monotonic.milliseconds
    guests[descriptor] = Guest(since: now, lastByte: now)
    if let arrival = receive(descriptor) { return arrival }
    if guests[descriptor] != nil, guests.count <= Self.crowd {
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, Self.courtesy) > 0, let arrival = receive(descriptor) { return arrival }
    }
    if guests[descriptor] != nil {
      do { try poller.add(descriptor) } catch { drop(descriptor, .crowded) }
    }
    return nil
  }

  /// Reads what has come, without waiting.
  ///
  /// - Returns: the request, once it is whole; the connection then no longer waits here.
  mutating func receive(_ descriptor: Int32) -> Arrival? {
    guard var guest = guests.removeValue(forKey: descriptor) else { return nil }
    let before = guest.envelope.bytes.count
    do {
      // At most a megabyte at a time: the others are also there.
      for _ in 0..<16 {
        let count = recv(descriptor, &scratch, scratch.count, Int32(MSG_DONTWAIT))
        if count == 0 { throw ProtocolFault.closed }
        if count < 0 { break }
        guest.lastByte = Monotonic.milliseconds
        try guest.envelope.append(scratch[0..<count], limits)
        if guest.envelope.isWhole { return try depart(descriptor, guest, before) }
      }
    } catch {
      buffered -= before
      leave(descriptor, error as? ProtocolFault ?? .closed)
      return nil
    }
    buffered += guest.envelope.bytes.count - before
    guests[descriptor] = guest
    if buffered > limits.bufferedBytes { dropLargest() }
    return nil
  }

  private mutating func depart(_ descriptor: Int32, _ guest: Guest, _ before: Int) throws(ProtocolFault) -> Arrival {
    let check = try ParameterCheck(guest.envelope.parameters, limit: limits.parameterCount)
    buffered -= before
    let envelope = guest.envelope
    var refusal = check.refusal
    if envelope.isOversized { refusal = refusal ?? .tooLarge }
    if check.contentLength != envelope.bodyLength { refusal = refusal ?? .length }
    return Arrival(
      descriptor: descriptor, bytes: envelope.bytes, bodyLength: envelope.isOversized ? 0 : envelope.bodyLength, refusal: refusal)
  }

  /// Closes those that were silent or took too long.
  mutating func dropLate(_ now: Int) {
    guard !guests.isEmpty, now >= nextSweep else { return }
    nextSweep = now + 100
    for (descriptor, guest) in guests
    where now - guest.lastByte >= limits.idleSeconds * 1000 || now - guest.since >= limits.arrivalSeconds * 1000 {
      drop(descriptor, .late)
    }
  }

  mutating func dropOldest() {
    if let oldest = guests.min(by: { $0.value.since < $1.value.since }) { drop(oldest.key, .crowded) }
  }

  private mutating func dropLargest() {
    if let largest = guests.max(by: { $0.value.envelope.bytes.count < $1.value.envelope.bytes.count }) { drop(largest.key, .crowded) }
  }

  /// Closes a connection without an answer.
  mutating func drop(_ descriptor: Int32, _ reason: ProtocolFault) {
    if let guest = guests.removeValue(forKey: descriptor) { buffered -= guest.envelope.bytes.count }
    leave(descriptor, reason)
  }

  private mutating func leave(_ descriptor: Int32, _ reason: ProtocolFault) {
    close(descriptor)
    count("connection.dropped", reason.rawValue)
  }

  mutating func closeAll() {
    for descriptor in guests.keys { drop(descriptor, .crowded) }
  }

  mutating func count(_ event: String, _ reason: String) { tally.count(event, reason) }

  mutating func report(to log: EventLog, now: Int) { tally.report(to: log, now: now) }
}
