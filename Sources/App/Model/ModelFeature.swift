extension Feature {
  /// The model server that writes what the coach says and drafts for customers, where one is set up.
  static let model = Feature(
    retention: [ModelRun.retention, ModelTexts.retention, ModelLimit.retention, ModelLimit.accountRetention],
    secrets: [ModelTexts.promptColumn, ModelTexts.answerColumn])
}
