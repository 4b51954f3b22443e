/// Which kind of text a file is.
enum HabitFileText {
  static func read(_ bytes: [UInt8], _ choices: HabitFileChoices) throws(HabitFileRefusal) -> HabitFile {
    if bytes.starts(with: Array("SQLite format 3\0".utf8)) { throw .database }
    let text = try utf8(bytes)
    guard let first = text.first(where: { $0 > 0x20 }) else { throw .empty }
    var builder = HabitFileBuilder(choices)
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      let root = try json(text)
      if let file = HabitKitFile(root) { return try file.read(&builder) }
      if let file = HabiticaFile(root) { return try file.read(&builder) }
      throw .unknown
    }
    return try table(text, &builder)
  }

  private static func table(_ text: [UInt8], _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    var rows = TextTable(text)
    guard let head = rows.next() else { throw .empty }
    let columns = HabitFileColumns(head)
    if columns.has("record", "habit", "date", "state") { return try OurHabitFile(columns).read(rows, &builder) }
    if columns.has("task name", "task id", "task type", "date", "value") { throw .habiticaHistory }
    if columns.has("habitname", "value") { return try HabitBullFile(columns).read(rows, &builder) }
    if columns.has("title", "entry_type", "entry_date") { return try StreaksFile(columns).read(rows, &builder) }
    if columns.has("habit", "date", "status", "unit") { return try HabitifyFile(columns).read(rows, &builder) }
    if let file = try LoopTable(text, head) { return try file.read(&builder) }
    guard let file = PlainHabitTable(text, head) else { throw .unknown }
    return try file.read(&builder)
  }

  private static func json(_ text: [UInt8]) throws(HabitFileRefusal) -> JSONValue {
    do throws(JSONError) { return try JSONDocument(text).root } catch { throw .brokenJSON(line: error.line) }
  }

  static func utf8(_ bytes: [UInt8]) throws(HabitFileRefusal) -> [UInt8] {
    do { return try ImportText.utf8(bytes) } catch { throw .notText }
  }

  /// Without blanks around it.
  static func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var cell = cell
    while let first = cell.first, first == 0x20 || first == 0x09 { cell = cell.dropFirst() }
    while let last = cell.last, last == 0x20 || last == 0x09 { cell = cell.dropLast() }
    return cell
  }

  /// In one line. Words of plain ASCII, which most cells are, are that already.
  static func line(_ cell: ArraySlice<UInt8>) -> String {
    let text = String(decoding: cell, as: UTF8.self)
    return cell.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? text : ImportText.oneLine(text)
  }

  static func lines(_ cell: ArraySlice<UInt8>) -> String { cell.isEmpty ? "" : ImportText.lines(cell) }

  /// As it is shown of a refused line.
  static func shown(_ cell: ArraySlice<UInt8>) -> String { ImportText.prefix(line(cell.prefix(400)), scalars: 80) }

  /// Texts with something in them, as paragraphs.
  static func paragraphs(_ texts: String...) -> String { texts.filter { !$0.isEmpty }.joined(separator: "\n\n") }
}

/// The columns of a table by their names, letter case aside; of two of one name the first.
struct HabitFileColumns {
  let names: [String]
  private let places: [String: Int]

  init(_ head: TextTable.Row?) {
    names = (head?.cells ?? []).prefix(1_000).map { HabitFileText.line($0).lowercased() }
    places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The first of these that there is.
  subscript(names: String...) -> Int? { names.lazy.compactMap { places[$0] }.first }

  func has(_ names: String...) -> Bool { names.allSatisfy { places[$0] != nil } }

  /// Why a row can say nothing, whatever stands in it.
  func fault(_ row: TextTable.Row) -> HabitFile.RefusedLine.Reason? {
    if row.isBroken { return .quotes }
    let isWider = row.count > names.count && (names.count..<row.count).contains { !HabitFileText.trimmed(row[$0]).isEmpty }
    return isWider || row.isTooWide ? .cells : nil
  }
}
