import Domain
import HTML

/// The sentences on the page of search.
enum SearchText {
  /// What is said of a mark that was left out.
  static func complaint(_ stumble: SearchQuery.Stumble, _ words: Words) -> String {
    switch stumble.reason {
    case .date:
      words("“{mark}” is left out: that is no date. Write it like before:2027-03-01.", ["mark": stumble.typed])
    case .kind: words("“{mark}” is left out: there is no such kind. Write it like type:task.", ["mark": stumble.typed])
    case .state: words("“{mark}” is left out: nothing can be in that state. Write it like status:done.", ["mark": stumble.typed])
    }
  }

  /// A mark and what it does.
  struct Mark {
    let example: String
    let meaning: String
  }

  /// All marks, with words of the person's own language.
  static func marks(_ words: Words) -> [Mark] {
    [
      Mark(example: words("type:task"), meaning: words("Only this kind, as it is called on the page.")),
      Mark(example: words("tag:home"), meaning: words("Only what has this tag.")),
      Mark(example: words("status:done"), meaning: words("Only what stands so: open, done, blocked, paused.")),
      Mark(example: words("after:2027-03-01"), meaning: words("Only what was changed on that day or later.")),
      Mark(example: words("before:2027-04-01"), meaning: words("Only what was changed before that day.")),
      Mark(example: words("“new kitchen”"), meaning: words("Words that stand together.")),
      Mark(example: words("-sink"), meaning: words("Nothing that holds this word.")),
    ]
  }

  /// How a thing was found, where its name does not say it.
  static func found(_ match: FoundThing.Match, _ words: Words) -> String? {
    switch match {
    case .name, .words: nil
    case .similar: words("Spelled like it")
    case .sense: words("By meaning")
    }
  }
}
