import Domain
import HTML
import Postgres
import Web

/// Where the search by sense stands for what the page shows (RULES 9.44).
enum SearchSense {
  /// There is none, and nothing is said of it.
  case off
  /// It can be asked for.
  case offered
  /// A worker is at it; the page looks again by itself.
  case waiting
  /// Nothing answered in time, or it was asked of a model that is gone; whether it can be asked again.
  case missing(canAsk: Bool)
  case found(QueryVector)

  /// - Throws: ``Failure/notFound`` where what the address names is nobody's, or somebody else's.
  static func read(_ asked: SearchAsked, _ query: SearchQuery, _ web: Context) throws -> SearchSense {
    if let id = asked.sense {
      guard let question = try web.read(SenseQuestion.query(id)).first else { throw Failure.notFound }
      switch question.answer(at: web.now) {
      case .waiting: return .waiting
      case .missing: return .missing(canAsk: try canAsk(query, web))
      case .found(let vector): return .found(vector)
      }
    }
    return try canAsk(query, web) ? .offered : .off
  }

  private static func canAsk(_ query: SearchQuery, _ web: Context) throws -> Bool {
    if web.services.embedding == nil || query.terms.isEmpty { return false }
    return try VectorState.read(web).searched != nil
  }
}
