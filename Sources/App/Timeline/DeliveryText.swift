import Domain
import HTML

/// A message in words.
struct DeliveryText {
  private let words: Words
  private let time: (Instant) -> TimeText

  init(_ words: Words, _ time: @escaping (Instant) -> TimeText) { (self.words, self.time) = (words, time) }

  func item(_ details: EscalationDetails) -> (EscalationDetails.Delivery) -> DeliveryItem {
    let byMessage = Dictionary(grouping: details.attempts, by: \.message)
    let answers = details.events.filter { DeliveryText.answers.contains($0.kind) }
    return { delivery in
      let attempts = attempts(of: delivery, byMessage[delivery.id] ?? [])
      let isCrossed = answers.contains { $0.run == delivery.run && DeliveryText.crosses($0.at, attempts) }
      let steps = attempts.enumerated().map { index, attempt in
        DeliveryItem.Step(
          state: state(attempt), time: time(attempt.at), clock: clock(attempt.at),
          lasted: index + 1 < attempts.count ? span(attempts[index + 1].at.microseconds - attempt.at.microseconds) : "",
          detail: reason(attempt, delivery.channel) ?? "")
      }
      return DeliveryItem(
        tone: tone(delivery.state.state), label: label(delivery), state: delivery.state.state.told(delivery.state.reason).rawValue,
        words: summary(delivery) + (isCrossed ? ", " + words("crossed with the answer") : ""), steps: steps)
    }
  }

  /// What withdraws messages that are not under way.
  private static let answers: Set<String> = ["acknowledged", "snoozed", "completed", "cancelled"]

  /// Whether a message was under way at an answer, and arrived all the same, or may still.
  private static func crosses(_ answer: Instant, _ attempts: [EscalationDetails.Attempt]) -> Bool {
    guard let begun = attempts.lastIndex(where: { $0.state == .sending && $0.at < answer }) else { return false }
    guard let end = attempts[begun...].dropFirst().first else { return true }
    return (end.state == .sent || end.state == .delivered) && end.at >= answer
  }

  private func label(_ delivery: EscalationDetails.Delivery) -> String {
    if delivery.channel == .sms, let contact = delivery.contact { return words("SMS to {name}:", ["name": contact]) }
    if delivery.channel == .push, !delivery.address.utf8.isEmpty { return words("Push to {device}:", ["device": delivery.address]) }
    guard delivery.channel == .email else { return words("By {agent}:", ["agent": AgentNames.name(delivery.channel, words)]) }
    let values: KeyValuePairs = ["name": delivery.contact ?? "", "address": delivery.address]
    if delivery.contact != nil {
      return delivery.address.utf8.isEmpty ? words("E-mail to {name}:", values) : words("E-mail to {name}, {address}:", values)
    }
    return delivery.address.utf8.isEmpty ? words("E-mail:") : words("E-mail to {address}:", values)
  }

  /// The states of a message, its first too, which is its row itself; in rows from before, and where there are more than a page holds, the list
  /// begins with another.
  private func attempts(of delivery: EscalationDetails.Delivery, _ later: [EscalationDetails.Attempt]) -> [EscalationDetails.Attempt] {
    let isWhole = later.first?.state == .pending || later.count >= EscalationDetails.mostAttempts
    return isWhole ? later : [delivery.first] + later
  }

  private func tone(_ state: MessageState) -> String {
    switch state {
    case .sent, .delivered: "done"
    case .failed: "urgent"
    case .held: "due"
    case .pending, .sending, .cancelled: "calm"
    }
  }

  private func summary(_ delivery: EscalationDetails.Delivery) -> String {
    let why = reason(delivery.state, delivery.channel)
    return switch delivery.state.state {
    case .held where delivery.state.reason == .unverified: words("held until your address is verified")
    case .held where delivery.state.reason == .limited:
      words("waits until {time}: {reason}", ["time": time(delivery.dueAt).absolute.text, "reason": why ?? ""])
    case .held: words("held until {time}", ["time": time(delivery.dueAt).absolute.text])
    case .pending where delivery.state.reason == .laidOut:
      words("waits to be fetched until {time}", ["time": time(delivery.dueAt).absolute.text])
    case .pending where delivery.state.reason == .fetched: words("fetched, its receipt has not come yet")
    case .failed: why.map { words("failed: {reason}", ["reason": $0]) } ?? words("failed")
    case .cancelled: why.map { words("not sent: {reason}", ["reason": $0]) } ?? words("withdrawn")
    default: state(delivery.state)
    }
  }

  private func state(_ attempt: EscalationDetails.Attempt) -> String {
    switch (attempt.state, attempt.reason) {
    case (.pending, .laidOut): words("laid out")
    case (.sent, .fetched): words("fetched")
    case (.delivered, .received): words("received")
    default: state(attempt.state)
    }
  }

  private func state(_ state: MessageState) -> String {
    switch state {
    case .pending: words("waiting")
    case .sending: words("being sent")
    case .sent: words("sent")
    case .delivered: words("delivered")
    case .held: words("held")
    case .failed: words("failed")
    case .cancelled: words("withdrawn")
    }
  }

  private func reason(_ attempt: EscalationDetails.Attempt, _ channel: AgentType) -> String? {
    DeliveryWords.why(attempt.reason, attempt.code, attempt.detail, words, by: channel)
  }

  private func span(_ microseconds: Int64) -> String {
    let seconds = max(microseconds, 0) / 1_000_000
    if seconds < 60 {
      return words("{whole}.{tenth} s", ["whole": String(seconds), "tenth": String(max(microseconds, 0) / 100_000 % 10)])
    }
    return seconds < 3_600 ? words("{n} min", ["n": String(seconds / 60)]) : words("{n} h", ["n": String(seconds / 3_600)])
  }

  /// "09:53:04": what stands for less than a minute would otherwise look like one moment.
  private func clock(_ instant: Instant) -> String {
    let second = String(max(instant.seconds, 0) % 60)
    return time(instant).clock.text + ":" + (second.utf8.count < 2 ? "0" : "") + second
  }
}
