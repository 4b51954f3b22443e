import Domain
import HTML
import Postgres
import Web

/// The form of an answer that comes again, from a page that was gone back to. It sends nothing a second time; where its answer was taken back meanwhile,
/// nothing of it is on its way at all, and its sender is told so.
enum AnswerAgain {
  /// Of a draft that was approved.
  ///
  /// - Throws: ``TakenBefore`` where the form came before.
  static func check(_ draft: ID<Draft>, about conversation: Conversation, _ web: Context) throws {
    guard web.ledBefore != nil else { return }
    let subject = conversation.subject.utf8.isEmpty ? web.words("Without a subject") : conversation.subject
    let says = web.words(
      "Nothing was sent: the answer to “{subject}” was taken back, and its old form is used up. Open the draft and approve it there.",
      ["subject": subject])
    try end("m.draft_id = \(draft)", says, web)
  }

  /// Of an answer by hand.
  ///
  /// - Throws: ``TakenBefore`` where the form came before.
  static func check(in conversation: ID<Conversation>, _ web: Context) throws {
    guard web.ledBefore != nil else { return }
    var read = FormReader(web.form, web.words)
    let source = ReviewedText.lines(read.text("text", bytes: Draft.longest))
    let says = web.words(
      "Nothing was sent: this text was taken back, and its old form is used up. Send it from the box on this page.")
    // The last that they sent in these words.
    let key = Keys.sha256(Array(source.utf8))
    try end("m.conversation_id = \(conversation) AND m.author_id = (SELECT me()) AND m.body_key = \(key)", says, web)
  }

  /// Of a conversation that we began.
  ///
  /// - Parameter place: where its form led before; nil: it comes for the first time.
  static func check(first place: Path?, _ web: Context) throws {
    guard let place else { return }
    let id = place.text.utf8.dropFirst(Paths.conversations.text.utf8.count + 1)
    guard let conversation = ID<Conversation>(String(decoding: id, as: UTF8.self)) else { throw TakenBefore(says: nil) }
    try check(in: conversation, web)
  }

  private static func end(_ which: SQL, _ says: String, _ web: Context) throws {
    let sending: DeskMessage.Sending? = try web.db.value(
      """
      SELECT m.sending FROM messages m
      WHERE \(which) AND m.account_id = (SELECT my_account()) AND m.direction = 'outbound' ORDER BY m.number DESC LIMIT 1
      """)
    throw TakenBefore(says: sending == .cancelled ? says : nil)
  }
}
