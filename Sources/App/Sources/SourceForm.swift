import Domain
import HTML
import Net
import Postgres
import Web

/// A source as its form says it.
struct SourceDraft {
  /// What a person chooses of a language; `auto`: the text tells.
  enum Tongue: String, CaseIterable {
    case auto
    case english = "en"
    case portuguese = "pt-BR"
  }

  let title: String
  let url: String?
  let text: String
  let language: Language
  let refresh: SourceDocument.Refresh
  let isEnabled: Bool
  /// nil: a new source's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameter stored: the source that is edited.
  init(_ form: Form, stored: SourceDocument? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    let typed = read.line("title", 0...200)
    let url = SourceDraft.url(&read)
    let page = stored == nil ? SourceDraft.page(&read) : nil
    let text = page?.text ?? read.text("text", bytes: SourceDocument.longest)
    let tongue = read.choice("language", Tongue.auto)
    let refresh = read.choice("refresh", SourceDocument.Refresh.never)
    let isEnabled = stored == nil || read.flag("enabled")
    version = stored == nil ? nil : read.version()
    if url == nil, refresh != .never { read.complain("refresh", reader.words("Give the address that is to be looked at.")) }
    let isBlank = text.utf8.allSatisfy { $0 == 32 || (9...13).contains($0) }
    // One whose first look failed has none yet.
    if isBlank, read.raw("url").utf8.isEmpty || stored.map({ !$0.text.utf8.isEmpty }) ?? false {
      read.complain("text", reader.words("Paste the text, send a file, or give an address."))
    }
    let titled = [typed, page?.title ?? "", SourceDraft.title(of: text), url.map(SourceDraft.title(ofURL:)) ?? ""]
    let title = titled.first { !$0.utf8.isEmpty } ?? ""
    if title.utf8.isEmpty, !isBlank { read.complain("title", reader.words("Fill this in.")) }
    try read.finish()
    self.title = changes.note("title", from: stored?.title, to: title)
    self.url = url
    _ = changes.note("url", from: stored.map { $0.url ?? "" }, to: url ?? "")
    self.text = changes.noteLong("text", from: stored?.text, to: isBlank ? "" : text)
    language = changes.note("language", from: stored?.language, to: SourceDraft.language(tongue, text, reader), \.rawValue)
    self.refresh = changes.note("refresh", from: stored?.refresh, to: refresh, \.rawValue)
    self.isEnabled = changes.note("enabled", from: stored?.isEnabled, to: isEnabled) { $0 ? "on" : "off" }
    self.changes = changes.facts
  }

  /// One that nobody typed.
  init(title: String, url: String?, text: String, language: Language, refresh: SourceDocument.Refresh = .never, isEnabled: Bool = true) {
    (self.title, self.url, self.text, self.language) = (title, url, text, language)
    (self.refresh, self.isEnabled, version, changes) = (refresh, isEnabled, nil, [:])
  }

  /// Whether its text comes from its address.
  var isFetched: Bool { url != nil && (refresh != .never || text.utf8.isEmpty) }

  /// What the form says, as a row holds it.
  var fields: RowValues {
    ["title": "\(title)", "url": "\(url)", "text": "\(text)", "language": "\(language)", "refresh": "\(refresh)"]
  }

  /// What stores a new one; nothing where another has its address.
  func inserting(_ id: ID<SourceDocument>, of account: ID<Account>, at now: Instant) -> SQL {
    """
    INSERT INTO sources (id, account_id, enabled, indexed_at, created_at, updated_at, \(fields.columns))
    VALUES (\(id), \(account), \(isEnabled), \(now), \(now), \(now), \(fields.values))
    ON CONFLICT (account_id, url) WHERE url IS NOT NULL AND deleted_at IS NULL DO NOTHING
    """
  }

  private static func language(_ tongue: Tongue, _ text: String, _ reader: Reader) -> Language {
    switch tongue {
    case .english: .english
    case .portuguese: .portuguese
    case .auto: MessageLanguage.told(by: text) ?? reader.person.language
    }
  }

  private static func url(_ read: inout FormReader) -> String? {
    let text = read.trimmed(read.raw("url"))
    if text.utf8.isEmpty { return nil }
    do throws(NetError) {
      let request = try HTTPRequest(.get, text)
      let scheme = request.url.utf8.prefix(8).map(ASCII.lower)
      guard scheme.starts(with: "http://".utf8) || scheme.elementsEqual("https://".utf8) else { throw .badURL }
      return text
    } catch {
      read.complain("url", read.words("Write a whole address such as https://shop.example/returns."))
      return nil
    }
  }

  /// The file that was sent with it; nil: none.
  private static func page(_ read: inout FormReader) -> PageText? {
    guard let file = read.form.file("file") else { return nil }
    if file.bytes.count > 1_000_000 {
      read.complain("file", read.words("This file is too large: at most 1 MB."))
      return nil
    }
    if file.bytes.prefix(4_096).contains(0) {
      read.complain("file", read.words("This is no text. Send a text, Markdown or HTML file."))
      return nil
    }
    let isNamedHTML = [".html", ".htm", ".xhtml"].contains {
      Bytes.lowercased(Array(file.name.utf8)).suffix($0.utf8.count).elementsEqual($0.utf8)
    }
    let page = PageText(file.bytes, isHTML: isNamedHTML ? true : nil)
    if page.text.utf8.isEmpty { read.complain("file", read.words("There is no text in this file.")) }
    if page.text.utf8.count > SourceDocument.longest {
      read.complain("file", read.words("There is too much text in this file: at most 256 kB."))
    }
    return page
  }

  /// Its first heading, else the beginning of its first line.
  static func title(of text: String) -> String {
    for line in text.split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == "#" || $0 == "\t" || $0 == "*" || $0 == "\r" }.joined(separator: " ")
      let seen = String(
        String.UnicodeScalarView(words.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 32 }))
      if !seen.utf8.isEmpty { return String(String.UnicodeScalarView(seen.unicodeScalars.prefix(100))) }
    }
    return ""
  }

  /// What a source is called until it has been fetched: its address without what every address has.
  static func title(ofURL url: String) -> String {
    let bytes = Array(url.utf8)
    let start = bytes.firstRange(of: Array("://".utf8))?.upperBound ?? 0
    return String(String.UnicodeScalarView(String(decoding: bytes[start...], as: UTF8.self).unicodeScalars.prefix(200)))
  }
}

extension SourceDraft {
  /// Makes it, with its passages.
  ///
  /// - Throws: ``FormErrors`` when another source has its address.
  func make(_ id: ID<SourceDocument>, of account: ID<Account>, at now: Instant, _ words: Words, _ db: Connection) throws {
    guard try db.run(inserting(id, of: account, at: now)) == 1 else {
      throw FormErrors("url", words("There is a source with this address already."))
    }
    try db.queue([SourceIndex.replacing(id, title, text, at: now)])
    if isFetched { try db.queue(SourceRefresh.asking(for: id, of: account, at: now)) }
  }
}
