import Domain
import HTML

/// What jobs of an account are called, in the words of the contract and of people.
enum JobType: String, CaseIterable {
  case crawl
  case ingestGoldens = "ingest_goldens"
  case correctionsSync = "corrections_sync"
  case draft, index, erase

  /// ``JobKind/name`` of each.
  var kinds: [String] {
    switch self {
    case .crawl: ["crawl", "sources.refresh"]
    case .ingestGoldens, .correctionsSync, .draft, .index, .erase: [rawValue]
    }
  }

  /// Those that people may ask for.
  static let asked: [JobType] = [.crawl, .ingestGoldens, .correctionsSync]

  init?(kind: String) {
    guard let type = JobType.allCases.first(where: { $0.kinds.contains { $0.utf8.elementsEqual(kind.utf8) } }) else { return nil }
    self = type
  }
}

/// Their names on pages.
enum JobNames {
  /// - Parameter kind: ``JobKind/name``.
  static func name(_ kind: String, _ words: Words) -> String {
    if kind.utf8.elementsEqual("sources.refresh".utf8) { return words("Look at the address of a source") }
    if kind.utf8.elementsEqual("acknowledge".utf8) { return words("Tell a customer that their message has come") }
    if kind.utf8.elementsEqual("late.times".utf8) { return words("Reckon anew by when answers are owed") }
    if kind.utf8.elementsEqual("vectors.embed".utf8) { return words("Make vectors for search by meaning") }
    return JobType(kind: kind).map { name($0, words) } ?? kind
  }

  static func name(_ type: JobType, _ words: Words) -> String {
    switch type {
    case .crawl: words("Look at the addresses of all sources")
    case .ingestGoldens: words("Ask the golden questions")
    case .correctionsSync: words("Count what was learnt")
    case .draft: words("Write a draft")
    case .index: words("Index a source")
    case .erase: words("Erase a customer")
    }
  }
}
