extension Feature {
  /// Search by meaning: vectors of what a person allows a model to be told of.
  static let vectors = Feature(
    work: { bench in [VectorRounds(bench).kind] },
    counts: ["vectors"],
    jobs: [EmbedWork.kind, SenseWork.kind],
    retention: [SenseQuestion.answers, SenseQuestion.retention])
}
