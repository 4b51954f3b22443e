import Domain
import HTML
import Net
import Postgres
import Web

/// A way by which people are reached. What the outbox does with a message is the same for all; a channel says how it looks on the wire and what
/// the other side's answer means. It has a folder of its own in `Channels`, and a line in the list (``channels``).
struct Channel: Sendable {
  let type: AgentType
  /// What its switch on the page of agents is called.
  let toggle: @Sendable (Words) -> String
  /// Whether it goes to the person's own e-mail address, which has to be shown to be theirs before.
  var usesAddress = false
  /// Whether its messages are laid out for a program of the person's to fetch (RULES 4.8), and nothing is sent.
  var isFetched = false
  /// What is to be known of it, below its switch; nil: nothing.
  var help: (@Sendable (Words) -> String)?
  /// What a person has to tell it.
  var fields: [ChannelField] = []
  /// Whether it goes to a telephone: the number is its only field, and is verified by a code before it is on.
  var usesPhone = false
  /// Whether this site is set up for it; else nobody is offered it.
  var isOffered: @Sendable (Services) -> Bool = { _ in true }
  /// Whether it signs what it posts, with a secret that is made when its form is saved first (``SigningSecrets``).
  var isSigned = false
  /// What it says of itself.
  var about = ChannelAbout()
  /// Makes a message into what is handed to the network.
  ///
  /// It throws for a message that cannot be made, which has then failed for good.
  let compose: @Sendable (MessageContent, Composing) throws -> Outgoing
  /// Reads how a transfer ended.
  var judge: @Sendable (Transfers<Errand>.Outcome, _ now: Instant) -> Judgement = { Judgement($0, at: $1) }

  /// Where a row names one that this program does not have: nothing can be made, so it fails.
  static func missing(_ type: AgentType) -> Channel {
    Channel(type: type, toggle: { _ in type.rawValue }, compose: { _, _ in throw MissingChannel() })
  }
}

/// A message by a way that is not there.
struct MissingChannel: Error, CustomStringConvertible {
  let description = "this way of sending is not set up"
}

/// With what messages are composed.
struct Composing {
  let mailer: Mailer
  let keys: Keys
  /// What the recipient has told the channel.
  let settings: ChannelSettings
  let now: Instant
  /// nil: no SMS can be sent.
  var sms: SMSGateway?
  /// Whether the other side has refused it for its length.
  var isShortened = false
}

/// What goes over the network.
enum Outgoing {
  case mail(Mail, to: MailAddress)
  case request(HTTPRequest)
}

/// What became of a message, as its channel reads it.
struct Judgement: Equatable {
  enum Verdict { case sent, again, failed }

  let verdict: Verdict
  var reason: OutboxReason?
  /// The other side's: `550 5.1.1`, `503`.
  var code: String?
  /// What it said, for people; without control characters. Where it did not answer, what we know of it, for operators: people are told the reason.
  var detail = ""
  /// For how many seconds it asked to be left alone.
  var retryAfter: Int64?
  /// There was no connection: that says nothing about the message, and who tries the server how often is settled elsewhere (`SMTPPool`).
  var isUnreached = false
  /// What the other side calls the message from now on; nil: it did not say.
  var externalID: String?

  init(
    _ verdict: Verdict, _ reason: OutboxReason? = nil, code: String? = nil, detail: String = "", retryAfter: Int64? = nil,
    isUnreached: Bool = false
  ) {
    (self.verdict, self.reason, self.code, self.detail) = (verdict, reason, code, detail)
    (self.retryAfter, self.isUnreached) = (retryAfter, isUnreached)
  }
}

extension Judgement {
  /// As protocols have it, where a channel does not know better.
  init(_ outcome: Transfers<Errand>.Outcome, at now: Instant) {
    switch outcome {
    case .mail(let outcome): self.init(outcome)
    case .web(let outcome): self.init(outcome, at: now)
    case .mailbox: self.init(.failed, .malformed, detail: "a look is no message")  // None is begun for one.
    }
  }

  /// Of a mail server. An unknown outcome is tried again: for mail twice is better than never, and the Message-ID is the same.
  init(_ outcome: MailOutcome) {
    let reply = outcome.reply
    let code = reply.code.map { code in reply.enhanced.map { "\(code) \($0)" } ?? String(code) }
    switch outcome {
    case .delivered: self.init(.sent, code: code, detail: reply.text)
    case .permanent:
      let reason = reply.fault.map(OutboxReason.init) ?? (Self.refusesAddress(reply) ? .refused : nil)
      self.init(.failed, reason, code: code, detail: reply.text)
    case .temporary, .unknown:
      self.init(.again, reply.fault.map(OutboxReason.init), code: code, detail: reply.text, isUnreached: reply.stage == .connection)
    }
  }

  /// The server said for good that it has no such recipient. Enhanced codes (RFC 3463) tell apart what is about the system (5.3), the protocol
  /// (5.5), the content (5.6) or a policy such as "relaying denied" (5.7): nobody's address is to blame then.
  private static func refusesAddress(_ reply: MailReply) -> Bool {
    guard reply.stage == .recipient, reply.code != nil else { return false }
    return !["5.3.", "5.5.", "5.6.", "5.7."].contains { reply.enhanced?.utf8.starts(with: $0.utf8) ?? false }
  }

  /// Of a web server. What may have arrived is sent again: who takes messages knows them by their key.
  init(_ outcome: HTTPOutcome, at now: Instant) {
    switch outcome {
    case .response(let response):
      let (code, said) = (String(response.status), Self.words(response.body))
      switch response.verdict {
      case .accepted: self.init(.sent, code: code, detail: said)
      case .temporary: self.init(.again, code: code, detail: said, retryAfter: response.retryAfter(now: now))
      case .permanent: self.init(.failed, response.status == 410 ? .gone : nil, code: code, detail: said)
      }
    // Nothing was sent, and nothing will be while the name is where it is.
    case .failed(let failure): self.init(failure.kind == .refused ? .failed : .again, OutboxReason(failure.kind), detail: failure.text)
    }
  }

  /// What could not be handed to the network: made into what the channel sends, or written into the folder.
  init(unsent error: any Error) {
    switch error {
    case NetError.file: self.init(.again, .noStorage, detail: "\(error)")
    case is PostgresError: self.init(.again, .interrupted, detail: "\(error)")
    case is MissingChannel: self.init(.failed, .noChannel, detail: "\(error)")
    default: self.init(.failed, .malformed, detail: "\(error)")
    }
  }

  /// The first 200 bytes of an answer, on one line.
  private static func words(_ body: [UInt8]) -> String {
    let line = body.prefix(200).map { $0 < 32 || $0 == 127 ? 32 : $0 }
    return String(decoding: line, as: UTF8.self)
  }
}

extension OutboxReason {
  fileprivate init(_ fault: MailReply.Fault) {
    switch fault {
    case .unreached: self = .unreached
    case .timeout: self = .timeout
    case .broken: self = .broken
    case .ascii: self = .notUnicode
    case .cancelled, .withheld: self = .interrupted
    case .guarded: self = .noEntry
    }
  }

  fileprivate init(_ kind: HTTPFailure.Kind) {
    switch kind {
    case .refused: self = .noEntry
    case .resolving, .connecting, .tls, .certificate: self = .unreached
    case .timeout: self = .timeout
    case .broken: self = .broken
    case .cancelled: self = .interrupted
    }
  }
}
