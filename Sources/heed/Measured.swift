/// How long something took, as commands print it.
enum Measured {
  /// "0.250 seconds".
  static func seconds(_ milliseconds: Int) -> String {
    "\(milliseconds / 1000).\(String(milliseconds % 1000 + 1000).dropFirst()) seconds"
  }
}
