import Domain
import HTML
import Postgres

/// Whom the ladders of a person reach, and by what: all that a dry check is told of people.
struct ProfileReach {
  let owner: DryCheck.Person
  let contacts: [DryCheck.Person]

  /// Of whoever is signed in.
  static func read(_ web: Context) throws -> ProfileReach {
    let (agents, muted, contacts) = try web.read(Agent.mine, MutedAddress.mine, Contact.told(web.services.zones))
    return ProfileReach(
      try web.person, agents, muted, contacts, trusted: web.services.trusts(try web.person), sendsSMS: web.services.sms != nil)
  }

  /// - Parameters:
  ///   - agents: those that the person has touched.
  ///   - muted: addresses that get no more mail.
  ///   - contacts: those who are told.
  ///   - trusted: whether mail may go to the person's address.
  ///   - sendsSMS: whether this site has a gateway.
  init(
    _ person: Person, _ agents: [Agent], _ muted: [MutedAddress], _ contacts: [Contact], trusted isTrusted: Bool, sendsSMS: Bool
  ) {
    let address = EmailAddress.key(person.email)
    let pairs = AgentType.allCases.map { type -> (AgentType, DryCheck.Reach) in
      let agent = agents.first { $0.type == type }
      if type == .sms, !sendsSMS { return (type, .notSetUp) }
      if type != .email { return (type, agent?.isOn == true && agent?.isReady == true ? .ready : .notSetUp) }
      if agent?.isOn == false { return (type, .off) }
      if muted.contains(where: { $0.address.utf8.elementsEqual(address.utf8) }) { return (type, .muted) }
      return (type, isTrusted ? .ready : .unverified)
    }
    let (quiet, zone) = (person.quiet, person.zone)
    owner = DryCheck.Person(person.displayName, Dictionary(uniqueKeysWithValues: pairs)) { at, isCritical in
      quiet.end(zone, at: at, critical: isCritical)
    }
    self.contacts = contacts.map { contact in
      let (quiet, zone) = (contact.quiet, contact.zone)
      let mail: DryCheck.Reach = contact.isToldByMail ? contact.isRefused ? .muted : .ready : .notSetUp
      return DryCheck.Person(contact.name, [.email: mail, .sms: sendsSMS && contact.isToldBySMS ? .ready : .notSetUp]) { at, isCritical in
        quiet.end(zone, at: at, critical: isCritical)
      }
    }
  }

  /// Of a ladder.
  ///
  /// - Parameter isCritical: whether it is of a critical reminder; any other may wait for quiet hours to end.
  func check(_ ladder: Ladder, critical isCritical: Bool = false) -> DryCheck {
    DryCheck(ladder, owner: owner, contacts: contacts, isCritical: isCritical)
  }
}
