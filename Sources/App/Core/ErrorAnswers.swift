import Domain
import HTML
import Postgres
import Web

extension Dispatcher {
  /// The one place where an error becomes a status. The text of an unforeseen error goes to the log, under the request's number; the page shows
  /// the number only.
  static func page(for error: any Error, _ web: Context, _ log: Log) -> Response {
    // Of whom the request itself has asked for: an address that leads nowhere is no team's.
    let isForbidden = (error as? Failure) == .notFound && hasLeft(web)
    // A database that is away is not asked once more, nor is a session that has ended.
    if (error as? PostgresError)?.isTransient != true, (error as? Failure) != .signedOut { web.recognize() }
    switch error {
    case Failure.notFound: return ErrorPage.response(isForbidden ? 403 : 404, web)
    case Failure.signedOut: return ErrorPage.response(401, web)
    case Failure.forbidden, Failure.forged: return ErrorPage.response(403, web)
    case Failure.tooLarge: return ErrorPage.response(413, web)
    case Failure.tooManyFields:
      return ErrorPage.response(
        413, web,
        reason: web.words(
          "Nothing was saved. Go back and choose less at once: a form holds at most {n} fields.", ["n": String(Form.mostFields)]))
    case Failure.unsupportedType: return ErrorPage.response(415, web)
    case Failure.misread(let reason): return ErrorPage.response(422, web, reason: reason)
    case Failure.conflict(let reason): return ErrorPage.response(409, web, reason: reason)
    case let refusal as any Refusal: return ErrorPage.response(409, web, reason: refusal.sentence(web.words))
    case Failure.throttled(let seconds): return ErrorPage.response(429, web).adding("Retry-After", String(seconds))
    case Failure.busy(let seconds): return ErrorPage.busy(web).adding("Retry-After", String(seconds))
    case let error as PostgresError where error.isTransient:
      log("database.away", ["request": web.request.id, "error": "\(error)"])
      return ErrorPage.response(503, web).adding("Retry-After", "2")
    default:
      log("request.failed", ["request": web.request.id, "error": "\(error)"])
      return ErrorPage.response(500, web)
    }
  }
}

extension Dispatcher {
  /// Whether a form is about what belongs to a team that the person is in no more: they were on its page, and are told that they may not any longer
  /// (RULES 6.13). Of strangers nothing is asked that could tell them anything.
  private static func hasLeft(_ web: Context) -> Bool {
    guard web.request.method == .post, web.known != nil, let parts = web.request.segments, parts.count > 1 else { return false }
    guard ["drafts", "conversations"].contains(parts[0]), let id = ID<Context>(parts[1]) else { return false }
    // Where that cannot be asked it is as if it were not there.
    return (try? web.read(Query<Bool>(column: "SELECT door.has_left(\(id))")))?.first == true
  }
}

/// What a refusal says. It holds no path and no time, so that a missing row, a deleted one and somebody else's read the same.
struct ErrorCard {
  let title: String
  let message: String
  /// `calm` for what a person can simply leave, `due` for what passes, `urgent` for our fault.
  let tone: String
  let icon: String
  /// Signing in is the way on, not Today.
  let asksToSignIn: Bool
  let signIn = Paths.signIn
  /// The form at the door that can be sent again in a while.
  let form: Path?
  /// What a refused post was about.
  let thing: Path?
  /// What somebody wrote into the form, so that it is not lost.
  let typed: TextArea?

  init(_ status: Int, _ texts: (title: String, message: String), _ request: Request, reason: String? = nil, typed: TextArea? = nil) {
    (title, message) = (texts.title, reason ?? texts.message)
    self.typed = typed
    thing = status == 409 ? Path(aboveOf: request) : nil
    asksToSignIn = status == 401
    form =
      [429, 503].contains(status)
      ? [Paths.signIn, Paths.signUp, Paths.passwordForgotten].first { $0.text.utf8.elementsEqual(request.rawPath) } : nil
    tone = status == 500 ? "urgent" : [409, 429, 503].contains(status) ? "due" : "calm"
    switch status {
    case 401, 403: icon = "lock"
    case 404, 405: icon = "search"
    case 409: icon = "late"
    case 429, 503: icon = "held"
    default: icon = "error"
    }
  }
}

/// The page of a refusal to somebody who is signed in: the way on stays beside it.
struct SignedInError {
  let layout: Layout
  let card: ErrorCard
}

/// The page of a refusal to anybody else.
struct ErrorPage {
  let layout: PublicLayout
  let card: ErrorCard

  static func response(_ status: Int, _ web: Context, reason: String? = nil) -> Response {
    var texts = texts(status, web.words, request: web.request.id)
    if status == 409, reason != nil { texts.title = web.words("That cannot be done now") }
    return response(status, texts, web, reason: reason)
  }

  /// 503 while others have all the places of a costly work.
  static func busy(_ web: Context) -> Response {
    let words = web.words
    return response(503, (words("Many people are at the door"), words("Nothing is lost. Try again in a few seconds.")), web)
  }

  private static func response(_ status: Int, _ texts: (title: String, message: String), _ web: Context, reason: String? = nil)
    -> Response
  {
    let words = web.words
    let card = ErrorCard(status, texts, web.request, reason: reason, typed: typed(status, web))
    // Who came by a signed link is known, and yet not signed in. What is not there is not there in the same bytes for everybody.
    // The frame fails only when nobody is known.
    if status != 404, web.session != nil, let layout = try? Layout(card.title, nil, web, takesFlash: false) {
      return .html(SignedInError(layout: layout, card: card).rendered(words), status: status)
    }
    return .html(ErrorPage(layout: PublicLayout(title: card.title, web), card: card).rendered(words), status: status)
  }

  /// The text of a form that was refused because of who sent it, or because what it is about is gone (RULES 6.40). It goes to a browser that says that
  /// the form is ours, and to nobody else: what another site makes a browser send does not come back on a page of ours.
  private static func typed(_ status: Int, _ web: Context) -> TextArea? {
    guard [401, 403, 404, 409].contains(status), web.request.method == .post, web.services.csrf.knowsOrigin(of: web.request) else {
      return nil
    }
    guard let text = web.form.text("text"), text.utf8.contains(where: { $0 > 32 }) else { return nil }
    return TextArea(
      name: "text", label: web.words("You typed"), value: text, help: web.words("Copy it before you leave this page."), error: nil, rows: 8)
  }

  /// A refusal that asks no database who it is for.
  static func toNobody(_ status: Int, _ request: Request, _ services: Services) -> Response {
    let language = AcceptLanguage.best(request.headerText("accept-language") ?? "")
    let words = services.words(language)
    let card = ErrorCard(status, texts(status, words, request: request.id), request)
    let page = ErrorPage(layout: PublicLayout(title: card.title, language, services), card: card)
    return .html(page.rendered(words), status: status)
  }

  private static func texts(_ status: Int, _ words: Words, request: String) -> (title: String, message: String) {
    switch status {
    case 400, 431:
      (
        words("This request could not be read"),
        words(
          "The browser sent something Heed does not understand. Going back and trying again usually helps; clearing the cookies of this site helps if it does not."
        )
      )
    case 401: (words("Please sign in"), words("Your session has ended. Sign in, then send the form again."))
    case 403:
      (
        words("That is not allowed"),
        words("This form did not come from a page of yours, or your role does not allow it. Reload the page and try again.")
      )
    case 404: (words("There is nothing here"), words("It may have been deleted, or the address is wrong."))
    case 405: (words("That does not work here"), words("Go back and use the buttons of the page."))
    case 409: (words("That has changed in the meantime"), words("Reload the page to see how it is now."))
    case 413: (words("That is too large"), words("Nothing was saved. Go back and send less: at most 1 MB of text, or a file of 25 MB."))
    case 415: (words("That is not a form"), words("Use the forms of this site."))
    case 422: (words("That is not understood"), words("Go back and look at what was sent."))
    case 429: (words("Too many attempts"), words("Wait a little and try again."))
    case 503: (words("Heed cannot reach its database"), words("Nothing is lost. Try again in a few seconds."))
    default:
      (
        words("Something broke"),
        words(
          "It has been written down under the number {number}. Try again; if it stays, tell whoever runs this site.", ["number": request])
      )
    }
  }
}
