import Testing

@testable import Domain

/// What is marked in names and texts (RULES 9.44). Marked words stand in square brackets.
@Suite struct SearchMarksTests {
  private func shown(_ runs: [SearchMarks.Run]) -> String { runs.map { $0.isMarked ? "[\($0.text)]" : $0.text }.joined() }

  @Test func `words are marked by their beginning, whatever their case, accents and direction`() {
    for (terms, text, expected) in [
      (["ana"], "Ana, Anaïs e Joana", "[Ana], [Anaïs] e Joana"),
      (["violao"], "O VIOLÃO e o viola\u{303}o", "O [VIOLÃO] e o [viola\u{303}o]"),
      (["VIOLÃO"], "violao", "[violao]"), (["viola\u{303}o"], "Violão", "[Violão]"),
      // The Turkish i with its dot is an i, the one without is a letter of its own, as in the register.
      (["istanbul"], "İstanbul ve ISTANBUL", "[İstanbul] ve [ISTANBUL]"), (["ıspanak"], "Ispanak ıspanak", "Ispanak [ıspanak]"),
      (["שלום"], "של שלום עולם", "של [שלום] עולם"), (["سلام"], "والسلام سلام", "والسلام [سلام]"),
      (["ếch"], "Con ếch ECH", "Con [ếch] [ECH]"), (["иод"], "Йод", "[Йод]"), (["क्ष"], "क्षत्रिय", "[क्षत्रिय]"),
      (["a"], "Ação b á", "[Ação] b [á]"), (["d'água"], "Copo d'água", "Copo [d]'[água]"),
      (["new kitchen"], "A new kitchen", "A [new] [kitchen]"),
      (["<b>"], "x <b>y</b>", "x <[b]>y</[b]>"), (["50%"], "50% off", "[50]% off"), (["2027"], "12.2027", "12.[2027]"),
    ] as [([String], String, String)] {
      #expect(shown(SearchMarks(terms).marked(text)) == expected)
    }
  }

  @Test func `signs are marked where they stand, whole`() {
    for (term, text, expected) in [
      ("🎉", "Party 🎉 now", "Party [🎉] now"), ("👩", "a 👩‍👩‍👧 b 👩🏽", "a [👩‍👩‍👧] b [👩🏽]"), ("👩‍👩‍👧", "x👩‍👩‍👧👩‍👩‍👧", "x[👩‍👩‍👧][👩‍👩‍👧]"),
      ("🇧🇷", "🇧🇷🇵🇹", "[🇧🇷]🇵🇹"), ("%", "100%", "100%"), ("_", "a_b", "a_b"),
    ] {
      #expect(shown(SearchMarks([term]).marked(text)) == expected)
    }
  }

  @Test func `where no word begins so, what shares most of its beginning is marked`() {
    for (term, text, expected) in [
      ("running", "He runs far", "He [runs] far"), ("corridas", "A corrida", "A [corrida]"), ("runs", "running runs", "running [runs]"),
      ("ruins", "runs", "runs"), ("kitchen", "kit", "[kit]"), ("kitchen", "ki", "ki"),
    ] {
      #expect(shown(SearchMarks([term]).marked(text)) == expected)
    }
    for (terms, text) in [([], "abc"), ([""], "abc"), (["x"], ""), (["-"], "a-b")] as [([String], String)] {
      #expect(shown(SearchMarks(terms).marked(text)) == text)
    }
  }

  @Test func `a snippet is cut around the first word, between words, and never inside of a character`() {
    let long = String(repeating: "lorem ipsum\n", count: 40) + "the needle is here " + String(repeating: "dolor ", count: 60)
    let found = shown(SearchMarks(["needle"]).snippet(of: long))
    #expect(found.hasPrefix("… ipsum lorem") && found.contains(" the [needle] is here dolor") && found.hasSuffix("dolor …"))
    let family = "👩‍👩‍👧"
    for (text, expected) in [
      ("needle", "[needle]"), ("", ""), ("\n\n  a\r\n\r\nneedle\t", "a [needle] "),
      (String(repeating: "y", count: 300) + " needle", "… [needle]"),
    ] {
      #expect(shown(SearchMarks(["needle"]).snippet(of: text)) == expected)
    }
    let accents = "x " + String(repeating: "e\u{301}", count: 4_000)
    for text in [long, String(repeating: family, count: 400), String(repeating: "x", count: 20_000), accents] {
      for term in ["needle", "x", "none", family] {
        let runs = SearchMarks([term]).snippet(of: text)
        let length = runs.reduce(0) { $0 + $1.text.unicodeScalars.count }
        #expect(length <= SearchMarks.snippet + 4)
        // Nothing but the sign of the cut is not of the text.
        let kept = runs.map(\.text).joined().replacing("…", with: "").split(separator: " ").joined(separator: " ")
        #expect(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(kept))
      }
    }
  }
}
