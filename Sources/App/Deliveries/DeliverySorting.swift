import Domain
import Postgres

/// Sorts messages of escalations: what is sent, what waits, what leaves as one mail, what nobody needs any more.
struct DeliverySorting {
  private(set) var claim: OutboxClaim
  /// What goes to an address of which nobody has shown that it is theirs.
  let unverified: Set<ID<OutboxMessage>>
  /// By what nothing is sent, as it is fetched.
  let fetched: Set<AgentType>
  /// How much may go to which address.
  private(set) var limits: AddressLimits
  /// Messages that have failed here, without being sent again, and those whose device is gone.
  private(set) var failed: [OutboxMessage] = []
  /// What leaves together, once the first of it may.
  private var leaving: Set<Leaving> = []

  init(_ claim: OutboxClaim, unverified: Set<ID<OutboxMessage>>, fetched: Set<AgentType>, _ limits: AddressLimits) {
    (self.claim, self.unverified, self.fetched, self.limits) = (claim, unverified, fetched, limits)
  }

  /// When a message to an unverified address comes due by itself: never.
  private static let never = Instant(iso: "9999-12-31T00:00:00Z") ?? .distantFuture

  /// Decides about each.
  ///
  /// - Parameter members: rows that travel with a digest that is taken over.
  /// - Returns: what is to be sent, each with what it carries besides itself.
  mutating func sort(_ deliveries: [ClaimedDelivery], members: [ClaimedDelivery]) -> [(ClaimedDelivery, [ClaimedDelivery])] {
    var mails: [(ClaimedDelivery, [ClaimedDelivery])] = []
    var released: [Way<User>: [ClaimedDelivery]] = [:]
    var order: [Way<User>] = []
    var minutes: [Minute: [ClaimedDelivery]] = [:]
    var minuteOrder: [Minute] = []
    let waited = Set(deliveries.filter { $0.message.state == .held }.map { Way($0.escalation, $0) })
    for delivery in inOrder(deliveries) {
      let message = delivery.message
      let (mayReceive, isFetched) = (!unverified.contains(message.id), fetched.contains(message.channel))
      switch delivery.decision(at: claim.now, mayReceive: mayReceive, isFetched: isFetched) {
      case .drop(let reason):
        claim.set(message, .cancelled, reason)
        // Nobody was told in place of a device that is gone.
        if reason == .noDevice { failed.append(message) }
      case .fail(let reason): fail(message, reason, members)
      case .layOut(let end): claim.set(message, .pending, .laidOut, due: end)
      case .hold(let end): claim.set(message, .held, .quiet, due: end)
      case .holdUnverified: claim.set(message, .held, .unverified, due: Self.never)
      case .send where message.isGivenUp: giveUp(message, members)
      case .send where limit(delivery, isTogether: waited.contains(Way(delivery.escalation, delivery))): break
      case .send where message.lost > 0 && message.state == .held: claim.set(message, .pending, .singly)
      case .send where message.state == .held || message.state == .pending && waited.contains(Way(delivery.escalation, delivery)):
        let way = Way(message.user, delivery)
        if released[way] == nil { order.append(way) }
        released[way, default: []].append(delivery)
      case .send where delivery.minute != nil:
        let minute = Minute(way: Way(message.user, delivery), minute: delivery.minute)
        if minutes[minute] == nil { minuteOrder.append(minute) }
        minutes[minute, default: []].append(delivery)
      case .send:
        let carried = members.filter { $0.message.carrier == message.id && $0.isWanted }
        mails.append(send(delivery, with: carried))
      }
    }
    for way in order {
      if let mail = release(released[way] ?? []) { mails.append(mail) }
    }
    for minute in minuteOrder {
      let together = (minutes[minute] ?? []).sorted { $0.title < $1.title }
      if let first = together.first { mails.append(send(first, with: Array(together.dropFirst()))) }
    }
    return mails
  }

  /// Those that take turns by their address behind the others: the first of an escalation before those that repeat it, the most important of each first.
  private func inOrder(_ deliveries: [ClaimedDelivery]) -> [ClaimedDelivery] {
    let limited = deliveries.filter { limits.holds($0.limited) }.enumerated().sorted { one, other in
      let (first, second) = (one.element.turn, other.element.turn)
      return first == second ? one.offset < other.offset : first > second
    }
    return limited.isEmpty ? deliveries : deliveries.filter { !limits.holds($0.limited) } + limited.map { $0.element }
  }

  /// Holds a message for which it is too early at its address.
  ///
  /// - Parameter isTogether: whether others of its escalation waited, so that it leaves with what waited for its person.
  /// - Returns: false: it may go.
  private mutating func limit(_ delivery: ClaimedDelivery, isTogether: Bool) -> Bool {
    let message = delivery.message
    guard limits.holds(delivery.limited) else { return false }
    // A worker died with it, and it may have left: it goes on at once, as the same message.
    if message.state == .sending {
      limits.count(message, to: delivery.limited)
      return false
    }
    let leaving = Leaving(
      way: Way(message.user, delivery), isRelease: message.state == .held || message.state == .pending && isTogether,
      minute: delivery.minute)
    if leaving.isShared, self.leaving.contains(leaving) { return false }
    guard let end = limits.wait(message, to: delivery.limited) else {
      self.leaving.insert(leaving)
      return false
    }
    claim.set(message, .held, .limited, due: end)
    return true
  }

  /// One that fails without being tried again takes along what it carries.
  private mutating func fail(_ message: OutboxMessage, _ reason: OutboxReason, _ members: [ClaimedDelivery]) {
    let carried = members.map(\.message).filter { $0.carrier == message.id }
    for each in [message] + carried { claim.set(each, .failed, reason) }
    failed += [message] + carried
  }

  /// What is one message: all that waited for somebody, or habits of one minute.
  private struct Leaving: Hashable {
    let way: Way<User>
    let isRelease: Bool
    let minute: Int64?

    var isShared: Bool { isRelease || minute != nil }
  }

  private struct Minute: Hashable {
    let way: Way<User>
    let minute: Int64?
  }

  /// Somebody, a contact or a device of theirs, or an escalation, by one channel: what is told by one stands for nothing that is told by another.
  private struct Way<Entity>: Hashable {
    let id: ID<Entity>
    let channel: AgentType
    let contact: ID<Contact>?
    let device: ID<PushDevice>?

    init(_ id: ID<Entity>, _ delivery: ClaimedDelivery) {
      (self.id, channel, contact, device) = (id, delivery.message.channel, delivery.contact?.id, delivery.device?.id)
    }
  }

  /// What was held for a person by one channel goes out once: of an escalation only its newest message, those of several as one mail.
  private mutating func release(_ held: [ClaimedDelivery]) -> (ClaimedDelivery, [ClaimedDelivery])? {
    var newest: [ID<Escalation>: ClaimedDelivery] = [:]
    for delivery in held { newest[delivery.escalation] = delivery }
    for delivery in held where newest[delivery.escalation]?.message.id != delivery.message.id {
      claim.set(delivery.message, .cancelled, .superseded)
    }
    let kept = held.filter { newest[$0.escalation]?.message.id == $0.message.id }
    return kept.first.map { send($0, with: Array(kept.dropFirst())) }
  }

  private mutating func send(_ carrier: ClaimedDelivery, with others: [ClaimedDelivery]) -> (ClaimedDelivery, [ClaimedDelivery]) {
    claim.set(carrier.message, .sending, others.isEmpty ? nil : .digest)
    // Should the carrier be answered before it is sent, they come due on their own.
    for other in others { claim.set(other.message, .held, .digest, carrier: carrier.message.id, due: claim.now.advanced(minutes: 5)) }
    return (carrier, others)
  }

  /// A message fails; of a digest each is sent alone from now on, so that the one to blame fails and the others do not.
  private mutating func giveUp(_ message: OutboxMessage, _ members: [ClaimedDelivery]) {
    let carried = members.map(\.message).filter { $0.carrier == message.id }
    if carried.isEmpty { return claim.giveUp(message) }
    for each in [message] + carried { claim.set(each, .pending, .singly, lost: 1) }
  }
}

extension ClaimedDelivery {
  /// The greater, the sooner a message leaves where one has to wait.
  fileprivate var turn: Int {
    let isFirst = tier == 1 && round == 0
    return (isFirst ? 10 : 0) + (Importance.allCases.firstIndex(of: importance) ?? 0)
  }
}
