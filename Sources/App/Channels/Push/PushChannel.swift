import Domain
import HTML
import Net

extension Channel {
  /// Notifications of browsers and phones (RFC 8030). A message goes to each device that the person has added, as a row of the outbox of its own.
  static let push = Channel(
    type: .push, toggle: { words in words("Show reminders as notifications") },
    help: { words in words("On each device that you add below.") },
    about: ChannelAbout(
      description: { words in
        words("Notifications of your browsers and phones, encrypted for each, with buttons that answer.")
      }),
    compose: { content, composing in
      guard let device = PushSubscription(composing.settings) else { throw MissingChannel() }
      let (most, mail) = (composing.isShortened ? PushEncryption.shortest : PushEncryption.most, composing.mailer.from.address.wire)
      let payload = PushPayload(content, most: most).json
      return .request(
        try HTTPRequest(
          .post, device.endpoint,
          headers: [
            HeaderField("Content-Type", "application/octet-stream"), HeaderField("Content-Encoding", "aes128gcm"),
            HeaderField("TTL", "86400"), HeaderField("Urgency", Channel.urgency(content)), HeaderField("Topic", Channel.topic(content)),
            try VAPID(composing.keys).authorization(for: device.endpoint, contact: mail, at: composing.now),
          ], body: try PushEncryption.seal(Array(payload.text.utf8), for: device.keys)))
    },
    judge: { outcome, now in
      guard case .web(.response(let response)) = outcome else { return Judgement(outcome, at: now) }
      var judgement = Judgement(outcome, at: now)
      switch response.status {
      // The browser has given its subscription up, or its service has.
      case 404, 410: judgement.reason = .gone
      case 413: judgement.reason = .tooLong
      default: break
      }
      return judgement
    })

  /// What battery a device should spend on it (RFC 8030, section 5.3).
  private static func urgency(_ content: MessageContent) -> String {
    if content.items.isEmpty { return "high" }
    if content.items.contains(where: { $0.importance == .critical || $0.importance == .high }) { return "high" }
    return content.items.contains { $0.importance == .medium } ? "normal" : "low"
  }

  /// What has not been fetched yet is replaced by what comes with the same: 32 letters of base64url at most.
  private static func topic(_ content: MessageContent) -> String {
    String(decoding: PushPayload.tag(content).utf8.filter { $0 != UInt8(ascii: "-") }.prefix(32), as: UTF8.self)
  }
}

extension PushEncryption {
  /// The length of a message that is made shorter because its service refused it.
  static let shortest = 1_000
}

/// Where a browser is reached, and what is encrypted for it: what it said when it subscribed (W3C Push API, `PushSubscription.toJSON`).
struct PushSubscription {
  let endpoint: String
  let keys: PushKeys
  /// As it is kept.
  let settings: ChannelSettings

  /// - Returns: nil where the keys are not what they should be.
  init?(_ settings: ChannelSettings) {
    guard let endpoint = settings.values["endpoint"], let point = settings.values["p256dh"], let auth = settings.values["auth"],
      let keys = PushKeys(point: point, auth: auth)
    else { return nil }
    (self.endpoint, self.keys, self.settings) = (endpoint, keys, settings)
  }

  init?(endpoint: String, point: String, auth: String) {
    self.init(ChannelSettings(values: ["endpoint": endpoint, "p256dh": point, "auth": auth]))
  }
}
