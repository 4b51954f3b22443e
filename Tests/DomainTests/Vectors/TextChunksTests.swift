import Testing

@testable import Domain

/// Texts as the pieces that vectors are made of (RULES 9.42), with hard case 42's texts.
@Suite struct TextChunksTests {
  private func words(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }

  @Test func `pieces are cut between paragraphs, the title in front of each`() {
    let paragraphs = (0..<10).map { "p\($0) " + Array(repeating: "w", count: 99).joined(separator: " ") }
    let chunks = TextChunks(title: " A title ", text: paragraphs.joined(separator: "\r\n \n\n"))
    #expect(chunks.pieces.count == 4 && !chunks.hasMore)
    #expect(chunks.pieces.map { words($0) - 2 } == [300, 300, 300, 100])
    #expect(chunks.pieces.allSatisfy { $0.utf8.starts(with: "A title\n\np".utf8) })
    #expect(chunks.pieces[0].utf8.elementsEqual(("A title\n\n" + paragraphs[0..<3].joined(separator: "\n\n")).utf8))
    // A paragraph with no room begins a new piece only where the one before is long enough.
    let lengths = [200, 150, 100, 290].map { Array(repeating: "w", count: $0).joined(separator: " ") }
    let uneven = TextChunks(title: "", text: lengths.joined(separator: "\n\n"))
    #expect(uneven.pieces.map { words($0) } == [200, 250, 290])
    #expect(TextChunks(title: "", text: String(repeating: "w ", count: 700)).pieces.map { words($0) } == [300, 300, 100])
  }

  @Test func `what says nothing makes no piece, a title alone makes one`() {
    #expect(TextChunks(title: " ", text: " \n\r\n\u{a0}").pieces == [])
    #expect(TextChunks(title: "Tooth", text: "").pieces == ["Tooth"] && TextChunks(title: "", text: "ache").pieces == ["ache"])
    #expect(TextChunks(title: "", text: "one\r\ntwo\r\n\r\nthree").pieces == ["one two\n\nthree"])
  }

  @Test func `Hard case 42: 100 kB are 64 pieces and more, said`() {
    let chunks = TextChunks(title: "A", text: String(repeating: "word ", count: 20_480))
    #expect(chunks.pieces.count == 64 && chunks.hasMore)
    let whole = TextChunks(title: "A", text: String(repeating: "word ", count: 64 * 300))
    #expect(whole.pieces.count == 64 && !whole.hasMore)
  }

  @Test func `Hard case 42: a word of 20 kB is cut between scalars, a family of emoji never`() {
    let word = String(repeating: "é", count: 10_000)
    let chunks = TextChunks(title: "", text: word)
    #expect(chunks.pieces.joined().utf8.elementsEqual(word.utf8) && chunks.pieces.allSatisfy { $0.utf8.count <= 6_000 })
    let family = "👩‍👩‍👧‍👦"
    let families = TextChunks(title: "", text: "a" + String(repeating: family, count: 1_000))
    #expect(families.pieces.count == 5 && families.pieces.joined().utf8.elementsEqual(("a" + String(repeating: family, count: 1_000)).utf8))
    #expect(families.pieces.dropFirst().allSatisfy { $0.unicodeScalars.first == "👩" && $0.count * 25 == $0.utf8.count })
    // A letter that is longer than a piece.
    let letter = "e" + String(repeating: "\u{301}", count: 8_000)
    #expect(TextChunks(title: "", text: letter).pieces.joined().utf8.elementsEqual(letter.utf8))
    // Between other words.
    let between = TextChunks(title: "T", text: "one " + String(repeating: "x", count: 6_500) + " two")
    #expect(between.pieces.count == 4 && between.pieces.first == "T\n\none" && between.pieces.last == "T\n\ntwo")
  }
}
