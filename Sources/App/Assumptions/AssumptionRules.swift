import Domain
import HTML
import Postgres

/// What rules take for true of what a person keeps, without any model (RULES 9.7): each says it with what it rests on, and leaves out what is said already.
struct AssumptionRules {
  let person: Person
  let words: Words
  let now: Instant
  /// Its transaction acts for the person.
  let db: Connection

  /// How many each rule finds at most in one go.
  static let most = 200

  /// All of them, in no order.
  func inferred() throws -> [InferredAssumption] {
    try sameDomains() + metOften() + called() + usualHours() + workingHours()
  }

  func made(
    _ key: AssumptionKey, subject: String?, object: String, _ category: AssumptionCategory, _ confidence: Int, _ grounds: [AssumptionGround]
  ) -> InferredAssumption? {
    guard let text = AssumptionText.sentence(key.predicate, subject: subject, object: object, words) else { return nil }
    return InferredAssumption(
      key: key, words: AssumptionWrites.cut(text, AssumptionLimits.words), category: category, confidence: confidence, written: .rules,
      grounds: grounds)
  }

  // MARK: - Addresses at one domain

  /// A pair of people with an address at the same domain.
  private struct Pair {
    let one: ID<Thing>
    let oneName: String
    /// At that domain, at most five.
    let oneAddresses: [String]
    let other: ID<Thing>
    let otherName: String
    let otherAddresses: [String]
    let people: Int
  }

  /// Who has an address at the domain of an employer works with whoever else has one there. At a domain of more than fifty people nobody is asked.
  private func sameDomains() throws -> [InferredAssumption] {
    let domains: [String] = try db.rows(
      Query(
        column: """
          SELECT split_part(a.key, '@', 2) FROM person_addresses a WHERE a.user_id = (SELECT me()) AND a.kind = 'email' AND a.live
          GROUP BY 1 HAVING count(DISTINCT a.person_id) BETWEEN 2 AND 50 ORDER BY count(*), 1
          """))
    let employers = domains.filter { FreeMail.employer(of: "x@" + $0) != nil }
    if employers.isEmpty { return [] }
    let pairs = try db.rows(
      Query(
        """
        WITH seats AS (SELECT split_part(a.key, '@', 2) AS domain, a.person_id AS person, (array_agg(a.key ORDER BY a.key))[1:5] AS addresses,
            p.name
          FROM person_addresses a JOIN people p ON p.id = a.person_id AND p.user_id = a.user_id
          WHERE a.user_id = (SELECT me()) AND a.kind = 'email' AND a.live AND split_part(a.key, '@', 2) = ANY (\(employers)) GROUP BY 1, 2, 4),
          sizes AS (SELECT domain, count(*) AS people FROM seats GROUP BY domain)
        SELECT x.person AS one, x.name AS one_name, x.addresses AS one_addresses, y.person AS other, y.name AS other_name,
          y.addresses AS other_addresses, s.people
        FROM seats x JOIN seats y ON y.domain = x.domain AND x.person < y.person JOIN sizes s ON s.domain = x.domain
        WHERE NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND r.relationship IN ('works_with', 'manages') AND NOT r.own
            AND (r.from_id = x.person AND r.to_id = y.person OR r.from_id = y.person AND r.to_id = x.person))
          AND NOT EXISTS (SELECT FROM assumptions k
            WHERE k.user_id = (SELECT me()) AND k.key = 'person:' || x.person || ' works_with person:' || y.person AND k.state <> 'superseded'
              AND k.faded IS DISTINCT FROM 'room'
              AND NOT EXISTS (SELECT FROM (SELECT x.person, unnest(x.addresses) UNION ALL SELECT y.person, unnest(y.addresses)) AS g (thing, part)
                WHERE NOT EXISTS (SELECT FROM assumption_evidence e WHERE e.assumption_id = k.id AND e.thing = g.thing AND e.part = g.part)))
        ORDER BY s.people, x.person, y.person LIMIT \(Self.most)
        """, into: Pair.init))
    return pairs.compactMap { pair in
      made(
        AssumptionKey(AssumedThing("person", pair.one), "works_with", AssumedThing("person", pair.other)), subject: pair.oneName,
        object: pair.otherName, .inference, RuleConfidence.sameDomain(people: pair.people),
        AssumptionRules.grounds(pair.one, pair.oneAddresses) + AssumptionRules.grounds(pair.other, pair.otherAddresses))
    }
  }

  /// Each address is a ground of its own, so that a new one counts as new (RULES 9.39).
  private static func grounds(_ person: ID<Thing>, _ addresses: [String]) -> [AssumptionGround] {
    addresses.map { AssumptionGround(mark: EvidenceMark("person", person, part: $0), quote: $0) }
  }

  // MARK: - Meetings together

  /// Two people who were in meetings together.
  private struct Met {
    let one: ID<Thing>
    let oneName: String
    let other: ID<Thing>
    let otherName: String
    let meetings: Int
    /// The latest ten.
    let events: [ID<Thing>]
  }

  /// Who was in three meetings with somebody knows them. A date of a series counts once it is over, meetings of more than thirty do not count at all.
  private func metOften() throws -> [InferredAssumption] {
    let met = try db.rows(
      Query(
        """
        WITH there AS (SELECT DISTINCT r.from_id AS person, e.id AS event, e.starts_at,
            CASE WHEN e.rule = '' THEN 1 ELSE (SELECT count(*) FROM event_instances i WHERE i.event_id = e.id AND i.user_id = e.user_id
              AND i.ends_at <= \(now)) END AS times
          FROM entity_relationships r JOIN events e ON e.id = r.to_id AND e.user_id = r.user_id AND e.deleted_at IS NULL AND e.status <> 'cancelled'
            JOIN people p ON p.id = r.from_id AND p.user_id = r.user_id AND p.deleted_at IS NULL
          WHERE r.user_id = (SELECT me()) AND r.from_kind = 'person' AND r.to_kind = 'event' AND r.relationship IN ('attends', 'organizes') AND NOT r.own),
          small AS (SELECT event FROM there GROUP BY event HAVING count(*) BETWEEN 2 AND 30),
          pairs AS (SELECT x.person AS one, y.person AS other, sum(x.times)::bigint AS meetings,
              (array_agg(x.event ORDER BY x.starts_at DESC, x.event))[1:10] AS events
            FROM there x JOIN small s ON s.event = x.event JOIN there y ON y.event = x.event AND x.person < y.person
            GROUP BY x.person, y.person HAVING sum(x.times) >= 3)
        SELECT p.one, a.name AS one_name, p.other, b.name AS other_name, p.meetings, p.events
        FROM pairs p JOIN people a ON a.id = p.one AND a.user_id = (SELECT me()) JOIN people b ON b.id = p.other AND b.user_id = (SELECT me())
        WHERE NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND r.from_kind = 'person' AND r.to_kind = 'person'
            AND (r.from_id = p.one AND r.to_id = p.other OR r.from_id = p.other AND r.to_id = p.one))
        ORDER BY p.meetings DESC, p.one, p.other LIMIT \(Self.most)
        """, into: Met.init))
    let titles = try titles(met.flatMap(\.events))
    return met.compactMap { pair in
      guard let confidence = RuleConfidence.meetings(pair.meetings) else { return nil }
      return made(
        AssumptionKey(AssumedThing("person", pair.one), "knows", AssumedThing("person", pair.other)), subject: pair.oneName,
        object: pair.otherName,
        .inference, confidence,
        pair.events.map { AssumptionGround(mark: EvidenceMark("event", $0), quote: titles[$0] ?? "") })
    }
  }

  /// What things of the register are called.
  func titles(_ ids: [ID<Thing>]) throws -> [ID<Thing>: String] {
    if ids.isEmpty { return [:] }
    let found: [(ID<Thing>, String)] = try db.rows(
      Query(tuple: "SELECT d.id, d.title FROM search_documents d WHERE d.id = ANY (\(ids)) AND d.user_id = (SELECT me())"))
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }
}
