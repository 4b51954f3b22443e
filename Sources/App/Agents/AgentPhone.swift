import Domain
import HTML
import Postgres
import Web

/// The number of a person, as the form of its agent says it.
struct AgentPhone {
  let isVerified: Bool
  /// The line on the next page, where a code is on its way; nil: none is.
  let says: String?

  /// Notes it, and sends a code where the agent is to be on and nobody has shown yet that the number is theirs. Where it is, to switch it on is the
  /// person's word that SMS are wanted there again.
  static func keep(_ form: AgentForm, _ web: Context) throws -> AgentPhone {
    let (person, number) = (try web.person, form.settings[.phoneNumber])
    try Phone.keep(number, for: person.id, web)
    guard let phone = try web.db.row(Phone.mine(at: web.now)), !number.utf8.isEmpty else { return AgentPhone(isVerified: false, says: nil) }
    if form.isOn, phone.verifiedAt != nil {
      try web.db.run("UPDATE phones SET stopped_at = NULL WHERE id = \(phone.id) AND user_id = \(person.id)")
    }
    if phone.verifiedAt != nil || !form.isOn { return AgentPhone(isVerified: phone.verifiedAt != nil, says: nil) }
    try ask(phone, web)
    return AgentPhone(isVerified: false, says: sent(web.words))
  }

  /// Sends a code, unless whoever has that number wants none. Each is paid for, so nobody gets one by an account that any address makes.
  fileprivate static func ask(_ phone: Phone, _ web: Context) throws {
    guard try web.services.trusts(web.person) else {
      throw Failure.conflict(web.words("Verify your e-mail address first. Then a code can be sent by SMS."))
    }
    if phone.stoppedAt != nil { throw Failure.conflict(web.words("STOP came from this number. Only START from there changes that.")) }
    try PhoneCode.ask(phone, web)
  }

  /// - Throws: ``Failure/conflict(_:)`` where no SMS may go to the person.
  static func requireVerified(_ web: Context) throws {
    let phone = try web.db.row(Phone.mine(at: web.now))
    if phone?.verifiedAt == nil { throw Failure.conflict(web.words("Verify the number first: a code goes there by SMS.")) }
    if phone?.stoppedAt != nil { throw Failure.conflict(web.words("STOP came from this number. Send START from there, or save the form.")) }
  }

  fileprivate static func sent(_ words: Words) -> String { words("A code is on its way to your number. Type it here to switch SMS on.") }
}

extension Agents {
  /// POST /agents/sms/codes: another code.
  static func askCode(_ web: Context) throws -> Change {
    _ = try web.person
    _ = try channel(AgentType.sms.rawValue, web)
    guard let phone = try web.db.row(Phone.mine(at: web.now)), !phone.numberKey.utf8.isEmpty else {
      throw Failure.conflict(web.words("Fill in the form of this agent first and save it."))
    }
    let place = Paths.agent(.sms)
    if phone.verifiedAt != nil { return Change(to: place, says: web.words("This number is verified already."), did: []) }
    try AgentPhone.ask(phone, web)
    return Change(
      to: place, says: AgentPhone.sent(web.words), did: [AuditEntry("agent.code_asked", "agent", nil, ["type": AgentType.sms.rawValue])],
      wakes: web.now)
  }

  /// POST /agents/sms/verification: the code. With a number that is theirs, the agent is on.
  static func verify(_ web: Context) throws -> Change {
    let person = try web.person
    let channel = try channel(AgentType.sms.rawValue, web)
    guard let phone = try web.db.row(Phone.mine(at: web.now)), !phone.numberKey.utf8.isEmpty else {
      throw Failure.conflict(web.words("Fill in the form of this agent first and save it."))
    }
    let place = Paths.agent(.sms)
    if phone.verifiedAt != nil { return Change(to: place, says: web.words("This number is verified already."), did: []) }
    return try web.takeForm(askingAgain: { try page(web, of: channel, code: $0) }) {
      try PhoneCode.take(phone, web)
      try web.db.run(
        """
        UPDATE agents SET enabled = true, version = version + 1, updated_at = \(web.now)
        WHERE user_id = \(person.id) AND type = \(AgentType.sms)
        """)
      return Change(
        to: place, says: web.words("The number is yours. Reminders come by SMS."),
        did: [AuditEntry("agent.verified", "agent", nil, ["type": AgentType.sms.rawValue])])
    }
  }
}
