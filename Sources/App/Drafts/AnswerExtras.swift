import Domain
import HTML
import Web

/// What goes along with an answer, on its form: files, a saved reply to insert, a reminder if nobody answers.
struct AnswerExtras {
  let fileError: String?
  /// Files of what was taken back; nil: there are none.
  let kept: Select?
  let followUp: TextField
  /// nil: there are none.
  let saved: Select?

  var isInvalid: Bool { fileError != nil }
  var hasSaved: Bool { saved != nil }

  /// - Parameters:
  ///   - givenBack: an answer that was taken back: its files go along again, and when to be reminded stands there as it was typed.
  ///   - followsUp: false where a reminder has no answer to wait for.
  init(_ thread: ThreadDetails, givenBack: DeskMessage?, _ make: inout FieldBuilder, _ words: Words) {
    let files = thread.answering.files(givenBack: givenBack)
    kept =
      files.isEmpty
      ? nil
      : make.boxes(
        "kept", words("Files of the answer that was taken back"), files.map(\.id.text),
        files.map { ($0.id.text, "\($0.name) (\(SendingText.size($0.size)))") }, sentWith: "text")
    make.add("file", words("Files"))
    fileError = make.state.errors["file"]
    followUp = make.text(
      "follow_up", words("Remind me if they have not answered by"), givenBack?.followUp ?? "",
      help: words("“friday”, “in 3 days”. Nobody else hears of it."), autocomplete: "off", optional: true)
    saved =
      thread.saved.isEmpty
      ? nil
      : Select(
        name: "saved", label: words("Saved reply"),
        options: [ChoiceOption(value: "", label: words("None", context: "saved reply"), isChosen: true, id: "saved-none")]
          + thread.saved.map { ChoiceOption(value: $0.id.text, label: $0.title, isChosen: false, id: "saved-\($0.id.text)") },
        help: nil, error: make.state.errors["saved"])
  }
}

extension ThreadDetails {
  /// The text of a form with the saved reply behind it that the form names.
  ///
  /// - Returns: the text as it is where none is named. One that is gone is complained about.
  func inserting(into text: String, _ read: inout FormReader, by person: Person) -> String {
    let typed = read.trimmed(read.filled("saved"))
    if typed.utf8.isEmpty { return text }
    guard let id = ID<SavedText>(typed), let saved = saved.first(where: { $0.id == id }) else {
      read.complain("saved", read.words("This saved reply is gone. Choose another."))
      return text
    }
    return saved.appended(to: text) { field in
      switch field {
      case .customerFirstName: Customer.firstName(answering.conversation.customerName)
      case .customerName: answering.conversation.customerName
      case .agentName: person.displayName
      case .conversationSubject: answering.conversation.subject
      }
    }
  }
}

extension Form {
  /// The same form with another value of one field, and without a second.
  func with(_ name: String, _ value: String, without other: String, keeping names: [String]) -> Form {
    var fields: [(String, String)] = [(name, value)]
    for field in names where field != name && field != other {
      for case .text(let text) in all(field) { fields.append((field, text)) }
    }
    return Form(fields)
  }
}
