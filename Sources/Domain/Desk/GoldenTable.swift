/// Questions with the source that should be found for each: a table with the columns `question` and `source_url`, in any order, or these two without a
/// head.
public struct GoldenTable: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public let question: String
    public let url: String
  }

  public enum Refusal: Error, Hashable, Sendable {
    case empty
    /// It is no text.
    case notText
    /// The line that cannot be read, or lacks one of both.
    case broken(line: Int)
    case tooMany
  }

  public static let most = 300

  public let rows: [Row]

  public init(_ bytes: [UInt8]) throws(Refusal) {
    let text: [UInt8]
    do { text = try ImportText.utf8(bytes) } catch { throw .notText }
    var table = TextTable(text)
    var rows: [Row] = []
    var (question, url) = (0, 1)
    var isFirst = true
    while let row = table.next() {
      let cells = row.cells.map { mailLine(Array($0)) }
      if isFirst {
        isFirst = false
        let names = cells.map { String(decoding: mailFolded(Array($0.utf8)[...]), as: UTF8.self) }
        if let first = names.firstIndex(of: "question"), let second = names.firstIndex(of: "source_url") {
          (question, url) = (first, second)
          continue
        }
      }
      guard !row.isBroken, max(question, url) < cells.count else { throw .broken(line: row.line) }
      let made = Row(question: mailLine(Array(row[question])), url: mailLine(Array(row[url])))
      guard !made.question.isEmpty, made.question.unicodeScalars.count <= 1_000, made.url.utf8.count <= 2_048,
        ["http://", "https://"].contains(where: { made.url.utf8.starts(with: $0.utf8) })
      else {
        throw .broken(line: row.line)
      }
      if rows.count == GoldenTable.most { throw .tooMany }
      rows.append(made)
    }
    if rows.isEmpty { throw .empty }
    self.rows = rows
  }
}
