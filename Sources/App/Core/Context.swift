import Domain
import HTML
import Postgres
import Web

/// One request on its way: what was asked, when, by whom, and the database. Handlers get it and nothing else.
public final class Context {
  public let services: Services
  public let request: Request
  /// The one reading of the clock for this request.
  public let now: Instant
  /// The same for its page.
  let clock: PageClock
  /// The fields of the posted form; empty for GET. Read when first asked for: a body that is refused for its size is not looked at.
  public private(set) lazy var form = request.method == .post ? request.form : Form()
  let db: Connection
  private var signedIn: Person?
  /// Of whoever reads the answer, where that is not the person it acts for.
  private var spoken: Language?
  private(set) var session: SessionCookie?
  /// For whom this request acts, when that is not simply whoever is signed in.
  private(set) var owner: OwnerIDs?
  /// The token in the forms of the page that is made; nil: it has none.
  private(set) var shownToken: String?
  /// `Set-Cookie` values that go out with the response.
  private(set) var cookies: [String] = []
  /// Where the posted form led when it came before; nil: it comes for the first time, or has no nonce. Nothing is done again then.
  var ledBefore: Path?
  /// A refusal (status 400 and above) takes back what was written; a handler that refuses and still has something to record says so here.
  var keepsChanges = false
  /// The page that asks again for the posted form, where that is another's than whose handler reads it; nil: its own (``takeForm(askingAgain:_:)``).
  var asksAgain: ((FormState) throws -> Response)?
  /// For what an operator should see.
  let log: Dispatcher.Log
  private lazy var cookieJar = Cookies(request.header("cookie"))

  init(_ services: Services, _ request: Request, now: Instant, _ db: Connection, log: @escaping Dispatcher.Log = { _, _ in }) {
    self.log = log
    self.services = services
    self.request = request
    self.now = now
    clock = PageClock(now)
    self.db = db
  }

  /// Who is signed in.
  ///
  /// - Throws: ``Failure/signedOut``; database errors. The first use costs a round trip unless a page has read its rows before.
  var person: Person {
    get throws {
      if let signedIn { return signedIn }
      try read()
      guard let signedIn else { throw Failure.signedOut }
      return signedIn
    }
  }

  /// Who is signed in, if anybody is known to be; asks nobody.
  var known: Person? { signedIn }

  /// Asks who is signed in where nobody has yet, for a refusal that came before that: whoever can be known reads it in their language. Nobody need be.
  func recognize() {
    if signedIn == nil { _ = try? person }
  }

  /// The language of the answer: the reader's or the person's, else the first of ours that the browser asks for.
  var language: Language { spoken ?? signedIn?.language ?? AcceptLanguage.best(request.headerText("accept-language") ?? "") }

  /// The words of the answer's language.
  var words: Words { services.words(language) }

  /// Runs a page's queries in one round trip, with the session look-up in front when nobody is known yet: the look-up sets the owner for the
  /// rest of the same implicit transaction, so queries say `user_id = me()`.
  ///
  /// - Throws: ``Failure/signedOut`` when there is no session.
  @discardableResult
  func read<each T>(_ queries: repeat Query<each T>) throws -> (repeat [each T]) {
    try read(Reading(rows: repeat each queries))
  }

  /// The same for several parts of a page that one place puts together and others ask for.
  func read<Value>(_ reading: Reading<Value>) throws -> Value {
    if let person = signedIn {
      let owner = Query<Void>.setting(user: person.id, account: person.account, role: person.role)
      return try db.read(together: Reading(rows: owner), reading).1
    }
    guard let token = cookieJar[SessionCookie.name(services)], let lookup = SessionCookie.query(token, services, now: now) else {
      throw Failure.signedOut
    }
    let (found, value) = try db.read(together: Reading(rows: lookup), reading)
    guard let (session, person) = found.first else { throw Failure.signedOut }
    self.session = session
    signedIn = person
    return value
  }

  /// Two of them.
  func read<One, Other>(_ one: Reading<One>, _ other: Reading<Other>) throws -> (One, Other) { try read(one.beside(other)) }

  /// Reads the query of a list. Nobody has been asked yet who wants it: that comes with its rows. What no link of ours holds is refused in the words
  /// of whoever does.
  ///
  /// - Throws: ``Failure/misread(_:)``, ``Failure/signedOut``.
  func query<Value>(_ read: (Form, Words) throws(FormErrors) -> Value) throws -> Value {
    if let value = try? read(request.query, words) { return value }  // What is wrong with it is told below, in the right language.
    _ = try person
    do {
      return try read(request.query, words)
    } catch {
      throw Failure.misread(error.complaints.first?.text ?? "")
    }
  }

  /// Takes these for the fields that were posted: accepting a proposal sends the form of its thing on.
  func send(on fields: Form) { form = fields }

  /// Notes that a cookie goes out with the answer.
  func setCookie(_ name: String, _ value: String, seconds: Int?) {
    cookies.append(Cookies.set(name, value, seconds: seconds, secure: services.isSecure))
  }

  /// Notes that the page shows a token, and says how: its mask it gets when it goes out (``Mask``).
  func show(token: String) -> String {
    shownToken = token
    return Mask.bare(token)
  }

  /// A cookie that came.
  func cookie(_ name: String) -> String? { cookieJar[name] }

  /// Makes a person the owner of the rest of this transaction, without their role: at sign-in, sign-up and for signed links. What this request
  /// did is written down in their audit log.
  func act(for user: ID<User>, of account: ID<Account>) throws(PostgresError) {
    owner = OwnerIDs(user: user, account: account)
    _ = try db.rows(Query<Void>.setting(user: user, account: account, role: nil))
  }

  /// Answers in the language of whoever holds a link, which need not be that of the person whose it is.
  func speak(_ language: Language) { spoken = language }

  /// Takes the person as signed in for the rest of this request: right after sign-in.
  func adopt(_ person: Person, _ session: SessionCookie?) {
    signedIn = person
    self.session = session
  }
}
