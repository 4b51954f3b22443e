extension TextChanges {
  /// How far apart the two texts are: changed letters (Unicode scalars) of the longer one's, 0 to 1; 0 for two empty ones.
  ///
  /// Within a replaced stretch only the letters count that differ: "cat" and "cut" are one apart. Beyond a few thousand letters a stretch counts
  /// as a whole, the longer side of it.
  public var distance: Double {
    var (old, new, changed) = (0, 0, 0)
    var pending: (deleted: String, inserted: String) = ("", "")
    var work = 4_000_000
    func close() {
      changed += LetterDistance.between(pending.deleted, pending.inserted, work: &work)
      pending = ("", "")
    }
    for change in changes {
      switch change {
      case .retain(let count):
        close()
        old += count
        new += count
      case .delete(let text):
        pending.deleted += text
        old += text.unicodeScalars.count
      case .insert(let text):
        pending.inserted += text
        new += text.unicodeScalars.count
      }
    }
    close()
    let longer = max(old, new)
    return longer == 0 ? 0 : min(Double(changed) / Double(longer), 1)
  }
}

enum LetterDistance {
  /// Levenshtein's: how many letters are put in, taken out or replaced.
  ///
  /// - Parameter work: what may be spent, one a pair of letters; less is left. When it is not enough, the answer is the longer length.
  static func between(_ left: String, _ right: String, work: inout Int) -> Int {
    var a = Array(left.unicodeScalars)[...]
    var b = Array(right.unicodeScalars)[...]
    while let first = a.first, first == b.first {
      a.removeFirst()
      b.removeFirst()
    }
    while let last = a.last, last == b.last {
      a.removeLast()
      b.removeLast()
    }
    let (cost, overflow) = a.count.multipliedReportingOverflow(by: b.count)
    guard !a.isEmpty, !b.isEmpty, !overflow, cost <= work else { return max(a.count, b.count) }
    work -= cost
    return table(Array(a), Array(b))
  }

  private static func table(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
