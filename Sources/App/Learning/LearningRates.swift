import Domain
import Postgres

/// How drafts fared in a period: of all, or of those that share something.
struct LearningRates {
  /// What they share; empty: all.
  let name: String
  let samples: Int
  let approved: Int
  let edited: Int
  let rejected: Int
  /// Of what left, approved or changed: how much of it was changed, 0 to 1 on average.
  let distance: Double
  /// The middle one of those that are known; nil: none is.
  let seconds: Int?

  /// What drafts can be told apart by.
  enum Part: CaseIterable { case model, prompt, channel, week }

  static func all(since: Instant) -> Query<LearningRates> { query("''::text", since, "HAVING count(*) > 0") }

  /// - Returns: those with the most samples first; weeks in their order.
  static func by(_ part: Part, since: Instant) -> Query<LearningRates> {
    switch part {
    case .model: query("d.model_key", since, "GROUP BY d.model_key ORDER BY count(*) DESC, d.model_key LIMIT 20")
    case .prompt: query("d.prompt_version", since, "GROUP BY d.prompt_version ORDER BY count(*) DESC, d.prompt_version LIMIT 20")
    case .channel: query("min(c.name)", since, "GROUP BY c.id ORDER BY count(*) DESC, c.id LIMIT 20")
    case .week: query("to_char(s.created_at AT TIME ZONE 'UTC', 'IYYY-\"W\"IW')", since, "GROUP BY 1 ORDER BY 1")
    }
  }

  private static func query(_ name: SQL, _ since: Instant, _ grouping: SQL) -> Query<LearningRates> {
    Query(
      """
      SELECT \(name) AS name, count(*)::integer AS samples, (count(*) FILTER (WHERE s.action = 'approve'))::integer AS approved,
        (count(*) FILTER (WHERE s.action = 'edit'))::integer AS edited, (count(*) FILTER (WHERE s.action = 'reject'))::integer AS rejected,
        coalesce(avg(s.distance) FILTER (WHERE s.action <> 'reject'), 0)::float8 AS distance,
        (percentile_disc(0.5) WITHIN GROUP (ORDER BY s.seconds) FILTER (WHERE s.seconds IS NOT NULL))::integer AS seconds
      FROM learning_samples s JOIN drafts d ON d.id = s.draft_id JOIN channels c ON c.id = d.channel_id
      WHERE s.account_id = (SELECT my_account()) AND s.created_at >= \(since) \(grouping)
      """, into: LearningRates.init)
  }

  /// How many of them were good as they were, 0 to 1.
  var acceptance: Double { samples == 0 ? 0 : Double(approved) / Double(samples) }
}

/// A reason of rejection, with how often it was given.
struct RejectionCount {
  let reason: Draft.Reason
  let count: Int

  static func query(since: Instant) -> Query<RejectionCount> {
    Query(
      """
      SELECT s.reason, count(*)::integer AS count FROM learning_samples s
      WHERE s.account_id = (SELECT my_account()) AND s.created_at >= \(since) AND s.action = 'reject' AND s.reason IS NOT NULL
      GROUP BY s.reason ORDER BY count(*) DESC, s.reason
      """, into: RejectionCount.init)
  }
}

/// A source that no draft of a period quotes.
struct UnusedSource {
  let id: ID<SourceDocument>
  let title: String
  /// All of them.
  let count: Int

  static func query(since: Instant, at now: Instant) -> Query<UnusedSource> {
    Query(
      """
      SELECT s.id, s.title, (count(*) OVER ())::integer AS count FROM sources s
      WHERE s.account_id = (SELECT my_account()) AND s.deleted_at IS NULL AND s.enabled AND s.created_at <= \(now) AND NOT EXISTS (
        SELECT FROM draft_sources q JOIN drafts d ON d.id = q.draft_id
        WHERE q.account_id = s.account_id AND q.source_id = s.id AND d.asked_at >= \(since))
      ORDER BY s.id DESC LIMIT 20
      """, into: UnusedSource.init)
  }
}

/// A question to which no source had anything to say.
struct UnansweredQuestion {
  let conversation: ID<Conversation>
  let subject: String
  let count: Int

  static func query(since: Instant) -> Query<UnansweredQuestion> {
    Query(
      """
      SELECT v.id AS conversation, v.subject, (count(*) OVER ())::integer AS count FROM conversations v
      WHERE v.account_id = (SELECT my_account()) AND v.state <> 'spam' AND EXISTS (
        SELECT FROM drafts d WHERE d.conversation_id = v.id AND d.sources = 0 AND d.ready_at >= \(since))
      ORDER BY v.last_at DESC, v.id DESC LIMIT 20
      """, into: UnansweredQuestion.init)
  }
}

/// What people change in drafts, the newest of a period: the words that they take out and put in, and what they add again and again.
struct LearningChanges {
  /// A word, with in how many drafts.
  struct Count: Equatable {
    let text: String
    let drafts: Int
  }

  /// As many changed drafts are looked at.
  private static let most = 300
  private static let shown = 10
  /// What is put in so often is offered as a source or a saved reply.
  private static let recurs = 3

  let added: [Count]
  let removed: [Count]
  let recurring: [Count]

  /// The stored changes, and the texts that they change.
  static func query(since: Instant) -> Query<(String, String)> {
    Query(
      tuple: """
        SELECT x.diff, d.generated FROM learning_samples s JOIN drafts d ON d.id = s.draft_id CROSS JOIN LATERAL (
          SELECT diff FROM decisions WHERE draft_id = s.draft_id AND action = 'edit' ORDER BY number DESC LIMIT 1) x
        WHERE s.account_id = (SELECT my_account()) AND s.created_at >= \(since) AND s.action = 'edit' AND x.diff IS NOT NULL
        ORDER BY s.created_at DESC, s.id DESC LIMIT \(most)
        """)
  }

  init(_ diffs: [(String, String)]) {
    var (added, removed, lines): ([String: Int], [String: Int], [String: Int]) = ([:], [:], [:])
    for (json, generated) in diffs {
      guard let diff = try? StoredDiff(json: json) else { continue }  // One that is not read says nothing here.
      var (new, old, sentences): (Set<String>, Set<String>, Set<String>) = ([], [], [])
      for change in diff.changes.changes {
        switch change {
        case .retain: break
        case .delete(let text): old.formUnion(LearningChanges.words(text))
        case .insert(let text):
          new.formUnion(LearningChanges.words(text))
          sentences.formUnion(LearningChanges.sentences(text))
        }
      }
      // What is retained of an address may leave parts of it that do not look like one.
      old.formIntersection(LearningChanges.wordsOutsideAddresses(generated))
      // A word that only moved was neither put in nor taken out.
      for word in new.subtracting(old) { added[word, default: 0] += 1 }
      for word in old.subtracting(new) { removed[word, default: 0] += 1 }
      for sentence in sentences { lines[sentence, default: 0] += 1 }
    }
    self.added = LearningChanges.often(added, atLeast: 2)
    self.removed = LearningChanges.often(removed, atLeast: 2)
    recurring = LearningChanges.often(lines, atLeast: LearningChanges.recurs)
  }

  private static func often(_ counts: [String: Int], atLeast least: Int) -> [Count] {
    let sorted = counts.filter { $0.value >= least }.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    return sorted.prefix(shown).map { Count(text: $0.key, drafts: $0.value) }
  }

  /// But for those that stand in every text.
  private static func words(_ text: String) -> [String] {
    wordsOutsideAddresses(text).filter { !DeskWords.content(of: $0).isEmpty }
  }

  /// Of three letters and more, in lower case.
  private static func wordsOutsideAddresses(_ text: String) -> [String] {
    let ends: Set<Unicode.Scalar> = ["(", ")", "<", ">", "[", "]", "\""]
    var words: [String] = []
    for piece in text.lowercased().unicodeScalars.split(whereSeparator: { $0.properties.isWhitespace || ends.contains($0) })
    where !isAddress(String(String.UnicodeScalarView(piece))) {
      for word in piece.split(whereSeparator: { !$0.properties.isAlphabetic }) where word.count >= 3 {
        words.append(String(String.UnicodeScalarView(word)))
      }
    }
    return words
  }

  /// Of a link or of a mail.
  private static func isAddress(_ piece: String) -> Bool {
    let bytes = Array(piece.utf8)
    let isLink = bytes.indices.contains { bytes[$0...].starts(with: "://".utf8) }
    return isLink || bytes.starts(with: "www.".utf8) || bytes.starts(with: "mailto:".utf8)
      || bytes.count > 1 && bytes.contains(UInt8(ascii: "@"))
  }

  /// Lines and sentences of twenty letters and more.
  private static func sentences(_ text: String) -> [String] {
    text.unicodeScalars.split { $0 == "\n" || $0 == "." || $0 == "!" || $0 == "?" }.compactMap { part in
      let words = part.split { $0.properties.isWhitespace }
      let line = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
      return line.unicodeScalars.count >= 20 ? line : nil
    }
  }
}
