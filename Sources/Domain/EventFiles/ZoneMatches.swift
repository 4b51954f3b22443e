/// Finds the place whose clocks are those of a zone that a file describes, over a year and the next: the person's own first, then where most
/// people live, then by name (RULES 9.26).
struct ZoneMatches {
  /// What clocks show over the two years: where they begin, and how they are set.
  private struct Clocks: Hashable {
    var first: Int
    var changes: [Change] = []

    struct Change: Hashable {
      let quarter: Int64
      let offset: Int
    }

    /// To a quarter of an hour, upwards: Windows lets days end at 23:59:59.
    mutating func append(_ at: Int64, _ offset: Int) {
      if offset == (changes.last?.offset ?? first) { return }
      changes.append(Change(quarter: floorDivide(at + 899, 900), offset: offset))
    }
  }

  private let years: ClosedRange<Int>
  /// Seconds since 1970.
  private let window: Range<Int64>
  private let own: Zone
  private let find: (String) -> Zone?
  private let names: [String]
  private var places: [Clocks: Zone]?

  /// - Parameters:
  ///   - now: within the first of the two years, in UTC.
  ///   - names: of the zones of this machine, in the order in which they are to be preferred.
  init(own: Zone, now: Instant, find: @escaping (String) -> Zone?, names: [String]) {
    let year = min(max(Zone.utc.local(now).day.year, 2), 9_996)
    years = year...(year + 1)
    window = Int64(Civil.days(year: year, month: 1, day: 1)) * 86_400..<Int64(Civil.days(year: year + 2, month: 1, day: 1)) * 86_400
    (self.own, self.find, self.names) = (own, find, names)
  }

  mutating func zone(like definition: ZoneDefinition) -> Zone? {
    let changes = definition.changes(years)
    var clocks = Clocks(first: ZoneDefinition.offset(at: window.lowerBound, changes))
    for change in changes where window.contains(change.at) && change.at > window.lowerBound { clocks.append(change.at, change.to) }
    if clocks == self.clocks(own) { return own }
    let places = self.places ?? allPlaces()
    self.places = places
    return places[clocks]
  }

  private func allPlaces() -> [Clocks: Zone] {
    var places: [Clocks: Zone] = [:]
    for name in WindowsZones.places + names {
      guard let zone = find(name) else { continue }
      let clocks = clocks(zone)
      if places[clocks] == nil { places[clocks] = zone }
    }
    return places
  }

  private func clocks(_ zone: Zone) -> Clocks {
    var place = Instant(seconds: window.lowerBound)
    var clocks = Clocks(first: zone.offset(at: place))
    while let next = zone.nextTransition(after: place), next.seconds < window.upperBound {
      clocks.append(next.seconds, zone.offset(at: next))
      place = next
    }
    return clocks
  }
}
