import Domain
import Postgres
import Web

/// What an operator does from the command line.
public enum Operator {
  /// What is wrong with what the operator gave, in words.
  public struct Complaint: Error, CustomStringConvertible {
    public let description: String
  }

  /// Makes a person whose address counts as verified.
  ///
  /// - Parameter db: a connection as `heed_owner`.
  /// - Returns: the id.
  public static func makeUser(
    email: String, password: String, timezone: String, language: String, role: String, account: String?, _ services: Services,
    at now: Instant,
    _ db: Connection
  ) throws -> String {
    guard EmailAddress.isValid(email) else { throw Complaint(description: "“\(email)” is no e-mail address.") }
    guard Password.lengths.contains(password.utf8.count) else { throw Complaint(description: "A password has 10 to 1,024 bytes.") }
    guard let zone = services.zones.zone(timezone) else { throw Complaint(description: "“\(timezone)” is no time zone of this machine.") }
    guard let language = Language(rawValue: language) else { throw Complaint(description: "Languages are en and pt-BR.") }
    guard let role = Role(rawValue: role) else { throw Complaint(description: "Roles are owner, admin, agent and viewer.") }
    let known = account.map { ID<Account>($0) }
    if let known, known == nil { throw Complaint(description: "“\(account ?? "")” is no account id.") }
    guard let hash = Password.hash(password) else { throw SignUpError.noMemory }
    let user = ID<User>.new(at: now)
    let owner = (known ?? nil) ?? ID<Account>.new(at: now)
    let local = String(decoding: email.utf8.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self)
    let new = NewPerson(email: email, password: password, displayName: local, zone: zone, language: language)
    try db.transaction {
      do throws(PostgresError) {
        try Users.insert(
          new, user: user, account: owner, passwordHash: hash, role: role, makesAccount: account == nil, verified: true, at: now, db)
      } catch {
        if error.violates("users_email_key") { throw Complaint(description: "\(email) has an account already.") }
        if error.violates("users_account_fkey") { throw Complaint(description: "There is no account \(owner.text).") }
        throw error
      }
      try Audit.append(
        [AuditEntry("account.made", "user", user.text, ["email": email, "role": role.rawValue])], user: user, account: owner,
        by: Actor(kind: .operator), at: now, services.keys, db)
    }
    return user.text
  }
}
