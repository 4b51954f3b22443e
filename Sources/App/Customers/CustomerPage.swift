import Domain
import HTML
import Web

/// The page of a customer: addresses, conversations, notes, and what an admin can do.
struct CustomerPage {
  let layout: Layout
  let back = Paths.customers
  let id: String
  let title: String
  let name: String
  let addresses: [String]
  let since: TimeText
  let isSpam: Bool
  let conversations: [ConversationItem]
  let notes: [Note]
  let noting: Noting?
  let merging: Merging?
  let export: Path?
  let erasing: Erasing?
  let secret: CSRFField

  struct Note {
    let author: String
    let at: TimeText
    let text: SafeHTML
  }

  struct Noting {
    let secret: CSRFField
    let nonce: HiddenField
    let action: Path
    let text: TextArea
  }

  struct Merging {
    let secret: CSRFField
    let action: Path
    let into: TextField
    let isOpen: Bool
  }

  struct Erasing {
    let secret: CSRFField
    let action: Path
    let password: TextField
    let isOpen: Bool
  }

  init(
    _ details: CustomerDetails, _ web: Context, noting: FormState = .fresh, merging: FormState = .fresh, erasing: FormState = .fresh
  ) throws {
    let (person, words, clock) = (try web.person, web.words, web.clock)
    let customer = details.customer
    title = customer.title.utf8.isEmpty ? words("Somebody without a name") : customer.title
    let isFresh = noting.typed == nil && merging.typed == nil && erasing.typed == nil
    layout = try Layout(title, .customers, web, takesFlash: isFresh)
    secret = layout.secret
    id = customer.id.text
    (name, addresses, isSpam) = (customer.name, customer.addresses, customer.isSpam)
    since = TimeText(customer.firstSeenAt, person, clock)
    conversations = details.conversations.map { ConversationItem($0, details.members, person, clock, words, canTick: false) }
    notes = details.notes.map { Note(author: $0.authorName, at: TimeText($0.at, person, clock), text: Markdown.rendered($0.text).html) }
    let mine = person.answersCustomers
    let runs = person.role == .owner || person.role == .admin
    var note = FieldBuilder(noting)
    let text = note.area("text", words("Note for the team"), help: words("No customer ever gets it."), rows: 3)
    self.noting = mine ? Noting(secret: layout.secret, nonce: noting.nonce, action: Paths.notes(customer.id), text: text) : nil
    var merge = FieldBuilder(merging)
    let into = merge.text(
      "into", words("Address of the other customer"), help: words("A mail address, or the address of their page here."), autocomplete: "off"
    )
    self.merging =
      mine ? Merging(secret: layout.secret, action: Paths.merge(customer.id), into: into, isOpen: merging.typed != nil) : nil
    export = runs ? Paths.export(customer.id) : nil
    var erase = FieldBuilder(erasing)
    let password = erase.text("password", words("Your password"), type: "password", autocomplete: "current-password", required: true)
    self.erasing =
      runs ? Erasing(secret: layout.secret, action: Paths.erasure(customer.id), password: password, isOpen: erasing.typed != nil) : nil
  }
}
