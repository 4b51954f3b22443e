import Foundation
import Testing

@testable import App

/// The least that every process needs, as `heed dev` would give it.
let enough: [String: String] = [
  "HEED_ENV": "development",
  "HEED_PUBLIC_URL": "http://127.0.0.1:8080",
  "HEED_DATABASE_URL": "postgresql:///heed?host=/tmp&user=heed_web",
  "HEED_SECRET_KEY": "M2ZAZUJJYnBXuvh7bwfSUMzgTnwLNQ/E+Cd6Krxa8iU=",
  "HEED_MAILDIR": "/tmp/mail",
  "HEED_USER": "root",
]

func configuration(_ changes: [String: String] = [:], without: [String] = [], as roles: Set<DatabaseRole> = [.web]) throws -> Configuration
{
  let all = enough.merging(changes) { _, new in new }.filter { !without.contains($0.key) }
  return try Configuration(Variables(environment: all), as: roles)
}

/// The complaints that a configuration gets, one text each; empty when it is fine.
func complaints(_ changes: [String: String] = [:], without: [String] = [], as roles: Set<DatabaseRole> = [.web]) -> [String] {
  do {
    _ = try configuration(changes, without: without, as: roles)
    return []
  } catch let mistakes as Mistakes {
    return mistakes.all.map(\.description)
  } catch {
    return ["\(error)"]
  }
}

@Suite("Configuration")
struct ConfigurationTests {
  @Test func `what is enough is enough, and the rest has its documented value`() throws {
    let made = try configuration()
    #expect(made.publicURL.text == "http://127.0.0.1:8080")
    #expect(!made.isProduction && !made.publicURL.isSecure)
    #expect((made.responders, made.workers, made.requestSeconds, made.requestsPerResponder) == (4, 1, 20, 10_000))
    #expect((made.sessionIdleDays, made.sessionDays) == (30, 90))
    #expect(made.signUpIsOpen && made.prepares && made.logLevel == .info && made.clockFile == nil)
    #expect(made.socket == "/run/heed/heed.sock" && made.zoneinfo == "/usr/share/zoneinfo" && made.allowLAN.isEmpty)
    #expect(made.mailFrom == "heed@localhost" && made.mailSeconds == 60)
    guard case .maildir("/tmp/mail") = made.mail else { Issue.record("mail goes to \(made.mail)"); return }
  }

  @Test func `all mistakes are reported together`() {
    let found = complaints(
      ["HEED_WORKERS": "many", "HEED_SIGN_UP": "maybe", "HEED_SECRET_KEY": "short", "HEED_ALLOW_LAN": "10.0.0.0/8,home"],
      without: ["HEED_PUBLIC_URL", "HEED_DATABASE_URL"])
    let names = found.map { $0.prefix { $0 != ":" } }
    #expect(
      names == ["HEED_PUBLIC_URL", "HEED_DATABASE_URL", "HEED_SECRET_KEY", "HEED_WORKERS", "HEED_SIGN_UP", "HEED_ALLOW_LAN"], "\(found)")
  }

  @Test(arguments: [
    (["HEED_ENV": "staging"], "“production”, “development”"),
    (["HEED_ENV": "Production"], "one of"),
    (["HEED_PUBLIC_URL": "heed.example.org"], "https://"),
    (["HEED_PUBLIC_URL": "https://heed.example.org/app"], "no path"),
    (["HEED_PUBLIC_URL": "https://user@heed.example.org"], "no name"),
    (["HEED_PUBLIC_URL": "https://heed.example.org:99999"], "1 to 65535"),
    (["HEED_PUBLIC_URL": "https://heed..example.org"], "no host name"),
    (["HEED_PUBLIC_URL": "https://héed.example.org"], "xn--"),
    (["HEED_DATABASE_URL": "mysql://host/heed"], "postgresql://"),
    (["HEED_DATABASE_URL": "postgresql://heed_web:p@ss@localhost/heed"], "write @ as %40"),
    (["HEED_DATABASE_URL": "postgresql://heed_web:pa/ss@localhost/heed"], "/ as %2F"),
    (["HEED_DATABASE_URL": "postgresql://heed_web:pa?ss@localhost/heed"], "? as %3F"),
    (["HEED_DATABASE_URL": "postgresql://heed_web:p%s@localhost/heed"], "% as %25"),
    (["HEED_DATABASE_URL": "postgres://localhost:54 32/heed"], "percent-encoded"),
    (["HEED_DATABASE_URL": "postgres:///heed?user=heed_web&password=ab%zzcret"], "percent-encoded"),
    (["HEED_DATABASE_URL": "postgres:///heed?user=heed_web&password=abc&cret"], "percent-encoded"),
    (["HEED_DATABASE_URL": "postgres:///heed?user=heed_web&password=abc=cret"], "percent-encoded"),
    (["HEED_SECRET_KEY": "AAAA"], "at least 32"),
    (["HEED_SECRET_KEY": "not base64 at all, is it? no, it really is not"], "neither base64 nor hex"),
    (["HEED_SOCKET": "heed.sock"], "whole path"),
    (["HEED_SOCKET": "/" + String(repeating: "x", count: 107)], "107"),
    (["HEED_RESPONDERS": "0"], "1 to 256"),
    (["HEED_RESPONDERS": "257"], "1 to 256"),
    (["HEED_RESPONDERS": "99999999999999999999999999"], "1 to 256"),
    (["HEED_WORKERS": "2.5"], "whole number"),
    (["HEED_REQUEST_SECONDS": "-1"], "1 to 600"),
    (["HEED_REQUESTS_PER_RESPONDER": "0x10"], "whole number"),
    (["HEED_PREPARE": "yes"], "“on”, “off”"),
    (["HEED_SMTP_URL": "mail.example.org"], "smtp://HOST:587"),
    (["HEED_SMTP_URL": "smtp://"], "smtp://HOST:587"),
    (["HEED_SMTP_URL": "smtp://:587"], "smtp://HOST:587"),
    (["HEED_SMTP_URL": "smtp://mail.example.org:submission"], "1 to 65535"),
    (["HEED_SMTP_URL": "smtps://[::1]:70000"], "1 to 65535"),
    (["HEED_SMTP_URL": "smtp://me:pw@mail.example.org"], "HEED_SMTP_PASSWORD"),
    (["HEED_SMTP_URL": "smtp://mail.example.org", "HEED_SMTP_USER": "me"], "HEED_SMTP_PASSWORD: is missing"),
    (["HEED_MAIL_FROM": "heed"], "address"),
    (["HEED_MAIL_FROM": "Heed heed@example.org"], "address"),
    (["HEED_MAIL_FROM": "Heed <heed@example..org>"], "address"),
    (["HEED_MAIL_FROM": "heed@a\r\nBcc: all@b"], "address"),
    (["HEED_MAIL_SECONDS": "3601"], "0 to 3600"),
    (["HEED_SIGN_UP": "on"], "“open”, “closed”"),
    (["HEED_SESSION_DAYS": "0"], "1 to 3650"),
    (["HEED_SESSION_DAYS": "10", "HEED_SESSION_IDLE_DAYS": "11"], "more than the 10 days"),
    (["HEED_ALLOW_LAN": "10.0.0.0"], "10.0.0.0/8"),
    (["HEED_ALLOW_LAN": "10.0.0.0/33"], "no network"),
    (["HEED_ALLOW_LAN": "fd00::/129"], "no network"),
    (["HEED_ALLOW_LAN": "0.0.0.0/0"], "is every address"),
    (["HEED_ALLOW_LAN": "10.0.0.0/8,::/0"], "“::/0” is every address"),
    (["HEED_ALLOW_LAN": "169.254.0.0/16"], "never opened"),
    (["HEED_ALLOW_LAN": "fe80::/64"], "never opened"),
    (["HEED_LOG_LEVEL": "loud"], "“trace”"),
    (["HEED_ROOT": "."], "whole path"),
    (["HEED_CLOCK_FILE": "clock"], "whole path"),
  ])
  func `a wrong value is explained`(changes: [String: String], words: String) {
    let found = complaints(changes)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.contains(words) == true, "\(found)")
  }

  @Test(arguments: [
    ["HEED_DATABASE_URL": "postgresql://heed_web:p%40ss%2f@localhost/heed"],
    ["HEED_DATABASE_URL": "postgresql://heed_web:pass@[::1]:5432,db.example:/heed?user=me@server"],
    ["HEED_DATABASE_URL": "postgresql://[::1],[fd00::1]:5433/heed"],
    ["HEED_DATABASE_URL": "postgres:///my@database?host=/var/run/postgresql"],
    ["HEED_DATABASE_URL": "postgresql://%2Fvar%2Frun%2Fpostgresql/heed"],
    ["HEED_SMTP_URL": "smtp://[::1]"],
    ["HEED_SMTP_URL": "smtp://mail.example.org:587/heed.example.org"],
    ["HEED_MAIL_FROM": "\"Heed, the desk\" <heed@example.org>"],
    ["HEED_ALLOW_LAN": "10.0.0.0/8, fd00::/8,169.0.0.0/8"],
  ])
  func `what looks odd and is right is taken`(changes: [String: String]) {
    #expect(complaints(changes) == [])
  }

  @Test func `a sign-in without a mail server is pointed out`() throws {
    let notes = try configuration(["HEED_SMTP_USER": "me", "HEED_SMTP_PASSWORD": "Tr0ub4dor&3"]).notes.map(\.description)
    #expect(notes == ["HEED_SMTP_USER: has no effect without HEED_SMTP_URL.", "HEED_SMTP_PASSWORD: has no effect without HEED_SMTP_URL."])
  }

  @Test(arguments: [
    (["HEED_PUBLIC_URL": "http://heed.example.org"], "HEED_PUBLIC_URL"),
    (["HEED_CLOCK_FILE": "/tmp/clock"], "HEED_CLOCK_FILE"),
    (["HEED_SECRET_KEY": String(repeating: "ab", count: 32)], "HEED_SECRET_KEY"),
  ])
  func `production refuses what is fine in development`(changes: [String: String], name: String) {
    #expect(complaints(changes) == [])
    let found = complaints(["HEED_ENV": "production", "HEED_PUBLIC_URL": "https://heed.example.org"].merging(changes) { _, new in new })
    #expect(found.count == 1 && found[0].hasPrefix(name), "\(found)")
  }

  @Test func `production is what nobody mentions`() throws {
    #expect(complaints(without: ["HEED_ENV"]).count == 1)
    #expect(try configuration(["HEED_PUBLIC_URL": "https://heed.example.org"], without: ["HEED_ENV"]).isProduction)
  }

  @Test(arguments: DatabaseRole.allCases)
  func `a process needs the database URL of its own role only`(role: DatabaseRole) throws {
    let url = "postgresql://\(role.rawValue)@db/heed"
    let made = try configuration([role.setting.name: url], without: role == .web ? [] : ["HEED_DATABASE_URL"], as: [role])
    #expect(try made.url(role) == url)
    let other: DatabaseRole = role == .web ? .work : .web
    #expect(throws: Mistakes.self) { try made.url(other) }
    #expect(complaints(without: ["HEED_DATABASE_URL"], as: [role]).contains { $0.hasPrefix("\(role.setting.name): is missing") })
  }

  @Test func `no complaint repeats a secret`() throws {
    let secrets = ["HEED_SECRET_KEY": "Tr0ub4dor&3", "HEED_DATABASE_URL": "x://u:Tr0ub4dor&3@h", "HEED_SMTP_PASSWORD": "Tr0ub4dor&3"]
    let found = complaints(secrets.merging(["HEED_SMTP_URL": "smtp://u:Tr0ub4dor&3@h"]) { _, new in new })
    #expect(found.count == 4)
    #expect(!found.joined().contains("Tr0ub4dor"))
    for password in ["Tr0ub@4dor", "Tr0ub/4dor", "Tr0ub?4dor", "Tr0ub%zdor"] {
      let found = complaints(["HEED_DATABASE_URL": "postgresql://heed_web:\(password)@db/heed"])
      #expect(found.count == 1 && !found.joined().contains("dor"), "\(found)")
    }
    let key = try configuration().secretKey
    #expect("\(key)" == "(secret)")
  }

  @Test func `a misspelt name is pointed out with the name that was meant`() throws {
    let notes = try configuration(["HEED_SESION_DAYS": "5", "HEED_COLOUR": "red"]).notes.map(\.description)
    #expect(
      notes == [
        "HEED_COLOUR: is not a setting of Heed and has no effect.",
        "HEED_SESION_DAYS: is not a setting of Heed and has no effect. Did you mean HEED_SESSION_DAYS?",
      ])
  }

  @Test func `a short absolute limit shortens the idle limit that nobody set`() throws {
    #expect(try configuration(["HEED_SESSION_DAYS": "7"]).sessionIdleDays == 7)
  }

  @Test func `the address mail comes from follows the public host`() throws {
    #expect(try configuration(["HEED_PUBLIC_URL": "https://heed.example.org"]).mailFrom == "heed@heed.example.org")
    #expect(try configuration(["HEED_MAIL_FROM": "Heed <desk@example.org>"]).mailFrom == "Heed <desk@example.org>")
  }
}
