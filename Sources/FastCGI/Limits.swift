/// What a responder accepts from the socket and how long it waits for it.
///
/// nginx has its own, tighter limits in front; these protect the process from whoever else can write to the socket.
public struct Limits: Sendable {
  /// Seconds without a byte after which an unfinished request is dropped.
  public var idleSeconds = 10
  /// Seconds from the first moment of a connection until its request must be whole, however steadily it drips.
  public var arrivalSeconds = 60
  /// Bytes of all parameters together. nginx's default buffers let 32 kB of headers through and the address four times.
  public var parameterBytes = 128 * 1024
  /// Number of parameters; more are answered 431.
  public var parameterCount = 1000
  /// Bytes of a body; longer ones are read to their end, thrown away and answered 413.
  public var bodyBytes = 25 * 1024 * 1024
  /// Bytes of unfinished requests held at once; above that the largest is dropped.
  public var bufferedBytes = 64 * 1024 * 1024
  /// Unfinished requests held at once; above that the oldest is dropped.
  public var waiting = 512
  /// Seconds a handler may take, its answer included; then the kernel ends the process (SIGALRM).
  public var requestSeconds = 30
  /// Requests after which the responder ends to be replaced; 0 is never. Up to a tenth more by process number,
  /// so that responders that started together do not end together.
  public var maxRequests = 10_000

  public init() {}
}

/// Takes events for the log: a name such as `connection.dropped`, and its details.
public typealias EventLog = (_ event: String, _ details: [String: String]) -> Void
