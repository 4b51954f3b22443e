import HTML
import Postgres

/// A state as a word, a drawing and a colour.
struct StatusBadge {
  /// `urgent`, `due`, `calm`, `done`.
  let tone: String
  let icon: String
  let label: String

  /// The marks of a reminder, each rendered once for all rows of a page, when the first of them asks.
  final class All {
    /// A mark's tone and what stands in the row. A class: rows share it.
    final class Mark {
      let tone: String
      let html: SafeHTML

      init(_ tone: String, _ icon: String, _ label: String, _ words: Words) {
        self.tone = tone
        html = StatusBadge(tone: tone, icon: icon, label: label).safe(words)
      }
    }

    private let words: Words

    init(_ words: Words) { self.words = words }

    lazy var completed = Mark("done", "done", words("Completed"), words)
    lazy var archived = Mark("calm", "archive", words("Archived"), words)
    lazy var snoozed = Mark("calm", "snooze", words("Snoozed"), words)
    lazy var escalating = Mark("urgent", "escalations", words("Escalating"), words)
    lazy var acknowledged = Mark("calm", "acknowledge", words("Acknowledged"), words)
    lazy var overdue = Mark("urgent", "late", words("Overdue"), words)
    lazy var dueToday = Mark("due", "clock", words("Due today"), words)
    lazy var planned = Mark("calm", "clock", words("Planned"), words)
    lazy var waiting = Mark("urgent", "late", words("Waiting for you"), words)
  }
}

/// The last message about a reminder.
struct DeliveryBadge {
  let state: String
  let label: String

  /// The marks that rows of one page have asked for. There are a handful, so each is rendered once.
  final class Known {
    private let words: Words
    private var marks: [(agent: Text, state: Text, html: SafeHTML)] = []

    init(_ words: Words) { self.words = words }

    func mark(_ row: ReminderRow) -> SafeHTML? {
      guard let agent = row.deliveryAgent, let state = row.deliveryState else { return nil }
      if let known = marks.first(where: { $0.state == state && $0.agent == agent }) { return known.html }
      let label = DeliveryWords.label(agent: String(agent), state: String(state), words)
      let html = DeliveryBadge(state: String(state), label: label).safe(words)
      marks.append((agent, state, html))
      return html
    }
  }
}

/// What became of a message, in words.
enum DeliveryWords {
  static func label(agent: String, state: String, _ words: Words) -> String {
    words("{agent} {state}", ["agent": self.agent(agent, words), "state": self.state(state, words)])
  }

  static func agent(_ name: String, _ words: Words) -> String {
    switch name {
    case "email": words("e-mail")
    case "sms": words("SMS")
    case "webhook": words("webhook")
    case "push": words("push")
    default: words("pull")
    }
  }

  static func state(_ name: String, _ words: Words) -> String {
    switch name {
    case "pending": words("waiting", context: "message")
    case "sending": words("on its way", context: "message")
    case "sent": words("sent", context: "message")
    case "delivered": words("delivered", context: "message")
    case "failed": words("failed", context: "message")
    case "held": words("held", context: "message")
    default: words("cancelled", context: "message")
    }
  }
}
