import Domain
import Net

/// The settings that need more than a number or a word.
extension SettingReader {
  mutating func publicURL(isProduction: Bool) -> PublicURL? {
    let url = parsed(.publicURL, required(.publicURL)) { text throws(Mistake) in try PublicURL(text) }
    if isProduction, let url, !url.isSecure {
      complain(.publicURL, "is “\(url.text)”; in production it must begin with “https://”, or passwords would travel in the clear.")
    }
    return url
  }

  mutating func databaseURLs(needed: Set<DatabaseRole>) -> [DatabaseRole: String] {
    var urls: [DatabaseRole: String] = [:]
    for role in DatabaseRole.allCases {
      guard let url = needed.contains(role) ? required(role.setting) : text(role.setting) else { continue }
      // The value may hold a password, so it is not repeated. libpq itself judges the rest when it connects.
      let starts = ["postgresql://", "postgres://"].contains { url.utf8.starts(with: $0.utf8) }
      if !starts {
        complain(role.setting, "must begin with “postgresql://”, such as postgresql://\(role.rawValue)@localhost/heed.")
      } else if DatabaseRole.isTorn(url) {
        complain(
          role.setting,
          "cannot be taken apart. A port is a number; a name or password is percent-encoded: "
            + "write @ as %40, / as %2F, : as %3A, ? as %3F, & as %26, = as %3D and % as %25.")
      }
      urls[role] = url
    }
    return urls
  }

  mutating func secretKey(isProduction: Bool) -> (SecretKey?, [Mistake]) {
    let key = parsed(.secretKey, required(.secretKey)) { text throws(Mistake) in try SecretKey(text, .secretKey) }
    guard let weakness = key?.weakness else { return (key, []) }
    let words = "\(weakness), so it can be guessed. Make a new one with: openssl rand -base64 32"
    if isProduction { complain(.secretKey, words) }
    return (key, isProduction ? [] : [Mistake(Setting.secretKey.name, words)])
  }

  mutating func previousKey() -> SecretKey? {
    parsed(.previousKey, text(.previousKey)) { text throws(Mistake) in try SecretKey(text, .previousKey) }
  }

  mutating func socketPath() -> String {
    let path = path(.socket, standard: nil) ?? "/run/heed/heed.sock"
    if path.utf8.count > 107 {
      complain(.socket, "is \(path.utf8.count) bytes long; the system allows 107 for a socket. Choose a shorter folder, such as /run/heed.")
    }
    return path
  }

  mutating func user() -> (String?, [Mistake]) {
    guard SystemAccount.isRoot else { return (nil, []) }
    guard let name = text(.user) else {
      return (nil, [Mistake(Setting.user.name, "is missing and this is root: Heed would run as root. Name an account of its own.")])
    }
    if SystemAccount(named: name) == nil {
      complain(.user, "is “\(name)”; this system has no such account. Make it with: adduser --system --group \(name)")
    }
    return (name, [])
  }

  /// Name and password come from their own variables, so that a URL can be logged.
  mutating func mailTransport() -> MailTransport? {
    let maildir = path(.maildir, standard: nil)
    guard let url = text(.smtpURL) else {
      if maildir == nil {
        complain(.smtpURL, "is missing. It is \(Setting.smtpURL.words). To keep mail in a folder instead, set HEED_MAILDIR.")
      }
      return maildir.map { .maildir(path: $0) }
    }
    let scheme = ["smtp://", "smtps://"].first { url.utf8.starts(with: $0.utf8) }
    let place = url.utf8.dropFirst(scheme?.utf8.count ?? 0).prefix { $0 != UInt8(ascii: "/") }
    if scheme == nil || place.isEmpty || place.first == UInt8(ascii: ":") || url.utf8.contains(UInt8(ascii: "@")) {
      complain(
        .smtpURL, "must look like smtp://HOST:587 or smtps://HOST:465; name and password go to HEED_SMTP_USER and HEED_SMTP_PASSWORD.")
    } else if let colon = place.lastIndex(of: UInt8(ascii: ":")), place.last != UInt8(ascii: "]") {
      let port = Int(Substring(place[place.index(after: colon)...])) ?? 0
      if !(1...65_535).contains(port) { complain(.smtpURL, "must end in a port from 1 to 65535, such as smtp://HOST:587.") }
    }
    let (user, password) = (text(.smtpUser), text(.smtpPassword))
    if (user == nil) != (password == nil) {
      complain(user == nil ? .smtpUser : .smtpPassword, "is missing while the other of name and password is given.")
    }
    return .smtp(url: url, user: user, password: password)
  }

  mutating func mailFrom(host: String?) -> String {
    guard let from = text(.mailFrom) else {
      let isName = host?.utf8.contains { (0x61...0x7a).contains($0) } ?? false
      return "heed@" + (isName ? host ?? "localhost" : "localhost")
    }
    // What the worker will make of it; a line end in the name would be folded there, and here it is a slip.
    let isSender = (try? Mailer.sender(from)) != nil
    if !isSender || from.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
      complain(.mailFrom, "is “\(from)”; write an address such as heed@example.org, or Heed <heed@example.org>.")
    }
    return from
  }

  mutating func sessionDays() -> (idle: Int, all: Int) {
    let idle = number(.sessionIdleDays, 1...3_650, standard: 30)
    let all = number(.sessionDays, 1...3_650, standard: 90)
    // Only a stated idle limit can contradict: a short absolute limit on its own is a fine wish.
    if idle > all && text(.sessionIdleDays) != nil {
      complain(.sessionIdleDays, "is \(idle), more than the \(all) days of HEED_SESSION_DAYS.")
    }
    return (min(idle, all), all)
  }

  mutating func networks() -> [AddressRange] {
    let parts = text(.allowLAN)?.utf8.split(separator: UInt8(ascii: ",")).map { Substring($0).trimmedBytes } ?? []
    return parts.compactMap { part in
      // A bare address is a range of one to the guard; here it is more likely a forgotten prefix.
      guard part.utf8.contains(UInt8(ascii: "/")), let range = AddressRange(part) else {
        complain(.allowLAN, "“\(part)” is no network; write it like 10.0.0.0/8 or fd00::/8, several with commas between.")
        return nil
      }
      if range.prefix == 0 {
        complain(.allowLAN, "“\(part)” is every address there is; name the networks that are yours, such as 10.0.0.0/8 or fd00::/8.")
      } else if AddressGuard.staysShut(range) {
        complain(.allowLAN, "“\(part)” is never opened: link-local addresses, and those where clouds hand out credentials; remove it.")
      }
      return range
    }
  }

  /// The address may hold a key in its query, so it is not repeated.
  mutating func model() -> ModelServer? {
    let daily = number(.modelDaily, 1...10_000, standard: 60)
    let seconds = number(.modelSeconds, 1...100, standard: 30)
    let key = text(.modelKey)
    if key?.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) == false {
      complain(.modelKey, "holds blanks, line ends or letters that no key has; write nothing but the key.")
    }
    let extra = modelExtra()
    let price = text(.modelPrice).flatMap { ModelPrice($0) }
    if text(.modelPrice) != nil, price == nil {
      complain(.modelPrice, "is not two numbers below 1000; write it like 0.15 0.60: a million tokens asked, and a million answered.")
    }
    guard let url = text(.modelURL) else { return nil }
    let endpoint = CoachEndpoint(url)
    // libcurl is what dials, so its reader decides, too.
    let isFit = endpoint.map { (try? HTTPRequest(.post, $0.url)) != nil } ?? false
    if !isFit {
      complain(
        .modelURL,
        "is no address of a model server; write it like http://127.0.0.1:11434/v1 or https://HOST/v1, without a name and password; "
          + "a key goes to HEED_LLM_KEY.")
    }
    if text(.model) == nil { complain(.model, "is missing while HEED_LLM_URL is given. It is \(Setting.model.words).") }
    guard isFit, let endpoint, let model = text(.model) else { return nil }
    return ModelServer(endpoint: endpoint, key: key, model: model, extra: extra, daily: daily, seconds: seconds, price: price)
  }

  private mutating func modelExtra() -> JSONValue? {
    guard let text = text(.modelExtra) else { return nil }
    guard let extra = JSONValue(text.utf8), extra.isObject else {
      complain(.modelExtra, "is no JSON object; write it like {\"temperature\":0.4}.")
      return nil
    }
    for member in extra.members where ["model", "messages", "stream"].contains(member.name) {
      complain(.modelExtra, "may not hold “\(member.name)”: Heed says that itself.")
    }
    return extra
  }

  /// The server of vectors; its address may hold a key in its query, so it is not repeated.
  mutating func embedding() -> EmbedServer? {
    let key = text(.embedKey)
    if key?.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) == false {
      complain(.embedKey, "holds blanks, line ends or letters that no key has; write nothing but the key.")
    }
    for prefix in [Setting.embedQueryPrefix, .embedPassagePrefix] where (text(prefix)?.utf8.count ?? 0) > 300 {
      complain(prefix, "is longer than 300 bytes; write what the model's page says, such as “query:”.")
    }
    let price = text(.embedPrice).flatMap { ModelPrice($0 + " 0") }
    if text(.embedPrice) != nil, price == nil {
      complain(.embedPrice, "is no number below 1000; write what a million tokens cost, like 0.02.")
    }
    guard let url = text(.embedURL) else { return nil }
    let endpoint = CoachEndpoint(url, asking: ["embeddings"])
    let isFit = endpoint.map { (try? HTTPRequest(.post, $0.url)) != nil } ?? false
    if !isFit {
      complain(
        .embedURL,
        "is no address of a server that makes vectors; write it like http://127.0.0.1:11434/v1 or https://HOST/v1, without a name and password; "
          + "a key goes to HEED_EMBED_KEY.")
    }
    if text(.embedModel) == nil { complain(.embedModel, "is missing while HEED_EMBED_URL is given. It is \(Setting.embedModel.words).") }
    if let model = text(.embedModel), model.utf8.count > 300 { complain(.embedModel, "is longer than 300 bytes; no model is called so.") }
    guard isFit, let endpoint, let model = text(.embedModel) else { return nil }
    return EmbedServer(
      endpoint: endpoint, key: key, model: model, queryPrefix: text(.embedQueryPrefix) ?? "",
      passagePrefix: text(.embedPassagePrefix) ?? "",
      price: price)
  }

  mutating func clockFile(isProduction: Bool) -> String? {
    let file = path(.clockFile, standard: nil)
    if isProduction && file != nil {
      complain(.clockFile, "is for tests and is refused in production: remove it, or set HEED_ENV=development.")
    }
    return file
  }
}

extension Variables {
  /// A name or password to sign in with, and nowhere to sign in.
  var mailNotes: [Mistake] {
    guard self[.smtpURL] == nil else { return [] }
    return [Setting.smtpUser, .smtpPassword].filter { self[$0] != nil }.map { Mistake($0.name, "has no effect without HEED_SMTP_URL.") }
  }

  /// What is told about a model server that is not there.
  var modelNotes: [Mistake] {
    guard self[.modelURL] == nil else { return [] }
    return [Setting.modelKey, .model, .modelExtra, .modelDaily, .modelSeconds, .modelPrice].filter { self[$0] != nil }
      .map { Mistake($0.name, "has no effect without HEED_LLM_URL.") }
  }

  /// What is told about a server of vectors that is not there.
  var embedNotes: [Mistake] {
    guard self[.embedURL] == nil else { return [] }
    return [Setting.embedKey, .embedModel, .embedQueryPrefix, .embedPassagePrefix, .embedPrice].filter { self[$0] != nil }
      .map { Mistake($0.name, "has no effect without HEED_EMBED_URL.") }
  }

  /// One line for each name that begins with `HEED_` and is no setting, with the nearest setting when it looks misspelt.
  var unknownNotes: [Mistake] {
    unknown.map { name in
      let nearest = Setting.all.map { ($0.name, distance($0.name, name)) }.min { $0.1 < $1.1 }
      let hint = nearest.flatMap { $0.1 <= 3 ? " Did you mean \($0.0)?" : nil } ?? ""
      return Mistake(name, "is not a setting of Heed and has no effect.\(hint)")
    }
  }

  /// How many bytes must be put in, taken out or changed to get from one name to the other (Levenshtein, 1966).
  private func distance(_ one: String, _ other: String) -> Int {
    let columns = Array(other.utf8)
    var previous = Array(0...columns.count)
    for (row, byte) in one.utf8.enumerated() {
      var current = [row + 1]
      for (column, letter) in columns.enumerated() {
        current.append(min(previous[column + 1] + 1, current[column] + 1, previous[column] + (byte == letter ? 0 : 1)))
      }
      previous = current
    }
    return previous.last ?? 0
  }
}
