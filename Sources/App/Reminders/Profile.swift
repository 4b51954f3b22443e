import Domain
import Postgres

/// How a reminder asks again, and by what means: a ladder of tiers. Each person owns copies of the three presets, which are read-only.
struct Profile {
  let id: ID<Profile>
}
