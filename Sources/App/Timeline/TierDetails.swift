import Domain
import Postgres
import Web

/// Whom the tiers of an escalation have told in this run, and whom those that are still to come would tell.
struct TierDetails {
  /// Of each tier that was reached, of the one it stands at those of its newest round.
  let deliveries: [EscalationDetails.Delivery]
  /// All of the person, by their names.
  let contacts: [Contact]
  /// Who has said in this run that they cannot.
  let declined: Set<ID<Contact>>
  /// Of its plan.
  let check: DryCheck

  static func read(_ escalation: Escalation, isCritical: Bool, _ web: Context) throws -> TierDetails {
    let (sent, agents, muted, contacts, refusals) = try web.read(
      told(by: escalation), Agent.mine, MutedAddress.mine, Contact.mine(web.services.zones), Declining.contacts(escalation))
    let (person, declined) = (try web.person, Set(refusals))
    // What customers write is nothing for anybody's contacts.
    let asked = escalation.isOfDesk ? [] : contacts.filter { ($0.isToldByMail || $0.isToldBySMS) && !declined.contains($0.id) }
    let reach = ProfileReach(
      person, agents, muted, asked, trusted: web.services.trusts(person), sendsSMS: web.services.sms != nil)
    return TierDetails(
      deliveries: sent, contacts: contacts, declined: declined, check: reach.check(escalation.course.ladder, critical: isCritical))
  }

  /// Two ranges of one key, however often the last tier was repeated.
  private static func told(by escalation: Escalation) -> Query<EscalationDetails.Delivery> {
    let course = escalation.course
    let rows: SQL = "SELECT o.* FROM outbox o WHERE o.escalation_id = \(escalation.id) AND o.user_id = me() AND o.run = \(course.run)"
    return EscalationDetails.deliveries(
      """
      \(rows) AND o.tier < \(course.tier) AND o.round = 0 UNION ALL \(rows) AND o.tier = \(course.tier) AND o.round = \(course.round)
      """)
  }
}
