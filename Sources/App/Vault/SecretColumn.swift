import Domain
import Postgres

/// A column that holds sealed secrets (`bytea`; NULL: none). A feature that has one lists it (``Feature/secrets``): then `heed vault rotate` finds it.
struct SecretColumn: Sendable {
  /// What says whose a row of the table is.
  enum Owner: Sendable {
    /// Its column `account_id`.
    case account
    /// Its column `user_id`.
    case user
  }

  let table: StaticString
  let column: StaticString
  /// An expression of the table's columns that names a row as text, for all time: what ``place(_:)`` is given.
  var row: StaticString = "id::text"
  let owner: Owner

  /// Where a secret lies.
  ///
  /// - Parameter row: what the expression ``row`` says of its row.
  func place(_ row: String) -> VaultPlace { VaultPlace(table: "\(table)", column: "\(column)", row: row) }

  /// The same, of a row whose key is its id.
  func place<Row>(_ id: ID<Row>) -> VaultPlace { place(id.text) }

  /// Which rows are an account's.
  func isOf(_ account: ID<Account>) -> SQL {
    switch owner {
    case .account: "account_id = \(account)"
    case .user: "user_id IN (SELECT u.id FROM users u WHERE u.account_id = \(account))"
    }
  }
}

/// The one place at which a secret opens. It is part of what is sealed: a value that is moved to another row, column or account does not open there.
struct VaultPlace: Equatable {
  let table: String
  let column: String
  let row: String
}
