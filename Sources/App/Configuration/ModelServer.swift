import Domain
import Net

/// The server of an OpenAI-compatible model that may write what the coach says (RULES 5.22) and drafts (6.16), as the operator has set it up.
public struct ModelServer: Sendable, CustomStringConvertible {
  public let endpoint: CoachEndpoint
  /// For the header `Authorization`; never printed.
  let key: String?
  /// Sent with each call, and kept with its run.
  public let model: String
  /// What is added to each request.
  let extra: JSONValue?
  /// How many calls a person may cause on a date, retries among them, and how many the drafts of an account that says nothing else.
  public let daily: Int
  /// For all calls of a job together.
  public let seconds: Int
  /// nil: nobody has said what it costs.
  public let price: ModelPrice?

  public init(
    endpoint: CoachEndpoint, key: String? = nil, model: String, extra: JSONValue? = nil, daily: Int = 60, seconds: Int = 30,
    price: ModelPrice? = nil
  ) {
    (self.endpoint, self.key, self.model, self.extra, self.daily, self.seconds) = (endpoint, key, model, extra, daily, seconds)
    self.price = price
  }

  public var description: String { "\(model) at \(endpoint.host)" }
  var milliseconds: Int { seconds * 1000 }

  /// A call. Redirects are not followed; of an endless answer no more is read than may be one.
  ///
  /// - Parameter isTalk: whether tools may be called in the answer.
  func request(_ body: [UInt8], milliseconds: Int, isTalk: Bool = false) throws(NetError) -> HTTPRequest {
    let headers =
      [HeaderField("Content-Type", "application/json"), HeaderField("Accept", "application/json")]
      + (key.map { [HeaderField("Authorization", "Bearer " + $0)] } ?? [])
    return try HTTPRequest(
      .post, endpoint.url, headers: headers, body: body, milliseconds: milliseconds,
      bytes: isTalk ? CoachAnswer.longestTalk : CoachAnswer.limit, addresses: .operators)
  }

  func body(_ prompt: CoachPrompt, usual: [(name: String, value: JSONText)] = []) -> [UInt8] {
    Array(prompt.body(model: model, extra: extra, usual: usual).utf8)
  }
}

/// How a call ended.
struct ModelReply {
  /// What stands between the braces, not yet held against any facts; of a talk the message.
  let answer: Result<JSONValue, CoachFailure>
  /// Of the answer's body.
  let bytes: [UInt8]
  let tokens: CoachTokenCount?
  /// What the server asked for, in seconds.
  let retryAfter: String?
  /// Whether a byte of the call may have left.
  let hasLeft: Bool

  /// - Parameter isTalk: whether tools may be called in it.
  init(_ outcome: HTTPOutcome, now: Instant, isTalk: Bool = false) {
    switch outcome {
    case .response(let response):
      hasLeft = true
      bytes = response.body
      tokens = response.isTruncated ? nil : CoachAnswer.tokens(response.body)
      retryAfter = response.retryAfter(now: now).map { String($0) }
      answer =
        response.status == 200 && response.isTruncated
        ? .failure(.tooLarge)
        : Result { () throws(CoachFailure) in
          isTalk
            ? try CoachAnswer.spoken(status: response.status, response.body)
            : try CoachAnswer.object(status: response.status, response.body)
        }
    case .failed(let failure):
      hasLeft = failure.mayHaveArrived
      (bytes, tokens, retryAfter) = ([], nil, nil)
      answer = .failure(failure.kind == .timeout ? .timeout : .connection)
    }
  }
}

extension ModelServer {
  /// How a call of ``trial()`` went.
  public struct Trial: Sendable {
    /// Whom the name led to; nil: to nobody.
    public let address: String?
    public let milliseconds: Int
    /// Why the answer is none, as it is kept with runs; nil: it can be read.
    public let failure: String?
    /// What the network says of it; empty where it says nothing.
    public let detail: String
  }

  /// Makes one call, which tells nothing of anybody.
  public func trial() throws(NetError) -> Trial {
    let prompt = CoachPrompt(
      file: "trial", system: "Answer with one JSON object and nothing else: {\"message\": \"…\"}.", user: "Say hello in three words.")
    let transfers = try Transfers<Int>()
    let start = Ticks.now
    transfers.add(try request(body(prompt), milliseconds: milliseconds), 0)
    while true {
      _ = transfers.wait(milliseconds: 1_000)
      guard case .web(let outcome)? = transfers.harvest().first?.outcome else { continue }
      // A date in `Retry-After` means nothing here.
      let reply = ModelReply(outcome, now: Instant(seconds: 0))
      return Trial(outcome, reply, milliseconds: Ticks.now - start)
    }
  }
}

extension ModelServer.Trial {
  fileprivate init(_ outcome: HTTPOutcome, _ reply: ModelReply, milliseconds: Int) {
    switch outcome {
    case .response(let response): (address, detail) = (response.address.map { "\($0)" }, "")
    case .failed(let failure): (address, detail) = (failure.address.map { "\($0)" }, failure.text)
    }
    self.milliseconds = milliseconds
    let message = reply.answer.flatMap { object in Result { () throws(CoachFailure) in try CoachAnswer.message(of: object) } }
    if case .failure(let failure) = message { self.failure = failure.code } else { failure = nil }
  }
}
