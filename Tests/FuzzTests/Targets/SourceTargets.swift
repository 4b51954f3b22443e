@testable import Domain

extension Target {
  /// Pages and texts that become sources: what is cut of them, and the words of a question, whatever stands in it.
  static let sources = Target(
    "sources", longest: 4_000,
    seeds: bytes([
      "<!doctype html><title>T</title><nav>Home</nav><h1>Returns</h1><p>Within <b>30</b> days.<ul><li>a<li>b</ul>",
      "# Returns\n\nWithin 30 days.\n\n## How\n\n```\ncode\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n",
      "question,source_url\nHow?,https://x.test/a\n",
      "Qual o prazo de devolução? reclamações cartões recl\u{61}mac\u{327}a\u{303}o",
    ]),
    words: [
      "<nav>", "</nav>", "<title>", "</title>", "<h2>", "<script>", "</script>", "<!--", "-->", "\n\n", "# ", "```", "~~~", "|", "ções",
      "ão", "\u{303}", ". ",
      "---\n", "charset=utf-16", "word ",
    ]
  ) { input in
    let page = PageText(input)
    try hold(!page.text.utf8.contains(0) && !page.title.utf8.contains(0), "a NUL")
    let passages = PassageCutter.cut(page.text)
    for passage in passages.dropLast() {
      try hold(WordCount.of(passage.text) >= PassageCutter.lengths.lowerBound, "a short passage: \(passage.text)")
    }
    for passage in passages {
      try hold(!passage.text.isEmpty && passage.heading.unicodeScalars.count <= 300, "a passage of nothing, or a long heading")
    }
    let words = QuestionWords.of(page.text)
    try hold(words.count <= QuestionWords.most, "\(words.count) words")
    for word in words { try hold(word.forms.count <= 16 && word.plainForms.allSatisfy { !$0.contains(" ") }, "forms \(word.forms)") }
    let table = try? GoldenTable(input)  // Most inputs are none.
    return "\(size(passages.count)) \(size(words.count)) \(page.title.isEmpty) \(table?.rows.count ?? -1)"
  }
}
