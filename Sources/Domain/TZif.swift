/// The time zone information format of the system's zone files. Source: RFC 9636.
///
/// A file is a header and a block with 32-bit times, and from version 2 on a second header, the same block with 64-bit times, and a
/// footer with a rule for all later years. Every number in it is checked before it is used.
enum TZif {
  private struct Header {
    let version: UInt8
    let indicators: Int
    let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    /// Bytes of the block that follows. The counts are below 2³² each, so the sum cannot overflow.
    func blockSize(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + indicators
    }
  }

  static func read(_ bytes: [UInt8]) throws(ZoneError) -> ZoneTable {
    var header = try header(bytes, at: 0)
    guard header.version >= 0x32 else {
      guard bytes.count >= 44 + header.blockSize(timeSize: 4) else { throw .truncated }
      return try table(bytes, at: 44, header, timeSize: 4, rule: nil)
    }
    let second = 44 + header.blockSize(timeSize: 4)
    header = try TZif.header(bytes, at: second)
    let block = second + 44
    let footer = block + header.blockSize(timeSize: 8)
    guard bytes.count >= footer else { throw .truncated }
    return try table(bytes, at: block, header, timeSize: 8, rule: rule(bytes, at: footer))
  }

  private static func header(_ bytes: [UInt8], at start: Int) throws(ZoneError) -> Header {
    guard bytes.count >= start, bytes.count - start >= 44 else { throw start == 0 && !bytes.starts(with: magic) ? .notTZif : .truncated }
    guard bytes[start...].starts(with: magic) else { throw start == 0 ? .notTZif : .malformed }
    let version = bytes[start + 4]
    guard version == 0 || (0x32...0x39).contains(version) else { throw .notTZif }
    func count(_ index: Int) -> Int { Int(big(bytes, at: start + 20 + index * 4, size: 4)) & 0xFFFF_FFFF }
    return Header(
      version: version, indicators: count(0) + count(1), leaps: count(2), times: count(3), types: count(4), characters: count(5))
  }

  /// The Big Bang, as zic writes it. Within it no arithmetic of ours can overflow.
  private static let furthestTime: Int64 = 1 << 59

  private static let magic: [UInt8] = [0x54, 0x5A, 0x69, 0x66]

  private static func table(
    _ bytes: [UInt8], at start: Int, _ header: Header, timeSize: Int, rule: (rule: PosixRule, text: String)?
  ) throws(ZoneError) -> ZoneTable {
    guard header.leaps == 0 else { throw .countsLeapSeconds }
    guard (1...256).contains(header.types), header.characters >= 1 else { throw .malformed }
    let kindsStart = start + header.times * timeSize
    let typesStart = kindsStart + header.times
    var times: [Int64] = []
    times.reserveCapacity(header.times)
    for index in 0..<header.times {
      let time = big(bytes, at: start + index * timeSize, size: timeSize)
      if let last = times.last, time <= last { throw .malformed }
      guard time.magnitude <= furthestTime.magnitude else { throw .malformed }
      times.append(time)
    }
    let kinds = Array(bytes[kindsStart..<typesStart])
    guard kinds.allSatisfy({ Int($0) < header.types }) else { throw .malformed }
    var clocks: [ZoneTable.Clock] = []
    let names = bytes[(typesStart + header.types * 6)...].prefix(header.characters)
    for index in 0..<header.types {
      clocks.append(try clock(bytes, at: typesStart + index * 6, names))
    }
    return ZoneTable(times: times, kinds: kinds, clocks: clocks, rule: rule?.rule, ruleText: rule?.text)
  }

  private static func clock(_ bytes: [UInt8], at start: Int, _ names: ArraySlice<UInt8>) throws(ZoneError) -> ZoneTable.Clock {
    let offset = big(bytes, at: start, size: 4)
    let index = Int(bytes[start + 5])
    guard (ZoneTable.leastOffset...ZoneTable.greatestOffset).contains(offset), index < names.count else { throw .malformed }
    let name = names.dropFirst(index).prefix { $0 != 0 }
    guard name.count <= PosixRule.longestName, name.allSatisfy(PosixRule.isNameByte) else { throw .malformed }
    return ZoneTable.Clock(offset: Int(offset), abbreviation: String(decoding: name, as: UTF8.self))
  }

  /// The footer: a rule between two line ends. An empty rule means that nothing is known; the last clock stays.
  private static func rule(_ bytes: [UInt8], at start: Int) throws(ZoneError) -> (rule: PosixRule, text: String)? {
    let footer = bytes[start...]
    guard footer.first == 0x0A, let end = footer.dropFirst().firstIndex(of: 0x0A) else { throw .badFooter }
    let text = footer[(start + 1)..<end]
    if text.isEmpty { return nil }
    guard let rule = PosixRule(Array(text)) else { throw .badFooter }
    return (rule, String(decoding: text, as: UTF8.self))
  }

  /// A signed big-endian number of 4 or 8 bytes; the caller has checked that they are there.
  private static func big(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
    var value: UInt64 = 0
    for index in start..<start + size { value = value << 8 | UInt64(bytes[index]) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
