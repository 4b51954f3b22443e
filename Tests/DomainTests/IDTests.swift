import Testing

@testable import Domain

@Suite struct IDTests {
  private enum Thing {}

  @Test func `a new id holds the time, the version and the variant`() throws {
    var generator = Seeded(7)
    let now = try instant("2026-11-21T03:30:00.123Z")
    let id = ID<Thing>(at: now, using: &generator)
    #expect(id.high >> 16 == 1_795_231_800_123)
    #expect(id.high >> 12 & 0xF == 7)
    #expect(id.low >> 62 == 0b10)
    #expect(id.text.utf8.count == 36)
  }

  @Test func `ids of a later millisecond sort later, as numbers and as text`() {
    var generator = Seeded(1)
    let ids = (0..<200).map { ID<Thing>(at: Instant(microseconds: 1_795_231_800_000_000 + $0 * 1000), using: &generator) }
    #expect(ids == ids.sorted())
    #expect(ids.map(\.text) == ids.map(\.text).sorted())
    #expect(Set(ids).count == 200)
  }

  @Test func `chance differs within a millisecond`() {
    var generator = Seeded(2)
    #expect(Set((0..<1000).map { _ in ID<Thing>(at: Instant(seconds: 5), using: &generator) }).count == 1000)
  }

  @Test func `an id is the same after being written and read`() {
    var generator = Seeded(3)
    for _ in 0..<200 {
      let id = ID<Thing>(high: generator.next(), low: generator.next())
      #expect(ID<Thing>(id.text) == id)
      var bytes: [UInt8] = [1]
      id.write(to: &bytes)
      #expect(bytes.dropFirst().elementsEqual(id.text.utf8))
    }
    #expect(ID<Thing>(high: 0, low: 0).text == "00000000-0000-0000-0000-000000000000")
    #expect(ID<Thing>("01234567-89ab-cdef-0123-456789abcdef")?.high == 0x0123_4567_89AB_CDEF)
  }

  @Test(arguments: [
    "", "01234567-89AB-cdef-0123-456789abcdef", "0123456789abcdef0123456789abcdef", "{01234567-89ab-cdef-0123-456789abcdef}",
    "01234567-89ab-cdef-0123-456789abcde", "01234567-89ab-cdef-0123-456789abcdef0", "01234567-89ab-cdef-0123-456789abcdeg",
    "01234567_89ab_cdef_0123_456789abcdef", " 01234567-89ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcdef\n",
    "01234567-89ab-cdef-0123-456789abcde\u{661}", "0123456-789ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcdef\u{301}",
  ])
  func `only the canonical form in lower case is an id`(text: String) {
    #expect(ID<Thing>(text) == nil)
  }

  @Test func `times before 1970 and at the end of time do not trap`() {
    var generator = Seeded(4)
    #expect(ID<Thing>(at: .distantPast, using: &generator).high >> 16 == 0)
    #expect(ID<Thing>(at: .distantFuture, using: &generator).high >> 16 == 253_402_300_799_999)
  }
}
