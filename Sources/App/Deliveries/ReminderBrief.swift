import Domain
import HTML

/// A message about reminders in a few lines, as an SMS has it: what it is, what to answer, and the link.
struct ReminderBrief {
  /// What may be shortened, and what stands behind it.
  let parts: (lead: String, tail: String)

  /// - Parameters:
  ///   - deliveries: one, or what a digest tells.
  ///   - subject: what the mail about them is called.
  ///   - link: of the first.
  init(_ deliveries: [ClaimedDelivery], _ subject: String, _ link: String?, _ services: Services) {
    guard let first = deliveries.first else {
      parts = (subject, "")
      return
    }
    let words = services.words(first.language)
    // In letters of GSM alone, so that a title in them is cheap to send.
    let hint =
      first.contact == nil
      ? words("Answer 1: on it. 2: done. 3 and when: later.")
      : words("Answer 1: I have it. 2: I cannot. STOP: no more.")
    let titles = deliveries.map(\.title).joined(separator: "; ")
    let lead = deliveries.count == 1 ? subject : subject + ": " + titles
    let place = deliveries.count == 1 ? link : first.contact == nil ? services.origin + Paths.escalations.text : nil
    parts = (lead, "\n" + hint + (place.map { "\n" + $0 } ?? ""))
  }
}
