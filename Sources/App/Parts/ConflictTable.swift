/// What is stored now beside what was typed, when a form was filled in on an older version.
struct ConflictTable {
  let rows: [Row]

  struct Row {
    let label: String
    let stored: String
    let typed: String
    let differs: Bool
  }

  /// - Parameter pairs: label, stored and typed value of each field.
  init(_ pairs: [(String, String, String)]) {
    rows = pairs.map { Row(label: $0.0, stored: $0.1, typed: $0.2, differs: !$0.1.utf8.elementsEqual($0.2.utf8)) }
  }
}
