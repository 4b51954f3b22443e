import Domain
import Net

/// The server of an OpenAI-compatible model that makes vectors of texts (RULES 9.42), as the operator has set it up.
public struct EmbedServer: Sendable, CustomStringConvertible {
  public let endpoint: CoachEndpoint
  /// For the header `Authorization`; never printed.
  let key: String?
  /// Sent with each call, and kept with its run.
  public let model: String
  /// What the model wants in front of what is looked for and of what is looked through, without the blank behind it; empty: nothing.
  public let queryPrefix: String
  public let passagePrefix: String
  /// nil: nobody has said what it costs.
  public let price: ModelPrice?
  /// For one call, in seconds.
  let seconds: Int

  public init(
    endpoint: CoachEndpoint, key: String? = nil, model: String, queryPrefix: String = "", passagePrefix: String = "",
    price: ModelPrice? = nil, seconds: Int = 30
  ) {
    self.seconds = seconds
    (self.endpoint, self.key, self.model, self.price) = (endpoint, key, model, price)
    (self.queryPrefix, self.passagePrefix) = (queryPrefix, passagePrefix)
  }

  public var description: String { "\(model) at \(endpoint.host)" }

  /// What tells its vectors from those of another model (RULES 9.43): host, name and prefixes. That their length stays the same is seen in
  /// each answer.
  var identity: [UInt8] { Array([endpoint.host, model, queryPrefix, passagePrefix].joined(separator: "\n").utf8) }

  /// A call. Redirects are not followed; of an endless answer no more is read than may be one.
  ///
  /// - Parameter limit: seconds for it; nil: as for any.
  func request(_ body: [UInt8], within limit: Int? = nil) throws(NetError) -> HTTPRequest {
    let headers =
      [HeaderField("Content-Type", "application/json"), HeaderField("Accept", "application/json")]
      + (key.map { [HeaderField("Authorization", "Bearer " + $0)] } ?? [])
    return try HTTPRequest(
      .post, endpoint.url, headers: headers, body: body, milliseconds: (limit ?? seconds) * 1000, bytes: VectorAnswer.limit,
      addresses: .operators)
  }

  /// A text with what the model wants in front of it.
  static func text(_ words: String, behind prefix: String) -> String { prefix.utf8.isEmpty ? words : prefix + " " + words }
}

/// How a call ended.
struct EmbedReply {
  enum Failure: Equatable {
    /// There is an answer, and nothing of it can be used.
    case invalid
    /// There is none, or a status that is none; the code that is kept with the run.
    case missing(String)

    var code: String {
      switch self {
      case .invalid: "invalid_output"
      case .missing(let code): code
      }
    }
  }

  let answer: Result<[UnitVector], Failure>
  /// Of the answer's body; nil: there was none.
  let bytes: [UInt8]?
  let tokens: CoachTokenCount?
  /// What the server asked for, in seconds.
  let retryAfter: Int64?
  /// Whether a byte of the call may have left.
  let hasLeft: Bool

  /// - Parameters:
  ///   - count: how many texts were sent.
  ///   - dimension: how many numbers each vector has; nil: as many as the first.
  init(_ outcome: HTTPOutcome, count: Int, dimension: Int?, now: Instant) {
    switch outcome {
    case .response(let response):
      (bytes, hasLeft, retryAfter) = (response.body, true, response.retryAfter(now: now))
      guard response.status == 200 else {
        tokens = nil
        answer = .failure(.missing((300..<400).contains(response.status) ? "redirect" : "status_\(response.status)"))
        return
      }
      tokens = response.isTruncated ? nil : VectorAnswer.tokens(response.body)
      let vectors = response.isTruncated ? nil : VectorAnswer.vectors(response.body, count: count, dimension: dimension)
      if let vectors { answer = .success(vectors) } else { answer = .failure(.invalid) }
    case .failed(let failure):
      (bytes, tokens, retryAfter, hasLeft) = (nil, nil, nil, failure.mayHaveArrived)
      answer = .failure(.missing(failure.kind == .timeout ? "timeout" : "connection"))
    }
  }
}

extension EmbedReply.Failure: Error {}

extension EmbedServer {
  /// How a call of ``trial()`` went.
  public struct Trial: Sendable {
    /// Whom the name led to; nil: to nobody.
    public let address: String?
    public let milliseconds: Int
    /// How many numbers its vectors have; nil: there are none.
    public let dimension: Int?
    /// Why there are none, as it is kept with runs; nil: there are.
    public let failure: String?
    /// What the network says of it; empty where it says nothing.
    public let detail: String
  }

  /// Makes one call, which tells nothing of anybody: two texts, one of each side.
  public func trial() throws(NetError) -> Trial {
    let texts = [Self.text("hello", behind: queryPrefix), Self.text("Hello, there.", behind: passagePrefix)]
    let transfers = try Transfers<Int>()
    let start = Ticks.now
    transfers.add(try request(VectorAnswer.body(model: model, texts)), 0)
    while true {
      _ = transfers.wait(milliseconds: 1_000)
      guard case .web(let outcome)? = transfers.harvest().first?.outcome else { continue }
      // A date in `Retry-After` means nothing here.
      let reply = EmbedReply(outcome, count: texts.count, dimension: nil, now: Instant(seconds: 0))
      return Trial(outcome, reply, milliseconds: Ticks.now - start)
    }
  }
}

extension EmbedServer.Trial {
  fileprivate init(_ outcome: HTTPOutcome, _ reply: EmbedReply, milliseconds: Int) {
    switch outcome {
    case .response(let response): (address, detail) = (response.address.map { "\($0)" }, "")
    case .failed(let failure): (address, detail) = (failure.address.map { "\($0)" }, failure.text)
    }
    self.milliseconds = milliseconds
    switch reply.answer {
    case .success(let vectors): (dimension, failure) = (vectors.first?.numbers.count, nil)
    case .failure(let reason): (dimension, failure) = (nil, reason.code)
    }
  }
}
