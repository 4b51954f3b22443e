import Domain
import Web

/// Search by meaning, beside the lists of names and words: what is looked for goes to the server of vectors, which no request waits for
/// (RULES 9.44).
enum SenseSearch {
  /// POST /search/sense: the page looks again until there is an answer, for two seconds at most.
  ///
  /// It writes down nothing that anybody decided, so the audit log says nothing of it; what left for the model is kept with the run.
  static func ask(_ web: Context) throws -> Change {
    let person = try web.person
    guard try VectorState.read(web.services, person, at: web.now, web.db).searched != nil else { throw Failure.notFound }
    let text: String
    do throws(FormErrors) {
      var read = FormReader(web.form, web.words)
      text = read.line("q", 0...SearchQuery.longest)
      try read.finish()
    } catch {
      throw Failure.misread(error.complaints.first?.text ?? "")
    }
    let place = Paths.search.adding("q", text)
    let query = SearchQuery(text, reader: PhraseReader(try web.reader, person.zone)) { ModelKind(rawValue: $0)?.rawValue }
    guard let id = try SenseQuestion.asking(query.sense, of: person, web.services, web.db, at: web.now) else {
      return Change(to: place, says: nil, did: [])
    }
    return Change(to: place.adding("sense", id.text), says: nil, did: [])
  }
}
