import Domain
import HTML
import Net
import Postgres

/// Why the address of a source brought no text; the raw value is stored.
enum SourceFailure: String {
  /// The address guard lets nobody dial it.
  case refused
  case resolving, connecting, tls, timeout, broken
  /// Its status follows.
  case status
  /// It is no text of a kind that is read.
  case kind
  case tooLarge = "large"
  case empty

  /// - Parameter error: as stored, with a detail behind a blank.
  static func sentence(_ error: String, _ words: Words) -> String {
    let parts = error.split(separator: " ", maxSplits: 1)
    let detail: KeyValuePairs = ["detail": parts.count > 1 ? String(parts[1]) : ""]
    switch parts.first.flatMap({ SourceFailure(rawValue: String($0)) }) {
    case .refused?: return words("its address is in a network that Heed may not reach")
    case .resolving?: return words("its host is not known")
    case .connecting?: return words("its host does not answer")
    case .tls?: return words("its certificate cannot be trusted")
    case .timeout?: return words("its host took too long")
    case .status?: return words("its host answered {detail}", detail)
    case .kind?: return words("it is {detail}, and text or HTML is needed", detail)
    case .tooLarge?: return words("it is too large: at most 1 MB, and 256 kB of text")
    case .empty?: return words("there is no text on it")
    case .broken?, nil: return words("the connection broke")
    }
  }
}

/// Looks at the addresses of sources: when somebody asks, and every night at those whose turn it is. A look is one transfer, through the address guard.
/// What came as it was is told apart by its ETag, and only noted.
enum SourceRefresh {
  static let name = "sources.refresh"

  /// Asks for a look.
  static func asking(for id: ID<SourceDocument>, of account: ID<Account>, at now: Instant) -> [SQL] {
    [
      "UPDATE sources SET asked_at = \(now) WHERE id = \(id)",
      Job.asking(for: name, at: id.text, of: account, now: now),
    ]
  }

  static let kind = JobKind(name) { run, bench, now in
    guard let id = ID<SourceDocument>(run.place), let source = try bench.db.row(Target.query(id)) else { return .done }
    guard let answer = run.answer else {
      do throws(NetError) {
        return .transfer(try source.request)
      } catch {
        try note(.broken, "", of: source, bench, now)
        return .done
      }
    }
    switch answer {
    case .failed(let failure): try note(SourceFailure(failure.kind), "", of: source, bench, now)
    case .response(let response):
      run.count("bytes", response.body.count)
      try take(response, of: source, bench, now)
    }
    return .done
  }

  /// Every night: asks for those whose turn it is, some at a time.
  static let schedule = JobKind("sources.schedule", .nightly()) { (bench, after: ID<SourceDocument>, now) in
    let due: [(ID<SourceDocument>, ID<Account>)] = try bench.db.rows(
      Query(
        tuple: """
          SELECT id, account_id FROM sources
          WHERE id > \(after) AND refresh <> 'never' AND enabled AND deleted_at IS NULL
            AND (asked_at IS NULL OR asked_at < \(now.advanced(hours: -1)))
            AND (coalesce(checked_at, '-infinity') <= \(now.advanced(hours: -20)) AND refresh = 'daily' OR failing_since IS NOT NULL
              OR coalesce(checked_at, '-infinity') <= \(now.advanced(hours: -164)))
          ORDER BY id LIMIT 100
          """))
    try bench.db.runAll(due.flatMap { asking(for: $0.0, of: $0.1, at: now) })
    return due.count < 100 ? nil : due.last?.0
  }

  /// What a look needs of a source.
  private struct Target {
    let id: ID<SourceDocument>
    let title: String
    let url: String
    let text: String
    let etag: String
    let modified: String
    let passages: Int

    static func query(_ id: ID<SourceDocument>) -> Query<Target> {
      Query(
        """
        SELECT id, title, url, text, etag, modified, passages FROM sources
        WHERE id = \(id) AND url IS NOT NULL AND enabled AND deleted_at IS NULL FOR UPDATE
        """, into: Target.init)
    }

    var request: HTTPRequest {
      get throws(NetError) {
        var headers = [HeaderField("Accept", "text/html, text/markdown, text/plain;q=0.9")]
        if !etag.utf8.isEmpty { headers.append(HeaderField("If-None-Match", etag)) }
        if !modified.utf8.isEmpty { headers.append(HeaderField("If-Modified-Since", modified)) }
        return try HTTPRequest(.get, url, headers: headers, milliseconds: 20_000, bytes: 1_000_000)
      }
    }
  }

  private static func take(_ response: HTTPResponse, of source: Target, _ bench: WorkBench, _ now: Instant) throws {
    if response.status == 304, source.passages > 0 { return try good(source, response, [], bench, now) }
    guard response.status == 200 else { return try note(.status, String(response.status), of: source, bench, now) }
    if response.isTruncated { return try note(.tooLarge, "", of: source, bench, now) }
    let type = SourceType(response.header("Content-Type"))
    guard type.isText, !response.body.prefix(4_096).contains(0) else { return try note(.kind, type.name, of: source, bench, now) }
    let page = PageText(response.body, isHTML: type.isHTML, charset: type.charset)
    if page.text.utf8.isEmpty { return try note(.empty, "", of: source, bench, now) }
    if page.text.utf8.count > SourceDocument.longest { return try note(.tooLarge, "", of: source, bench, now) }
    let called = page.title.utf8.isEmpty ? SourceDraft.title(of: page.text) : page.title
    // What nobody gave a title is called as its page is.
    let isUntitled = source.title.utf8.elementsEqual(SourceDraft.title(ofURL: source.url).utf8) && !called.utf8.isEmpty
    let title = isUntitled ? String(String.UnicodeScalarView(called.unicodeScalars.prefix(200))) : source.title
    if page.text.utf8.elementsEqual(source.text.utf8), !isUntitled, source.passages > 0 {
      return try good(source, response, [], bench, now)
    }
    let language = MessageLanguage.told(by: page.text)
    try good(
      source, response,
      [
        "UPDATE sources SET text = \(page.text), title = \(title), language = coalesce(\(language), language), version = version + 1 WHERE id = \(source.id)",
        SourceIndex.replacing(source.id, title, page.text, at: now),
      ], bench, now)
  }

  private static func good(_ source: Target, _ response: HTTPResponse, _ changes: [SQL], _ bench: WorkBench, _ now: Instant) throws {
    func kept(_ name: String, _ bytes: Int, _ stored: String) -> String {
      guard let value = response.header(name) else { return response.status == 304 ? stored : "" }
      // Sent back as it came: what is no visible ASCII is none of these.
      return value.utf8.count <= bytes && value.utf8.allSatisfy { $0 >= 32 && $0 < 127 } ? value : ""
    }
    try bench.db.runAll(
      changes + [
        """
        UPDATE sources SET asked_at = NULL, checked_at = \(now), failing_since = NULL, error = '', etag = \(kept("ETag", 1_000, source.etag)),
          modified = \(kept("Last-Modified", 100, source.modified)), updated_at = \(now) WHERE id = \(source.id)
        """
      ])
  }

  private static func note(_ failure: SourceFailure, _ detail: String, of source: Target, _ bench: WorkBench, _ now: Instant) throws {
    let error = detail.utf8.isEmpty ? failure.rawValue : "\(failure.rawValue) \(detail)"
    try bench.db.run(
      """
      UPDATE sources SET asked_at = NULL, failing_since = coalesce(failing_since, \(now)), error = \(error), updated_at = \(now)
      WHERE id = \(source.id)
      """)
  }
}

extension SourceFailure {
  fileprivate init(_ kind: HTTPFailure.Kind) {
    switch kind {
    case .refused: self = .refused
    case .resolving: self = .resolving
    case .connecting: self = .connecting
    case .tls, .certificate: self = .tls
    case .timeout: self = .timeout
    case .broken, .cancelled: self = .broken
    }
  }
}

/// What a server says that its answer is: `text/html; charset=utf-8`.
struct SourceType {
  /// In lower case; empty: it says nothing.
  let name: String
  let charset: String?

  init(_ header: String?) {
    let parts = (header ?? "").split(separator: ";").map { part in
      String(decoding: part.utf8.filter { $0 > 32 && $0 < 127 && $0 != 0x22 }.map(ASCII.lower).prefix(80), as: UTF8.self)
    }
    name = parts.first ?? ""
    charset = parts.dropFirst().first { $0.utf8.starts(with: "charset=".utf8) }.map { String($0.dropFirst(8)) }
  }

  var isText: Bool { name.utf8.isEmpty || name.utf8.starts(with: "text/".utf8) || isHTML == true }

  /// nil: it says neither.
  var isHTML: Bool? {
    switch name {
    case "text/html", "application/xhtml+xml": true
    case "": nil
    default: false
    }
  }
}
