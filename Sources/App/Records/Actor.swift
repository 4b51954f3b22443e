import Postgres

/// Who asked for a change.
enum ActorKind: String, Bindable {
  case user, link, sms, webhook, key, `operator`, system
  /// What the assistant proposed and the person accepted, or what it took for true by itself; always for one person (RULES 9.33, 9.41).
  case assistant
}

/// Who changes something, and from where: what the audit log records and the timeline tells.
struct Actor {
  let kind: ActorKind
  /// Which person or key; of a link, whom it was sent to, of an SMS, a webhook or the assistant, whose it is. nil for the operator and Heed itself.
  var id: String?
  /// A name or an address, as it was then: for the timeline.
  var name = ""
  /// Where the request came from; all three are empty where there was none.
  var address = ""
  var agent = ""
  var request = ""

  static let system = Actor(kind: .system)
}
