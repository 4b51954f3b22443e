import Domain

/// What a web server answered. Any status: whether it is a success is ``verdict``'s business.
public struct HTTPResponse: Hashable, Sendable {
  /// How many bytes of headers are kept, and of a body where its request says nothing else: 64 kB. What follows is not read.
  public static let limit = 65_536

  public let status: Int
  public let headers: [HeaderField]
  /// As it came; compressed bodies stay compressed.
  public let body: [UInt8]
  /// The body was longer than what is kept of it (``HTTPRequest/bytes``), and is cut there.
  public let isTruncated: Bool
  /// Which address was dialled for it; nil: none, a connection was there.
  public var address: IPAddress?

  /// The first header of that name, in any case of letters.
  public func header(_ name: String) -> String? { headers.first { $0.isNamed(name) }?.value }

  /// What a status means for a message that was to be handed over.
  public enum Verdict: Hashable, Sendable {
    /// 2xx.
    case accepted
    /// Worth another attempt.
    case temporary
    /// Another attempt would end the same: 400, 401, 403, 404, 410, and redirects, which are refused.
    case permanent
  }

  public var verdict: Verdict {
    switch status {
    case 200..<300: .accepted
    case 300..<400, 400, 401, 403, 404, 410: .permanent
    default: .temporary
    }
  }

  /// Seconds to wait that the server asked for, see ``RetryAfter``.
  public func retryAfter(now: Instant) -> Int64? {
    header("Retry-After").flatMap { RetryAfter.seconds($0, now: now) }
  }
}

/// How a request ended.
public enum HTTPOutcome: Hashable, Sendable {
  case response(HTTPResponse)
  case failed(HTTPFailure)
}

/// A request that brought no answer.
public struct HTTPFailure: Hashable, Sendable {
  public enum Kind: String, Sendable {
    /// Every address of the name is refused by the ``AddressGuard``. Trying again will not help until the name moves.
    case refused
    case resolving, connecting, tls
    /// TLS speaks, and its certificate is expired, another host's, or from nobody who is known.
    case certificate
    case timeout
    /// The connection broke, or what came was not HTTP.
    case broken
    case cancelled
  }

  public let kind: Kind
  /// For logs and for the person who set the address up. Carries no secret.
  public let text: String
  /// Which address was dialled last; nil: it did not come to that.
  public var address: IPAddress?
  /// Whether the server may have had the request: false only where not a byte of it left.
  public var mayHaveArrived = true
}
