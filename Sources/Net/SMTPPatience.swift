/// How long a mail server may take, in milliseconds. Each step has its limit; each is far below what RFC 5321 (4.5.3.2) grants between mail
/// servers, because a reminder that comes late has lost its worth and the attempts after this one are ours.
public struct SMTPPatience: Hashable, Sendable {
  /// Until a connection is ready: dialling (at most half of it), greeting, TLS, sign-in. Some servers greet late on purpose.
  public var connection = 20_000
  /// To answer one command.
  public var command = 30_000
  /// From the first byte of the message to the answer.
  public var message = 120_000
  /// The same when the message was tried before: the ten minutes of RFC 5321, so that a server that is merely slow is not sent the same
  /// message again and again for a day.
  public var repeated = 600_000
  /// Who waits longer than this for an answer no longer keeps others from their turn.
  public var slow = 2_000
  /// ``command`` and ``message`` while many wait.
  public var crowdedCommand = 10_000
  public var crowdedMessage = 60_000

  /// How long a connection is kept for the next message.
  public var idle = 10_000

  public init() {}

  /// How long an answer may take.
  func limit(isMessage: Bool, attempt: Int, isCrowded: Bool) -> Int {
    switch (isMessage, isCrowded) {
    case (false, false): command
    case (false, true): min(command, crowdedCommand)
    case (true, false): attempt > 1 ? repeated : message
    case (true, true): min(message, crowdedMessage)
    }
  }
}
