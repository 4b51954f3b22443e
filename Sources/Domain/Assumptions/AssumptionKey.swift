/// A thing that an assumption is about or leads to, by the word of the register for its kind: `person`, `habit`.
public struct AssumedThing: Hashable, Sendable {
  public let kind: String
  public let id: ID<Thing>

  public init(_ kind: String, _ id: ID<Thing>) { (self.kind, self.id) = (kind, id) }

  public init(_ ref: ThingRef) { (kind, id) = (ref.kind.rawValue, ref.id) }

  /// `person:0192f000-…`
  public var text: String { "\(kind):\(id.text)" }

  /// As links, relationships and pages name it; nil: a kind that they do not know, such as a habit.
  public var ref: ThingRef? { ThingKind(rawValue: kind).map { ThingRef($0, id) } }
}

/// What an assumption says, so that the same is known again (RULES 9.36): subject, predicate and object; of mere words these, normalised.
public struct AssumptionKey: Hashable, Sendable {
  /// Whom or what it is about; nil: the person themselves.
  public let subject: AssumedThing?
  /// `works_with`; empty: it is nothing but words.
  public let predicate: String
  /// What it leads to; nil: it is told by ``object``.
  public let thing: AssumedThing?
  /// Where it is no thing of the person's: "Umbrella", "07:00".
  public let object: String
  private let words: String

  /// What says the same from both ends leads from the smaller id.
  public init(_ subject: AssumedThing?, _ predicate: String, _ thing: AssumedThing?, object: String = "", words: String = "") {
    let isTwoWay = RelationshipKind(rawValue: predicate)?.isTwoWay ?? false
    if isTwoWay, let one = subject, let other = thing, other.id < one.id {
      (self.subject, self.thing) = (other, one)
    } else {
      (self.subject, self.thing) = (subject, thing)
    }
    (self.predicate, self.object, self.words) = (predicate, object, words)
  }

  /// At most 400 Unicode scalars.
  public var text: String {
    let about = subject?.text ?? "me"
    if predicate.utf8.isEmpty { return about + " " + AssumptionKey.normal(words) }
    return "\(about) \(predicate) " + (thing?.text ?? AssumptionKey.normal(object))
  }

  /// Whether it says something else of the same subject where only one thing can be so (RULES 9.39).
  public func isContrary(to other: AssumptionKey) -> Bool {
    subject == other.subject && predicate.utf8.elementsEqual(other.predicate.utf8) && AssumptionKey.isSingle(predicate)
      && !text.utf8.elementsEqual(other.text.utf8)
  }

  /// Whether a predicate can have one object only.
  public static func isSingle(_ predicate: String) -> Bool { single.contains { $0.utf8.elementsEqual(predicate.utf8) } }

  /// Those that can have one object only.
  public static let single = ["works_at", "lives_at", "birthday"]

  /// The relationship that confirming it makes; nil: none, it is a fact alone.
  public var relationship: Relationship? {
    guard let kind = RelationshipKind(rawValue: predicate), AssumptionKey.made.contains(kind) else { return nil }
    guard let from = subject?.ref, let to = thing?.ref else { return nil }
    // What no relationship can lead to makes none.
    return try? Relationship(.listed(kind), from: from, to: to)
  }

  private static let made: [RelationshipKind] = [.worksWith, .knows, .worksAt, .livesAt]

  /// Letters and digits in lower case, accents aside, one blank between words; at most 300 Unicode scalars.
  public static func normal(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var isApart = false
    for scalar in text.lowercased().unicodeScalars where out.count < 300 {
      if scalar.properties.generalCategory == .nonspacingMark { continue }
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
        isApart = !out.isEmpty
        continue
      }
      if isApart { out.append(" ") }
      isApart = false
      let folded = PhraseFolding(String(Character(scalar))).bytes
      // What is no letter of ours stays as it is.
      if folded.contains(PhraseFolding.foreign) || folded.contains(where: { $0 < 32 }) {
        out.append(scalar)
      } else {
        out.append(contentsOf: folded.map { Unicode.Scalar($0) })
      }
    }
    return String(out)
  }
}
