/// What is stored now beside what was typed, when a form was filled in on an older version.
struct ConflictTable {
  let rows: [Row]

  struct Row {
    let label: String
    let stored: String
    let typed: String
    let differs: Bool

    /// Neither stored nor typed: fields of a kind that was not chosen.
    var isEmpty: Bool { stored.utf8.isEmpty && typed.utf8.isEmpty }

    init(_ label: String, _ stored: String, _ typed: String) {
      (self.label, self.stored, self.typed) = (label, stored, typed)
      // Browsers end lines by CR LF.
      differs = !stored.utf8.lazy.filter { $0 != 13 }.elementsEqual(typed.utf8.lazy.filter { $0 != 13 })
    }
  }
}
