/// A reader of bytes from outside, and what must hold whatever it is given.
struct Target: Sendable {
  let name: String
  /// Bytes of the longest input.
  let longest: Int
  /// What changes begin with: inputs of every form that the reader knows.
  let seeds: [[UInt8]]
  /// What may be put anywhere: the reader's own words and marks.
  let words: [[UInt8]]
  /// CPU time of one input after which it counts as one that hangs, in milliseconds, in a debug build.
  let patience: Int
  /// Reads one input and checks the answer.
  ///
  /// - Returns: what kind of answer it was; an input that brings a new kind is changed further.
  /// - Throws: ``Broken`` when the answer cannot be right.
  let read: @Sendable ([UInt8]) throws -> String

  init(
    _ name: String, longest: Int, seeds: [[UInt8]], words: [String] = [], patience: Int = 2_000,
    read: @escaping @Sendable ([UInt8]) throws -> String
  ) {
    self.name = name
    self.longest = longest
    self.seeds = seeds
    self.words = words.map { Array($0.utf8) }
    self.patience = patience
    self.read = read
  }

  /// All there are. Each has a folder in `corpus` for what was found with it.
  static let all = [
    mailboxes, records, form, multipart, cookies, tokens, cursors, requests, phrases, cron, recurrences, lines, texts, imports,
    eventFiles, zones,
    times,
    markdown,
    replies,
    addresses,
    headers, habitFiles, habitParts, archives, mails, edits, openingHours, outgoing, sources, mailPages, subscriptions, people,
  ]
}

/// An answer that cannot be right, in words.
struct Broken: Error, CustomStringConvertible {
  let description: String
}

/// - Throws: ``Broken`` with `words` unless `condition` holds.
func hold(_ condition: Bool, _ words: @autoclosure () -> String) throws {
  if !condition { throw Broken(description: words()) }
}

/// Texts as bytes.
func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

/// For kinds of answers: how large, in powers of two.
func size(_ count: Int) -> String { String(Int.bitWidth - count.leadingZeroBitCount) }
