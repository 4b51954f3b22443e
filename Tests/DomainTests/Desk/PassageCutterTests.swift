import Testing

@testable import Domain

/// RULES 6.12: passages.
@Suite struct PassageCutterTests {
  /// So many words in sentences of ten.
  private static func words(_ count: Int, _ name: String = "word") -> String {
    (1...count).map { "\(name)\($0)" + ($0 % 10 == 0 ? "." : "") }.joined(separator: " ")
  }

  private static func count(_ passage: CutPassage) -> Int { WordCount.of(passage.text) }

  private static func parts(_ parts: String...) -> String { parts.joined(separator: "\n\n") }

  private static let counts: [(String, Int)] = [
    ("", 0), ("\n\n  \n", 0), ("# Only a heading", 0), ("One word", 1), (words(79), 1), (words(200), 1), (words(201), 2), (words(1_000), 5),
    (parts(words(150), words(150)), 2), (parts(words(30), words(30)), 1), (parts("# A", words(100), "# B", words(100)), 2),
    (parts("# A", words(20), "# B", words(20), "# C", words(20)), 1),
  ]

  @Test(arguments: counts)
  func `a text has so many passages`(text: String, passages: Int) { #expect(PassageCutter.cut(text).count == passages) }

  @Test func `headings begin passages and stay with each that is cut of their section`() {
    let cut = PassageCutter.cut(
      Self.parts("# Returns", Self.words(300), "Refunds\n-------", Self.words(90) + " end.", "### Short ###", "Bye."))
    #expect(cut.map(\.heading) == ["Returns", "Returns", "Refunds · Short"])
    #expect(cut[2].text.contains("end.\n\n**Short**\n\nBye."))
    #expect(cut.map { (80...200).contains(Self.count($0)) } == [true, true, true])
  }

  @Test func `short sections stand together, and their headings with them`() {
    let cut = PassageCutter.cut(Self.parts("# A", Self.words(40), "# B", Self.words(50), "# C", Self.words(120)))
    #expect(cut.map(\.heading) == ["A · B", "C"])
    #expect(Self.count(cut[0]) == 91)  // with the heading within
  }

  @Test func `code and tables stay whole, however long they are`() {
    let code = "```swift\n# no heading\n" + Self.words(300) + "\n\nstill code\n```"
    let table = "| A | B |\n| - | - |\n" + (1...120).map { "| \($0) | x |" }.joined(separator: "\n")
    for whole in [code, table] {
      let cut = PassageCutter.cut(Self.parts("# T", Self.words(100), whole, Self.words(100)))
      #expect(cut.count == 3)
      #expect(cut[1].text == whole)
      #expect(Set(cut.map(\.heading)) == ["T"])
    }
    #expect(PassageCutter.cut("```\nnever closed\n# x\n").map(\.text) == ["```\nnever closed\n# x\n"])
  }

  @Test func `a sentence without an end is cut by words, lists keep their lines`() {
    let endless = (1...500).map { "w\($0)" }.joined(separator: " ")
    #expect(PassageCutter.cut(endless).allSatisfy { (80...200).contains(Self.count($0)) })
    let list = (1...100).map { "- item \($0)" }.joined(separator: "\n")
    let cut = PassageCutter.cut(list)
    #expect(cut.allSatisfy { (80...200).contains(Self.count($0)) })
  }

  /// Nothing is lost, and only the last may be short.
  @Test(arguments: 1...200)
  func `any text is cut into 80 to 200 words without losing one`(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var (text, all, number) = ("", [String](), 0)
    for _ in 0..<(1 + next(12)) {
      if next(3) == 0 { text += "## h\n\n" }
      for place in 0..<(1 + next(180)) {
        number += 1
        all.append("w\(number)x")
        text += (place == 0 ? "" : " ") + "w\(number)x" + (next(12) == 0 ? "." : "")
      }
      text += "\n\n"
    }
    let cut = PassageCutter.cut(text)
    #expect(DeskWords.all(of: cut.map(\.text).joined(separator: " ")).map(\.text).filter { $0 != "h" } == all)
    for passage in cut.dropLast() {
      let words = DeskWords.all(of: passage.text).count { $0.text != "h" }
      #expect((80...200).contains(words))
    }
    if let last = cut.last { #expect(DeskWords.all(of: last.text).count { $0.text != "h" } <= 200) }
  }
}
