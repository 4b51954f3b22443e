import Domain
import HTML
import Postgres

extension NavSection {
  static let sources = NavSection(group: .desk, path: Paths.sources, label: { words in words("Sources") }, icon: "sources", key: "d")
}

extension Feature {
  /// What drafts quote from.
  static let sources = Feature(
    section: .sources,
    search: { view in FoundSource.search(view) },
    jobs: [SourceRefresh.kind, SourceRefresh.schedule, SourceCrawl.kind, GoldenWork.kind],
    retention: [
      // What was deleted can be brought back for a day.
      Retention("sources.deleted", days: 1) { before in
        "DELETE FROM sources WHERE id IN (SELECT id FROM sources WHERE deleted_at < \(before) LIMIT \(Chore.slice))"
      },
      GoldenRun.retention,
    ],
    sentence: { facts, words in facts.aboutSources(words) },
    detail: { name, words in AuditFacts.sourceDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        "source", "SELECT id, title FROM sources WHERE id = a.subject_id AND account_id = (SELECT my_account()) AND deleted_at IS NULL"
      ) { Paths.source($0) }
    ],
    demo: { stage in try SourcesDemo(stage).tell() })
}

extension AuditFacts {
  /// The sentences about sources; nil for other entries.
  func aboutSources(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"], "found": self["found"], "questions": self["questions"]]
    return switch action {
    case "source.made": words("Added the source “{title}”.", values)
    case "source.changed": words("Edited a source.")
    case "source.refreshed": words("Asked for a look at the address of “{title}”.", values)
    case "source.deleted": words("Deleted the source “{title}”.", values)
    case "source.restored": words("Brought back the source “{title}”.", values)
    case "golden.run": words("Tried the golden questions: {found} of {questions} found their source.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func sourceDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "url": words("Address")
    case "text": words("Text")
    case "language": words("Language")
    case "refresh": words("Look at the address again")
    case "questions": words("Questions")
    case "first": words("Found first")
    case "found": words("Found among three")
    default: nil
    }
  }
}

/// A source that a search found, with how many there are.
private struct FoundSource {
  let id: ID<SourceDocument>
  let title: String
  let passages: Int
  let count: Int

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    let holding = Query(
      """
      SELECT s.id, s.title, s.passages, count(*) OVER () AS count FROM sources s
      WHERE s.account_id = (SELECT my_account()) AND s.deleted_at IS NULL
        AND (strpos(plain(s.title), plain(\(view.text))) > 0 OR strpos(plain(s.text), plain(\(view.text))) > 0)
      ORDER BY strpos(plain(s.title), plain(\(view.text))) = 0, s.id DESC LIMIT \(SearchView.most)
      """, into: FoundSource.init)
    return Reading(rows: holding).map { found in
      let words = view.words
      let rows = found.map {
        SearchPart.Row(title: $0.title, path: Paths.source($0.id), note: words.count("{n} passage", "{n} passages", $0.passages))
      }
      return [
        SearchPart("sources", words("Sources"), rows, of: found.first?.count ?? 0, list: Paths.sources.adding("q", view.text), words)
      ]
    }
  }
}
