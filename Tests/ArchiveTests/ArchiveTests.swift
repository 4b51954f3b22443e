import Foundation
import TestSupport
import Testing

@testable import Archive

/// ZIPs as programs write them and as nobody should.
@Suite struct ArchiveTests {
  private let limits = Archive.Limits(entries: 2_000, bytes: 640_000)

  private func read(_ bytes: [UInt8]) throws -> [String: String] {
    let entries = try Archive.entries(of: bytes, within: limits)
    return Dictionary(entries.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }, uniquingKeysWith: { $0 + "|" + $1 })
  }

  @Test func `stored and deflated files, folders left out, the empty archive`() throws {
    var zip = ZipWriter()
    zip.add("a.csv", Array("one".utf8))
    zip.add("folder/", [])
    zip.add("folder/b.csv", Deflated.zeros(1_000).bytes, deflated: 1_000, crc: Deflated.zeros(1_000).crc)
    #expect(try read(zip.bytes) == ["a.csv": "one", "folder/b.csv": String(repeating: "\0", count: 1_000)])
    #expect(try read(ZipWriter().bytes).isEmpty)
  }

  @Test func `names are only names, whatever they say`() throws {
    var zip = ZipWriter()
    for name in ["../../etc/passwd", "/etc/shadow", "C:\\x", "a/b/c/d/e"] { zip.add(name, Array("x".utf8)) }
    zip.add("twice", [0x31])
    zip.add("twice", [0x32])
    #expect(try read(zip.bytes) == ["../../etc/passwd": "x", "/etc/shadow": "x", "C:\\x": "x", "a/b/c/d/e": "x", "twice": "1|2"])
  }

  @Test func `names in UTF-8 and in the code page of DOS`() throws {
    var zip = ZipWriter()
    zip.add("Água.csv", [0x31], isUTF8: true)
    zip.add(raw: [0x80, 0x67, 0x75, 0x61], [0x32])
    #expect(try read(zip.bytes) == ["Água.csv": "1", "Çgua": "2"])
    zip.add(raw: [0xFF, 0xC3, 0x28], [0x33], isUTF8: true)
    #expect(throws: Archive.Failure.notArchive, "it says UTF-8, and is none") { try read(zip.bytes) }
  }

  @Test func `an archive that says it is larger than allowed is not unpacked`() throws {
    var zip = ZipWriter()
    zip.add("bomb", Deflated.zeros(100_000).bytes, deflated: 10_000_000_000, crc: 0)
    #expect(throws: Archive.Failure.tooLarge) { try read(zip.bytes) }
    var many = ZipWriter()
    let zeros = Deflated.zeros(100_000)
    for number in 0..<6 { many.add("part \(number)", zeros.bytes, deflated: 100_000, crc: zeros.crc) }
    #expect(try read(many.bytes).values.allSatisfy { $0.utf8.count == 100_000 })
    many.add("part 7", zeros.bytes, deflated: 100_000, crc: zeros.crc)
    #expect(throws: Archive.Failure.tooLarge) { try read(many.bytes) }
  }

  @Test func `an archive that says it is smaller is stopped at the limit`() throws {
    var zip = ZipWriter()
    zip.add("bomb", Deflated.zeros(800_000).bytes, deflated: 10, crc: 0)
    let failure = #expect(throws: Archive.Failure.self) { try read(zip.bytes) }
    #expect(failure == .tooLarge || failure == .damaged)
  }

  @Test func `ten thousand entries are too many, two thousand are not`() throws {
    func zip(_ count: Int) -> [UInt8] {
      var zip = ZipWriter()
      for number in 0..<count { zip.add("\(number)", []) }
      return zip.bytes
    }
    #expect(throws: Archive.Failure.tooManyEntries) { try read(zip(10_000)) }
    #expect(throws: Archive.Failure.tooManyEntries) { try read(zip(2_001)) }
    #expect(try read(zip(2_000)).count == 2_000)
  }

  @Test func `an encrypted file is said to be one`() throws {
    var zip = ZipWriter()
    zip.add("secret", [UInt8](repeating: 7, count: 40), flags: 1)
    #expect(throws: Archive.Failure.encrypted) { try read(zip.bytes) }
  }

  @Test func `a file whose bytes are not those of its sum, or packed in an unknown way, is damaged`() throws {
    var zip = ZipWriter()
    zip.add("a", Array("one".utf8), crc: 1)
    #expect(throws: Archive.Failure.damaged) { try read(zip.bytes) }
    var other = ZipWriter()
    other.add("a", Array("one".utf8), method: 97)
    #expect(throws: Archive.Failure.damaged) { try read(other.bytes) }
  }

  @Test func `cut off anywhere, it is refused`() throws {
    var zip = ZipWriter()
    zip.add("a.csv", Array("one, two, three".utf8))
    zip.add("b.csv", Deflated.zeros(500).bytes, deflated: 500, crc: Deflated.zeros(500).crc)
    for length in 0..<zip.bytes.count {
      #expect(throws: Archive.Failure.self, "\(length) bytes") { try read(Array(zip.bytes.prefix(length))) }
    }
    #expect(throws: Archive.Failure.notArchive) { try read([]) }
    #expect(throws: Archive.Failure.notArchive) { try read([UInt8](repeating: 0x50, count: 100)) }
  }
}
