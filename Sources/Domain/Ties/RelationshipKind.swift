/// What a relationship of the list says, in the one wording that is stored (RULES 9.30). The other wording is its ``reverse``.
///
/// The ends are the specification's table of types, to the letter: `assigned_to` and `created_by` lead from the person to the task, although the
/// words read better the other way. What pages say of them is theirs.
public enum RelationshipKind: String, CaseIterable, Sendable {
  case worksWith = "works_with"
  case knows
  case manages
  case worksAt = "works_at"
  case livesAt = "lives_at"
  case frequents
  case attends
  case organizes
  case declined
  case assignedTo = "assigned_to"
  case createdBy = "created_by"
  case locatedAt = "located_at"
  case scheduledFor = "scheduled_for"
  case discussedIn = "discussed_in"

  /// The word for it as seen from the other end; of a two-way kind the same.
  public var reverse: String {
    switch self {
    case .worksWith, .knows: rawValue
    case .manages: "reports_to"
    case .worksAt: "employs"
    case .livesAt: "home_of"
    case .frequents: "visited_by"
    case .attends: "attended_by"
    case .organizes: "organized_by"
    case .declined: "declined_by"
    case .assignedTo: "responsible_for"
    case .createdBy: "created"
    case .locatedAt: "hosts"
    case .scheduledFor: "planned_in"
    case .discussedIn: "discusses"
    }
  }

  /// Whether it says the same from both ends, and so is stored once between two things.
  public var isTwoWay: Bool { self == .worksWith || self == .knows }

  /// The kind of thing that it leads from in its stored wording.
  public var from: ThingKind {
    switch self {
    case .locatedAt: .event
    case .scheduledFor, .discussedIn: .task
    default: .person
    }
  }

  /// The kind of thing that it leads to in its stored wording.
  public var to: ThingKind {
    switch self {
    case .worksWith, .knows, .manages: .person
    case .worksAt, .livesAt, .frequents, .locatedAt: .place
    case .attends, .organizes, .declined, .scheduledFor, .discussedIn: .event
    case .assignedTo, .createdBy: .task
    }
  }
}

/// A word of the list as forms say it: a kind, or its reverse, which is the kind turned round (RULES 9.30).
public struct RelationshipWord: Hashable, Sendable {
  public let kind: RelationshipKind
  /// Whether `from` of the form is what the kind leads to. Never of a two-way kind.
  public let isTurned: Bool

  public init(_ kind: RelationshipKind, isTurned: Bool = false) { (self.kind, self.isTurned) = (kind, isTurned && !kind.isTwoWay) }

  /// Every word that can be said, each kind before its reverse.
  public static let all: [RelationshipWord] = RelationshipKind.allCases.flatMap { kind in
    kind.isTwoWay ? [RelationshipWord(kind)] : [RelationshipWord(kind), RelationshipWord(kind, isTurned: true)]
  }

  /// Exactly a word of the list, such as `reports_to`; nil: these are words of one's own.
  public init?(_ text: some StringProtocol) {
    guard let word = RelationshipWord.all.first(where: { $0.text.utf8.elementsEqual(text.utf8) }) else { return nil }
    self = word
  }

  /// The word of the list that somebody typed as people do: "Works with", "reports to".
  public init?(typed text: some StringProtocol) {
    let blank = UInt8(ascii: " ")
    let words = text.utf8.split { $0 == blank || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    let bytes = words.joined(separator: [UInt8(ascii: "_")]).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    self.init(String(decoding: bytes, as: UTF8.self))
  }

  /// `manages`, `reports_to`.
  public var text: String { isTurned ? kind.reverse : kind.rawValue }

  /// Whether it can be said from one kind of thing of another.
  public func fits(from: ThingKind, to: ThingKind) -> Bool {
    isTurned ? (from == kind.to && to == kind.from) : (from == kind.from && to == kind.to)
  }

  /// The words that can be said from one kind of thing of another, for the form's list.
  public static func choices(from: ThingKind, to: ThingKind) -> [RelationshipWord] { all.filter { $0.fits(from: from, to: to) } }
}
