import Domain
import Postgres
import Web

/// Why a program is not answered as it asked. The text is for whoever wrote the program.
struct APIRefusal: Error {
  let status: Int
  let error: String
}

/// What other programs are answered under `/api/` and `/hooks/`: JSON, refusals too, and those of nginx (`nginx/errors/json`). No cookie is read for
/// any of it.
enum APIAnswer {
  /// Whether a request is a program's.
  static func isAsked(by request: Request) -> Bool {
    guard let first = request.segments?.first else {
      return request.rawPath.starts(with: "/api/".utf8) || request.rawPath.starts(with: "/hooks/".utf8)
    }
    return first.utf8.elementsEqual("api".utf8) || first.utf8.elementsEqual("hooks".utf8)
  }

  static func json(_ json: JSONText, status: Int = 200) -> Response {
    Response(status: status, headers: [("Content-Type", "application/json")], body: Array(json.text.utf8))
  }

  /// A refusal, with the number under which the log has the request.
  ///
  /// - Parameter text: nil: what the status says.
  static func error(_ status: Int, _ request: Request, _ text: String? = nil) -> Response {
    let members = [("error", JSONText.string(text ?? said(status))), ("request", JSONText.string(request.id))]
    let response = json(.object(members.map { (name: $0.0, value: $0.1) }), status: status)
    return status == 401 ? response.adding("WWW-Authenticate", "Bearer") : response
  }

  /// As pages are refused (``Dispatcher/page(for:_:_:)``): the text of what is unforeseen goes to the log.
  static func refusal(for error: any Error, _ web: Context, _ log: Dispatcher.Log) -> Response {
    let request = web.request
    switch error {
    case let refusal as APIRefusal: return self.error(refusal.status, request, refusal.error)
    case Failure.notFound: return self.error(404, request)
    case Failure.signedOut: return self.error(401, request)
    case Failure.forbidden, Failure.forged: return self.error(403, request)
    case Failure.tooLarge, Failure.tooManyFields: return self.error(413, request)
    case Failure.unsupportedType: return self.error(415, request)
    case Failure.misread(let reason): return self.error(422, request, reason)
    case Failure.conflict(let reason): return self.error(409, request, reason)
    case Failure.throttled(let seconds): return self.error(429, request).adding("Retry-After", String(seconds))
    case Failure.busy(let seconds): return self.error(503, request).adding("Retry-After", String(seconds))
    case let error as PostgresError where error.isTransient:
      log("database.away", ["request": request.id, "error": "\(error)"])
      return self.error(503, request).adding("Retry-After", "2")
    default:
      log("request.failed", ["request": request.id, "error": "\(error)"])
      return self.error(500, request)
    }
  }

  private static func said(_ status: Int) -> String {
    switch status {
    case 400, 431: "the request cannot be read"
    case 401: "the key is missing, wrong, expired or revoked"
    case 403: "the key may not do this"
    case 404: "there is nothing here"
    case 405: "the method does not work here"
    case 409: "it has changed in the meantime"
    case 413: "the body is too large"
    case 414: "the address is too long"
    case 415: "the body is of a kind that is not taken"
    case 429: "too often"
    case 503: "not now; try again in a few seconds"
    case 504: "it took too long"
    case 500: "something broke"
    default: "it is not understood"
    }
  }
}
