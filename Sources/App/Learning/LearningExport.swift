import Domain
import Postgres
import Web

/// What was learnt, for whoever trains a model: a line of JSON a sample (RULES 6.7, 6.37).
enum LearningExport {
  /// Samples that are read at once.
  private static let slice = 100
  /// Bytes after which an answer ends: whoever wants more goes on behind its last line.
  private static let most = 8_000_000

  /// GET /learning/export.jsonl with `since`
  static func file(_ web: Context) throws -> Response {
    var cursor = try web.query { query, words throws(FormErrors) -> LearningCursor? in
      var read = FormReader(query, words)
      let text = read.raw("since")
      let cursor = LearningCursor(text)
      if cursor == nil, !text.utf8.isEmpty {
        read.complain("since", words("This is no cursor: take the one of the last line that you have."))
      }
      try read.finish()
      return cursor
    }
    var out: [UInt8] = []
    while out.count < most {
      let samples = try web.read(LearningSample.ours(after: cursor, most: slice))
      for sample in samples {
        out += Array(LearningLine(sample).text.utf8)
        out.append(10)
        cursor = sample.cursor
        if out.count >= most { break }
      }
      if samples.count < slice { break }
    }
    return Response(
      status: 200,
      headers: [
        ("Content-Type", "application/jsonl"), ("Content-Disposition", "attachment; filename=\"heed-learning.jsonl\""),
        ("Cache-Control", "no-store"),
      ], body: out)
  }
}
