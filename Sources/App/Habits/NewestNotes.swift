import Domain
import HTML
import Postgres

/// The newest notes of a habit, as its page shows them.
///
/// Rendering twenty takes longer than all else that the page does, so what they look like is kept in `habit_years`, which nothing else writes to, as long
/// as the habit's stamp is the same.
struct NewestNotes {
  /// The newest first.
  let notes: [Note]

  struct Note {
    let date: Day
    let text: SafeHTML
  }

  /// How many a page shows.
  static let most = 20

  /// What is longer is not kept: it would make the row longer than it is worth.
  private static let longest = 6_000

  /// - Parameter written: the newest first.
  init(rendering written: [WrittenNote]) {
    notes = written.map { Note(date: $0.date, text: Markdown.rendered($0.text).html) }
  }

  // MARK: - How they are kept

  /// What is stored of them; nil: they are too long.
  var bytes: [UInt8]? {
    var out = StateWriter(bytes: [UInt8(truncatingIfNeeded: Markdown.version)])
    out.add(notes.count)
    for note in notes {
      out.add(note.date.number)
      out.add(note.text.bytes)
    }
    return out.bytes.count <= NewestNotes.longest ? out.bytes : nil
  }

  /// Nil for what was rendered by other rules. This is where stored bytes become markup again.
  init?(_ bytes: [UInt8]) {
    var reader = StateReader(bytes)
    guard reader.byte() == UInt8(truncatingIfNeeded: Markdown.version), let count = reader.number(in: 0...NewestNotes.most)
    else { return nil }
    var notes: [Note] = []
    notes.reserveCapacity(count)
    for _ in 0..<count {
      guard let date = reader.day(), let html = reader.blob() else { return nil }
      notes.append(Note(date: date, text: RenderedText(storedHTML: html, plain: "").html))
    }
    guard reader.isAtEnd else { return nil }
    self.notes = notes
  }
}

/// A note as it was typed, with the date it belongs to.
struct WrittenNote {
  let date: Day
  let text: String

  /// None of them.
  static var none: Query<WrittenNote> { Query("SELECT date, notes AS text FROM habit_days WHERE false", into: WrittenNote.init) }

  /// The newest of a habit of the person that the transaction is for.
  static func newest(_ id: ID<Habit>) -> Query<WrittenNote> {
    Query(
      """
      SELECT date, notes AS text FROM habit_days WHERE habit_id = \(id) AND user_id = (SELECT me()) AND notes <> ''
      ORDER BY date DESC LIMIT \(NewestNotes.most)
      """, into: WrittenNote.init)
  }
}
