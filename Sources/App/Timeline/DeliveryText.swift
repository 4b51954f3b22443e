import Domain
import HTML

/// A message in words.
struct DeliveryText {
  private let words: Words
  private let time: (Instant) -> TimeText

  init(_ words: Words, _ time: @escaping (Instant) -> TimeText) { (self.words, self.time) = (words, time) }

  func item(_ story: EscalationDetails) -> (EscalationDetails.Delivery) -> DeliveryItem {
    let byDelivery = Dictionary(grouping: story.attempts, by: \.delivery)
    return { delivery in
      let attempts = byDelivery[delivery.id] ?? []
      let steps = attempts.enumerated().map { index, attempt in
        DeliveryItem.Step(
          state: state(attempt.state, ""), time: time(attempt.at), clock: clock(attempt.at),
          lasted: index + 1 < attempts.count ? span(attempts[index + 1].at.microseconds - attempt.at.microseconds) : "",
          detail: reason(attempt.detail))
      }
      let label = delivery.address.utf8.isEmpty ? words("E-mail:") : words("E-mail to {address}:", ["address": delivery.address])
      return DeliveryItem(
        tone: tone(delivery.state), label: label, state: delivery.state,
        words: delivery.state == "held" ? held(delivery) : state(delivery.state, delivery.detail), steps: steps)
    }
  }

  private func held(_ delivery: EscalationDetails.Delivery) -> String {
    if delivery.detail.utf8.elementsEqual(DeliveryClaim.unverified.utf8) { return words("held until your address is verified") }
    return words("held until {time}", ["time": time(delivery.dueAt).absolute.text])
  }

  private func tone(_ state: String) -> String {
    switch state {
    case "sent", "delivered": "done"
    case "failed": "urgent"
    case "held": "due"
    default: "calm"
    }
  }

  private func state(_ state: String, _ detail: String) -> String {
    switch state {
    case "pending": return words("waiting")
    case "sending": return words("being sent")
    case "sent": return words("sent")
    case "delivered": return words("delivered")
    case "held": return words("held")
    case "failed": return detail.utf8.isEmpty ? words("failed") : words("failed: {reason}", ["reason": reason(detail)])
    default: return detail.utf8.isEmpty ? words("withdrawn") : words("not sent: {reason}", ["reason": reason(detail)])
    }
  }

  /// Our own words for our own reasons; what a mail server said stays as it is.
  private func reason(_ detail: String) -> String {
    switch detail {
    case "answered": words("answered before")
    case "switched_off": words("switched off")
    case "unsubscribed": words("this address asked for no mail")
    case "refused", "gone": words("this address refuses mail")
    // Of rows from before such mails were held.
    case "unverified_limit": words("20 mails a day to an address that is not verified")
    case DeliveryClaim.unverified: words("nobody has verified the address yet")
    case "superseded": words("a later tier was told instead")
    case "no_result": words("sending it was begun three times and came to no end")
    case "singly": words("alone from now on, since the mail with all of them came to no end")
    case "quiet": words("quiet hours")
    case "kept in the Maildir": words("kept in the mail folder")
    default: detail.utf8.starts(with: Outbox.digest.utf8) ? words("with others in one mail") : detail
    }
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
