import Web

/// The program that runs.
enum Program {
  /// Tells it from every other build: pages are made of what was compiled into it. Read from the file once, in some hundredths of a second, by who
  /// first asks; what cannot be read is told from nothing.
  static let mark: String = {
    var mark = ""
    SystemFile.pieces("/proc/self/exe") { piece in
      mark = ContentHash.text(of: Array(mark.utf8) + piece)
      return true
    }
    return mark
  }()
}
