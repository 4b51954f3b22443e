import Domain
import Postgres

/// A text that is kept for answers, with places that are filled when it is inserted (RULES 6.33). The whole team inserts it; whoever wrote it, and
/// admins, change it.
struct SavedText {
  let id: ID<SavedText>
  let author: ID<User>?
  let authorName: String
  let title: String
  /// Markdown with places: ``SavedReply``.
  let text: String
  let version: Int
  let updatedAt: Instant

  /// What it is about, for the audit log.
  static let subject = "saved_reply"
  /// Bytes of a text.
  static let longest = 16_384
  /// As many as an account keeps.
  static let most = 500

  /// Of the account that the transaction is for, by their titles.
  ///
  /// - Parameter which: a condition on `s`.
  static func ours(_ which: SQL) -> Query<SavedText> {
    Query(
      """
      SELECT s.id, s.author_id AS author, s.author_name, s.title, s.text, s.version, s.updated_at FROM saved_replies s
      WHERE s.account_id = (SELECT my_account()) AND s.deleted_at IS NULL AND \(which) ORDER BY lower(s.title), s.id LIMIT \(SavedText.most)
      """, into: SavedText.init)
  }

  func canBeChanged(by person: Person) -> Bool {
    person.role == .owner || person.role == .admin || person.role == .agent && author == person.id
  }

  /// What is inserted, behind what is there already.
  ///
  /// - Parameter value: what stands for a place.
  func appended(to text: String, _ value: (SavedReply.Field) -> String) -> String {
    // It was read when it was saved.
    let filled = (try? SavedReply(self.text))?.filled(value) ?? self.text
    let kept = text.utf8.lastIndex { $0 > 0x20 }.map { String(text[...$0]) } ?? ""
    return kept.utf8.isEmpty ? filled : kept + "\n\n" + filled
  }
}
