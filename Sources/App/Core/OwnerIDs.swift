import Domain
import Postgres

/// Whose something is, as the doors say.
struct OwnerIDs: FromRow {
  let user: ID<User>
  let account: ID<Account>

  init(user: ID<User>, account: ID<Account>) { (self.user, self.account) = (user, account) }

  init(row: Row) throws(PostgresError) {
    user = try row("user_id")
    account = try row("account_id")
  }
}
