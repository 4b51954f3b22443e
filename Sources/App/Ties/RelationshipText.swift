import Domain
import HTML

/// What relationships are called, as read from either end.
enum RelationshipText {
  /// "works with", "reports to": the verb between two names.
  static func verb(_ word: RelationshipWord, _ words: Words) -> String {
    word.isTurned ? turned(word.kind, words) : straight(word.kind, words)
  }

  /// The same by its word for tools; words of one's own are what they are.
  static func name(_ text: String, _ words: Words) -> String { RelationshipWord(text).map { verb($0, words) } ?? text }

  /// What one says from one of its ends, for people.
  static func verb(_ relationship: Relationship, from thing: ID<Thing>, _ words: Words) -> String {
    switch relationship.type {
    case .listed(let kind): verb(RelationshipWord(kind, isTurned: relationship.from.id != thing), words)
    case .own: relationship.words(from: thing)
    }
  }

  /// The word of the list that somebody typed as pages say it, in their language, where it can be said from one kind of thing of another.
  static func word(_ text: String, from: ThingKind, to: ThingKind, _ words: Words) -> RelationshipWord? {
    let typed = Array(text.lowercased().utf8)
    return RelationshipWord.choices(from: from, to: to).first { verb($0, words).lowercased().utf8.elementsEqual(typed) }
  }

  /// What is said where no end was chosen.
  static func missing(_ words: Words) -> String { words("Choose one of your people, places, events, tasks or deadlines.") }

  /// The words that a thing of a kind can begin with.
  static func choices(from kind: ThingKind) -> [RelationshipWord] {
    RelationshipWord.all.filter { ($0.isTurned ? $0.kind.to : $0.kind.from) == kind }
  }

  private static func straight(_ kind: RelationshipKind, _ words: Words) -> String {
    switch kind {
    case .worksWith: words("works with", context: "relationship")
    case .knows: words("knows", context: "relationship")
    case .manages: words("manages", context: "relationship")
    case .worksAt: words("works at", context: "relationship")
    case .livesAt: words("lives at", context: "relationship")
    case .frequents: words("often goes to", context: "relationship")
    case .attends: words("attends", context: "relationship")
    case .organizes: words("organizes", context: "relationship")
    case .declined: words("declined", context: "relationship")
    case .assignedTo: words("is assigned to", context: "relationship")
    case .createdBy: words("made", context: "relationship")
    case .locatedAt: words("takes place at", context: "relationship")
    case .scheduledFor: words("is planned for", context: "relationship")
    case .discussedIn: words("is discussed in", context: "relationship")
    }
  }

  private static func turned(_ kind: RelationshipKind, _ words: Words) -> String {
    switch kind {
    case .worksWith, .knows: straight(kind, words)
    case .manages: words("reports to", context: "relationship")
    case .worksAt: words("employs", context: "relationship")
    case .livesAt: words("is home to", context: "relationship")
    case .frequents: words("is often visited by", context: "relationship")
    case .attends: words("is attended by", context: "relationship")
    case .organizes: words("is organized by", context: "relationship")
    case .declined: words("was declined by", context: "relationship")
    case .assignedTo: words("is done by", context: "relationship")
    case .createdBy: words("was made by", context: "relationship")
    case .locatedAt: words("hosts", context: "relationship")
    case .scheduledFor: words("is the time for", context: "relationship")
    case .discussedIn: words("discusses", context: "relationship")
    }
  }
}

extension RelationshipError {
  /// The field of the form that it is about.
  var field: String {
    switch self {
    case .itself: "to"
    case .ends, .words: "relationship"
    case .reverse: "reverse"
    case .strength: "strength"
    case .dates: "until"
    }
  }

  func sentence(_ words: Words) -> String {
    switch self {
    case .itself: words("A thing is not related to itself. Choose another.")
    case .ends: words("That cannot be said of these two. Choose other words, or something else.")
    case .words: words("Say it on one line, in at most {n} characters.", ["n": String(OwnRelationship.longest)])
    case .reverse: words("What goes both ways is said in the same words from both ends. Leave this empty.")
    case .strength: words("Give a whole number from {low} to {high}.", ["low": "1", "high": "10"])
    case .dates: words("It cannot be over before it begins.")
    }
  }
}
