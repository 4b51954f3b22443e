import Domain

/// Which of the texts of a batch a server refuses (RULES 9.42): several that are refused together are asked for by halves, so that one of 64
/// costs thirteen calls and holds up none of the others.
struct EmbedHalving {
  /// What is to be done next.
  enum Next: Equatable {
    /// These texts are asked for, by their places.
    case ask(Range<Int>)
    /// A text that tells of nobody: a server that refuses that too refuses everything, which says nothing of any text.
    case probe
    /// Each was answered, or is refused.
    case over
    /// It refuses everything.
    case broken
  }

  /// What is asked for in ``Next/probe``.
  static let harmless = "Hello, there."

  /// By their places among the texts.
  private(set) var vectors: [Int: UnitVector] = [:]
  private var waiting: [Range<Int>]
  private var alone: Set<Int> = []
  private var hasAnswered = false
  private var isProbing = false
  private var isBroken = false

  init(count: Int) { waiting = count > 0 ? [0..<count] : [] }

  var next: Next {
    if isBroken { return .broken }
    if isProbing { return .probe }
    return waiting.first.map { .ask($0) } ?? .over
  }

  /// How many texts are being asked for.
  var count: Int {
    switch next {
    case .ask(let places): places.count
    case .probe: 1
    case .over, .broken: 0
    }
  }

  /// Texts that the server refuses by themselves, by their places: known only where it has answered another.
  var refused: Set<Int> { hasAnswered ? alone : [] }

  /// How many numbers a vector has; nil: there is none yet.
  var dimension: Int? { vectors.values.first?.numbers.count }

  /// What was asked for has come, in the order of its places.
  mutating func take(_ found: [UnitVector]) {
    hasAnswered = true
    if isProbing {
      isProbing = false
      return
    }
    if waiting.isEmpty { return }
    for (place, vector) in zip(waiting.removeFirst(), found) { vectors[place] = vector }
  }

  /// What was asked for is refused.
  mutating func refuse() {
    if isProbing {
      isBroken = true
      return
    }
    if waiting.isEmpty { return }
    let places = waiting.removeFirst()
    if places.count > 1 {
      let middle = places.lowerBound + places.count / 2
      waiting = [places.lowerBound..<middle, middle..<places.upperBound] + waiting
      return
    }
    alone.insert(places.lowerBound)
    isProbing = !hasAnswered
  }
}

extension EmbedReply.Failure {
  /// Whether a server may say this of a text: that it is too long, or that it cannot read it. Everything else is about the server.
  var isOfText: Bool { self == .missing("status_400") || self == .missing("status_413") || self == .missing("status_422") }
}
