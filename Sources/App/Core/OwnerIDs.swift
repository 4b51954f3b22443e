import Domain

/// Whose something is, as the doors say.
struct OwnerIDs {
  let user: ID<User>
  let account: ID<Account>
}
