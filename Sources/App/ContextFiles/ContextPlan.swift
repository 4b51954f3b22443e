import Domain
import HTML

/// What would come of a file, entry by entry, beside what the person has.
struct ContextPlan {
  /// How an entry stands to what is there.
  enum Found: Equatable {
    case new
    /// It is there as the file says it.
    case equal
    /// The file says what it said before, and these fields were changed by hand since.
    case touched([String])
    /// The file says something else than before; these fields were changed by hand, and stay so.
    case changed(kept: [String])
    /// A later telling is here.
    case older
    /// It was written from here, and is otherwise by now.
    case own
    /// Somebody who lives has its address.
    case taken(String)
    case trashed
  }

  struct Entry {
    let line: Int
    let title: String
    let found: Found
    /// What it is about, where that is there.
    var thing: ThingRef?
    /// What a person has to know of how it was read.
    var remarks: [String] = []
  }

  /// A line of which nothing is made.
  struct Refused {
    let line: Int
    let title: String
    let reason: String
  }

  /// What a page says of a line.
  struct Note {
    let line: Int
    let title: String
    let text: String
    let isRefusal: Bool
  }

  var entries: [Entry]
  /// By line.
  var refused: [Refused]

  /// What becomes of the entry at a place.
  func outcome(
    _ place: Int, _ same: ContextImport.Same = .update, _ trash: ContextImport.InTrash = .skip
  ) -> ContextImport.Outcome {
    switch entries[place].found {
    case .new: return .new
    case .trashed: return trash == .restore ? .restored : .trashed
    case .equal: return same == .add ? .new : .same
    case .changed: return same == .add ? .new : same == .update ? .updated : .known
    case .touched, .older, .own, .taken: return same == .add ? .new : .known
    }
  }

  /// How many entries come to what, as a preview says it before anything is chosen.
  var counts: [ContextImport.Outcome: Int] {
    var counts: [ContextImport.Outcome: Int] = [.refused: refused.count]
    for place in entries.indices { counts[outcome(place), default: 0] += 1 }
    return counts
  }

  /// What there is to say of single lines.
  func notes(_ text: ContextImportText) -> [Note] {
    let ours = entries.flatMap { entry in
      ([text.about(entry.found)].compactMap(\.self) + entry.remarks).map {
        Note(line: entry.line, title: entry.title, text: $0, isRefusal: false)
      }
    }
    let theirs = refused.map { Note(line: $0.line, title: $0.title, text: $0.reason, isRefusal: true) }
    return (ours + theirs).enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }
}

/// Who takes the entries of a file in, a slice at a time.
protocol ContextTarget: AnyObject {
  var plan: ContextPlan { get }
  /// Of each entry what became of it, what it is, and what there is to say.
  var outcomes: [ContextImport.Outcome] { get set }
  var things: [ThingRef?] { get set }
  var left: [Int: [String]] { get }
  /// How things were before they were changed, as JSON, and the revision that they have since.
  var before: [Int: (row: String, revision: Int)] { get }

  /// Takes entries in. The person's planner is locked.
  func write(_ places: [Int], _ with: DeadlineWriting) throws
}

/// A file as it was read.
enum ContextFile {
  case people(PersonFile)
  case events(EventFile)

  /// Why nothing of one is read.
  enum Refusal: Error, Equatable {
    case people(PersonFile.Refusal)
    case events(EventFile.Refusal)

    /// Whether it is too large: the answer is 413.
    var isTooMuch: Bool {
      self == .people(.tooLarge) || self == .people(.tooMany) || self == .events(.tooLarge) || self == .events(.tooMany)
    }
  }

  var kind: ContextImport.Kind {
    switch self {
    case .people(let file): file.format == .vcard ? .vcf : .csv
    case .events: .ics
    }
  }

  /// A file as a person means it at a time: its dates, words and times without a zone by theirs.
  ///
  /// - Parameter kind: nil: told from the content.
  static func sent(
    _ bytes: [UInt8], _ noun: ContextImport.Noun, _ kind: ContextImport.Kind?, _ person: Person, at now: Instant, _ zones: Zones,
    mayGoOn: () -> Bool = { true }
  ) throws(Refusal) -> ContextFile {
    switch noun {
    case .people:
      let reader = PhraseReader(zone: person.zone, language: person.language, defaultHour: person.defaultTime, now: now)
      let format: PersonFile.Format? = kind == .vcf ? .vcard : kind == .csv ? .csv : nil
      do throws(PersonFile.Refusal) {
        return .people(try PersonFile(bytes, format: format, reader: reader, country: person.callingCode, mayGoOn: mayGoOn))
      } catch {
        throw .people(error)
      }
    case .events:
      do throws(EventFile.Refusal) {
        return .events(
          try EventFile(bytes, own: person.zone, now: now, zone: { zones.zone($0) }, names: zones.names, mayGoOn: mayGoOn))
      } catch {
        throw .events(error)
      }
    }
  }
}
