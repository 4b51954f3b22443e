import Domain
import HTML
import Postgres
import Web

/// The list of saved replies, with the form for another.
struct SavedReplyListPage {
  let layout: Layout
  let rows: [SavedReplyItem]
  let form: SavedReplyForm?

  var isEmpty: Bool { rows.isEmpty }

  init(_ saved: [SavedText], _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Saved replies"), .savedReplies, web, takesFlash: state.typed == nil)
    rows = saved.map { SavedReplyItem($0, person, web.clock) }
    var make = FieldBuilder(state)
    form = person.answersCustomers ? SavedReplyForm(entries: person.entries, &make, layout.secret, words) : nil
  }
}

/// One in the list.
struct SavedReplyItem {
  let id: String
  let path: Path
  let title: String
  let author: String
  let beginning: String
  let updated: TimeText

  init(_ saved: SavedText, _ person: Person, _ clock: PageClock) {
    id = saved.id.text
    path = Paths.savedReply(saved.id)
    (title, author) = (saved.title, saved.authorName)
    beginning = String(String.UnicodeScalarView(saved.text.unicodeScalars.prefix(160)))
    updated = TimeText(saved.updatedAt, person, clock)
  }
}

/// The page of one: its form, or its text for those who may only insert it.
struct SavedReplyPage {
  let layout: Layout
  let back = Paths.savedReplies
  let author: String
  let text: String
  let form: SavedReplyForm?
  let secret: CSRFField
  let deletion: Path?

  init(_ saved: SavedText, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(saved.title, .savedReplies, web, takesFlash: state.typed == nil)
    secret = layout.secret
    (author, text) = (saved.authorName, saved.text)
    var make = FieldBuilder(state)
    let isMine = saved.canBeChanged(by: person)
    form = isMine ? SavedReplyForm(saved, &make, layout.secret, words) : nil
    deletion = isMine ? Paths.deletion(saved.id) : nil
  }
}

/// What is asked of one.
struct SavedReplyForm {
  let frame: FormFrame
  let title: TextField
  let text: TextArea

  /// Of a new one. Its nonce is the same until something of the account changes (``Person/entries``), so that the list can be answered 304.
  init(entries: Int64, _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words) {
    self.init(nil, make.state.nonce("saved reply", entries: entries), to: Paths.savedReplies, &make, secret, words)
  }

  /// Of one that is there.
  init(_ stored: SavedText, _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words) {
    self.init(stored, make.state.version(stored.version), to: Paths.savedReply(stored.id), &make, secret, words)
  }

  private init(
    _ stored: SavedText?, _ carried: HiddenField, to path: Path, _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words
  ) {
    title = make.text("title", words("Title"), stored?.title ?? "", required: true, maxLength: 100)
    let places = SavedReply.Field.allCases.map { "{{\($0.rawValue)}}" }.joined(separator: ", ")
    text = make.area(
      "text", words("Text"), stored?.text ?? "", help: words("Markdown. Filled in when inserted: {places}.", ["places": places]), rows: 8)
    frame = FormFrame(make, secret, to: path, cancel: stored == nil ? nil : Paths.savedReplies, carrying: [carried])
  }
}
