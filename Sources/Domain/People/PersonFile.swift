/// People in a file of another program, or of ours, read whole (RULES 9.17). One broken card never stops the rest; what cannot be taken is listed.
public struct PersonFile: Sendable {
  /// What is read and written.
  public enum Format: String, CaseIterable, Hashable, Sendable {
    /// vCard 2.1, 3.0 and 4.0.
    case vcard = "vcf"
    /// Ours, Google's, Outlook's, and any other with a name.
    case csv
  }

  public static let mostBytes = 25_000_000
  public static let mostPeople = 50_000
  /// More lines are not named, but counted.
  public static let mostNotes = 20_000

  /// Why nothing of a file is read.
  public enum Refusal: Error, Hashable, Sendable {
    case empty
    /// More than ``PersonFile/mostBytes``.
    case tooLarge
    /// Bytes that are no text.
    case notText
    /// Neither a card nor a table with names.
    case unknown
    /// More than ``PersonFile/mostPeople``.
    case tooMany
    /// It took longer than the caller wanted to wait.
    case tooLong
  }

  /// What somebody is told about a line.
  public struct Note: Hashable, Sendable {
    /// From 1.
    public let line: Int
    public let about: About
  }

  public enum About: Hashable, Sendable {
    // Of these nobody is made.
    /// Neither a name nor a company nor an e-mail address.
    case noName
    /// Over 200 characters: nothing is cut silently.
    case longName
    /// Another card begins, or the file ends, before it does.
    case broken
    /// A card inside of another.
    case nested
    /// Quotes inside of a cell, or more cells than columns.
    case cells
    /// The same id or the same line stands there, and that one counts.
    case repeated(line: Int)
    // Of these somebody is made without something.
    /// A field and what stands in it, at most 80 characters.
    case value(String, String)
    /// A second structured name; the first counts.
    case secondName
    /// So many pictures, sounds and keys are left out.
    case pictures(Int)
    /// Over 20, or one over 40 characters or with a comma in it.
    case tags
    /// Over 20 e-mail addresses or numbers beside the main one.
    case addresses
    /// Over 16 kB.
    case longNotes
    /// What is beside it is over 60 kB, and left off whole.
    case longMetadata
    /// It has no name of its own; its company or its address stands for one.
    case nameOf(String)

    /// Whether nobody is made of the line.
    public var isRefusal: Bool {
      switch self {
      case .noName, .longName, .broken, .nested, .cells, .repeated: true
      case .value, .secondName, .pictures, .tags, .addresses, .longNotes, .longMetadata, .nameOf: false
      }
    }
  }

  public let format: Format
  /// In the order of the file.
  public let entries: [CardEntry]
  /// By line, at most ``mostNotes``.
  public let notes: [Note]
  /// How many more there are.
  public let notesLeft: Int
  /// Pictures, sounds and keys that were left out, of the whole file.
  public let pictures: Int

  /// - Parameters:
  ///   - format: nil: told from the content.
  ///   - reader: of dates in figures and of words; its date is today.
  ///   - country: the person's own, of numbers that say none.
  ///   - mayGoOn: asked now and then; false ends it with ``Refusal/tooLong``.
  public init(
    _ bytes: [UInt8], format: Format? = nil, reader: PhraseReader, country: CallingCode?, mayGoOn: () -> Bool = { true }
  ) throws(Refusal) {
    if bytes.count > PersonFile.mostBytes { throw .tooLarge }
    guard bytes.contains(where: { $0 > 0x20 }) else { throw .empty }
    var draft = PersonFileDraft(reader, country)
    let isCard = VCardFile.begins(bytes)
    // Cards may have texts of several charsets; what has a mark of UTF-16 is in that.
    let hasMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text: [UInt8]
    if isCard, !hasMark {
      if bytes.contains(0) { throw .notText }
      text = bytes
    } else {
      do { text = try ImportText.utf8(bytes) } catch { throw .notText }
    }
    let found = format ?? (isCard || VCardFile.begins(text) ? .vcard : .csv)
    switch found {
    case .vcard: try VCardFile.read(text, into: &draft, mayGoOn)
    case .csv: try PersonTable.read(text, into: &draft, mayGoOn)
    }
    self.format = found
    (entries, pictures) = (draft.entries, draft.pictures)
    notes = draft.notes.sorted { $0.line < $1.line }
    notesLeft = draft.notesLeft
  }
}

/// Somebody as a file says it.
public struct CardEntry: Hashable, Sendable {
  /// Where the card or the row begins, from 1.
  public let line: Int
  /// What the file calls it; "" where it has no id.
  public let uid: String
  /// The same whenever the same is sent: its id, or all that it says with how many equal ones stand before it.
  public var key: String
  /// When it was changed last over there, where the file says so.
  public let revised: Instant?
  public let person: PersonFields

  /// What is hashed: ``PersonFields/canonical``.
  public var content: String { person.canonical }
}
