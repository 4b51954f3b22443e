import Domain

/// The ids that other programs give to messages and conversations.
enum GivenID {
  /// Bytes.
  static let most = 1_000

  static func isUsable(_ id: String) -> Bool { id.utf8.count <= most && id.utf8.contains { $0 > 32 } }

  /// The id under which a program took a message of ours, where its answer is `{"external_id"}` ("Decided besides" 54); whatever else it says, the
  /// message was taken.
  static func read(_ answer: [UInt8]) -> String? {
    guard let id = JSONValue(answer)?["external_id"]?.text, isUsable(id), !id.utf8.contains(0) else { return nil }
    return id
  }
}
