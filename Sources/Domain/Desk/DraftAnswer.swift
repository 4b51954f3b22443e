/// What a model answers when it is asked for a draft (RULES 6.16), as it stands there: not yet held against anything.
public struct DraftAnswer: Hashable, Sendable {
  public struct Sentence: Hashable, Sendable {
    public let text: String
    /// As they are named in the answer: some may not be there.
    public let passages: [Int]
    public let beginsParagraph: Bool

    public init(_ text: String, _ passages: [Int] = [], beginsParagraph: Bool = false) {
      (self.text, self.passages, self.beginsParagraph) = (text, passages, beginsParagraph)
    }
  }

  /// "en", "pt", "pt-BR".
  public let language: String
  public let nothingFits: Bool
  public let sentences: [Sentence]

  /// Bytes of all sentences.
  static let longest = 65_536
  private static let most = 200

  public init(_ language: String, nothingFits: Bool = false, _ sentences: [Sentence]) {
    (self.language, self.nothingFits, self.sentences) = (language, nothingFits, sentences)
  }

  /// - Parameter object: `{"language":"en","nothing_fits":false,"sentences":[{"text":"…","passages":[1]}]}`; what else it holds is passed over.
  public init(_ object: JSONValue) throws(CoachFailure) {
    guard let language = object["language"]?.text else { throw .prose }
    let fits = object["nothing_fits"]
    guard fits == nil || fits?.bool != nil else { throw .prose }
    let nothingFits = fits?.bool ?? false
    var sentences: [Sentence] = []
    if let list = object["sentences"] {
      guard list.isArray else { throw .prose }
      for element in list.elements { sentences.append(try Self.sentence(element)) }
    } else if !nothingFits {
      throw .prose
    }
    guard sentences.count <= Self.most, sentences.reduce(0, { $0 + $1.text.utf8.count }) <= Self.longest else { throw .tooLarge }
    self.init(language, nothingFits: nothingFits, sentences)
  }

  private static func sentence(_ element: JSONValue) throws(CoachFailure) -> Sentence {
    guard element.isObject, let text = element["text"]?.text else { throw .prose }
    var passages: [Int] = []
    if let list = element["passages"] {
      guard list.isArray else { throw .prose }
      for number in list.elements {
        guard let passage = number.number.flatMap({ Int($0) }) else { throw .prose }
        passages.append(passage)
      }
    }
    return Sentence(text, passages, beginsParagraph: element["paragraph"]?.bool ?? false)
  }
}
