import Domain
import HTML
import Postgres

/// What people read of search by meaning on the page of the model (RULES 9.43): by which model, how far it has come, what it cost.
struct VectorsPart {
  /// Of the last so many days.
  static let days = 30

  /// What counts: what is done, what waits, what the month's calls took.
  private struct Counts {
    let things: Int
    let waiting: Int
    let cut: Int
    /// Pieces that the server refuses.
    let refused: Int
    let tokens: Int
    let cost: Int?

    static func query(after day: Day) -> Query<Counts> {
      Query(
        """
        SELECT (SELECT count(DISTINCT e.thing) FROM embedding_sets s JOIN embeddings e ON e.set_id = s.id AND e.user_id = s.user_id
            WHERE s.user_id = me() AND s.state = 'live' AND length(e.bits) > 0) AS things,
          (SELECT count(*) FROM embedding_jobs j WHERE j.user_id = me()) AS waiting,
          (SELECT count(*) FROM embedding_sets s JOIN embeddings e ON e.set_id = s.id AND e.user_id = s.user_id
            WHERE s.user_id = me() AND s.state = 'live' AND e.cut) AS cut,
          (SELECT count(*) FROM embedding_sets s JOIN embeddings e ON e.set_id = s.id AND e.user_id = s.user_id
            WHERE s.user_id = me() AND s.state <> 'gone' AND length(e.bits) = 0) AS refused,
          u.tokens, u.cost FROM door.embedding_use(\(day)) u
        """, into: Counts.init)
    }
  }

  /// `off`, `exact`, `bits`, `pgvector`.
  let search: String
  /// How search by meaning does, in a sentence.
  let state: String
  /// How many things have vectors, and how many wait; for tools too.
  let done: String
  let waiting: String
  let progress: String
  /// The models whose vectors there are, with their lengths.
  let sets: [String]
  /// What is out of the ordinary.
  let notes: ProfileNotes?
  /// What the calls took; nil: there were none.
  let use: String?

  /// Asks what it shows.
  static func read(_ web: Context) throws -> VectorsPart {
    let since = Day(Int(web.now.seconds / 86_400)).advanced(by: -days)
    let counts = try web.read(Counts.query(after: since)).first
    return VectorsPart(
      try VectorState.read(web), counts ?? Counts(things: 0, waiting: 0, cut: 0, refused: 0, tokens: 0, cost: nil), try web.person, web)
  }

  private init(_ state: VectorState, _ counts: Counts, _ person: Person, _ web: Context) {
    let (words, server) = (web.words, web.services.embedding)
    search = state.search.rawValue
    (done, waiting) = (String(counts.things), String(counts.waiting))
    self.state = Self.sentence(state, server, person, words)
    progress =
      words.count("{n} thing is found by its meaning.", "{n} things are found by their meaning.", counts.things) + " "
      + words.count("{n} waits to be looked at.", "{n} wait to be looked at.", counts.waiting)
    sets = [state.live, state.building].compactMap(\.self).map { set in
      let name: KeyValuePairs = ["model": set.model, "host": set.host, "length": set.dimension.map { String($0) } ?? "–"]
      return set.state == .live
        ? words("Searched: {model} at {host}, {length} numbers each.", name)
        : words("Being made: {model} at {host}, {length} numbers each. Search goes on with the old ones until all are there.", name)
    }
    var lines: [String] = []
    if let until = state.pause?.wait(at: web.now) {
      let time = TimeWords.when(until, person.zone, person.language, now: web.now)
      lines.append(
        state.pause?.isOff(at: web.now) == true
          ? words(
            "The server's vectors cannot be used. It is left alone until {time}; meanwhile search goes by names and words.", ["time": time])
          : words("The server did not answer. It is asked again {time}.", ["time": time]))
    }
    if counts.cut > 0 {
      lines.append(
        words.count(
          "{n} thing is longer than {most} pieces: what stands behind them is found by its words only.",
          "{n} things are longer than {most} pieces: what stands behind them is found by its words only.", counts.cut,
          ["most": String(TextChunks.most)]))
    }
    if counts.refused > 0 {
      lines.append(
        words.count(
          "{n} text was refused by the server. It is found by its words only.",
          "{n} texts were refused by the server. They are found by their words only.", counts.refused))
    }
    notes = ProfileNotes(lines)
    use = counts.tokens == 0 ? nil : Self.use(counts, person, words)
  }

  private static func use(_ counts: Counts, _ person: Person, _ words: Words) -> String {
    let (count, days) = (String(counts.tokens), String(days))
    guard let cost = counts.cost else { return words("{count} tokens in {days} days.", ["count": count, "days": days]) }
    return words(
      "{count} tokens in {days} days, which cost {cost}.", ["count": count, "days": days, "cost": ModelText.cost(cost, person.language)])
  }

  private static func sentence(_ state: VectorState, _ server: EmbedServer?, _ person: Person, _ words: Words) -> String {
    guard let server else {
      return words("No server makes vectors. Search goes by names and words; with one it would find by meaning, too.")
    }
    let name: KeyValuePairs = ["model": server.model, "host": server.endpoint.host]
    if person.modelKinds.isEmpty {
      return words("{model} at {host} would make vectors of what you allow. You allow nothing, so nothing leaves this server.", name)
    }
    return words("{model} at {host} makes vectors of what you allow, so that search finds by meaning, too.", name)
  }
}
