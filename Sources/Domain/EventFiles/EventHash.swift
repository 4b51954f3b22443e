/// What an event is known by that has no UID: start, end, title and place (RULES 9.25). 128 bits (FNV-1a, twice), the same on every machine; no
/// secret: it names and does not protect.
public struct EventHash: Hashable, Sendable {
  /// 32 hexadecimal digits.
  public let text: String

  /// As it is kept.
  public init(text: String) { self.text = text }

  /// Times count as they are written, by their walls and zones: an event stays itself when the data of a zone changes.
  public init(_ entry: EventEntry) {
    var parts: [String] = []
    switch entry.times {
    case .days(let days): parts += [days.lowerBound.iso, days.upperBound.iso]
    case .clock(let clock):
      parts += [clock.starts.text, clock.zone.name, clock.ends?.text ?? "", clock.ends == nil ? "" : clock.endZone.name]
    }
    self.init(parts + [entry.title, entry.location])
  }

  /// Of several texts, each told apart from the next.
  init(_ parts: [String]) {
    let bytes = parts.flatMap { (part: String) -> [UInt8] in Array(part.utf8) + [0x1F] }
    let halves: [UInt64] = [0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4].map { start in
      bytes.reduce(start) { (hash: UInt64, byte: UInt8) -> UInt64 in (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    text = halves.map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }
}

extension EventEntry {
  /// What it is known by without a UID.
  public var hash: EventHash { EventHash(self) }
}

/// Feeds that make up new UIDs each time (Office 365): within one feed an unknown UID with a known hash, whose old UID is gone from the feed, is
/// the same event (RULES 9.25).
public enum EventRenaming {
  /// - Parameters:
  ///   - known: the UIDs of this feed that are here, with their hashes.
  ///   - feed: what it says now, in its order.
  /// - Returns: by each new UID the one that it was known by. Of several alike each is taken once, in the order of the old UIDs.
  public static func found(known: [String: EventHash], feed: [(uid: String, hash: EventHash)]) -> [String: String] {
    let present = Set(feed.map(\.uid))
    var gone: [EventHash: [String]] = [:]
    for (uid, hash) in known where !present.contains(uid) { gone[hash, default: []].append(uid) }
    // The next one last.
    for hash in gone.keys { gone[hash]?.sort { $1.utf8.lexicographicallyPrecedes($0.utf8) } }
    var found: [String: String] = [:]
    for (uid, hash) in feed where !uid.isEmpty && known[uid] == nil && found[uid] == nil {
      if let old = gone[hash]?.popLast() { found[uid] = old }
    }
    return found
  }
}
