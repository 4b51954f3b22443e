import Testing

@testable import Web

/// What only the installation can make: tokens, tags, the field against forged posts; and what people choose to keep others out.
@Suite struct SecretTests {
  private let keys = Keys(secret: Array("an installation's secret of 32 bytes".utf8))

  @Test func `the keys of yesterday's links are those of today`() {
    // HKDF and HMAC by Python's hashlib: another derivation would void every link that was ever sent.
    #expect(keys.tag(.link, "message") == "2aeede649c251f3543426a6c4a436d4e")
    #expect(keys.mac(.audit, [UInt8]()).count == 32 && keys.mac(.audit, [0]) != keys.mac(.audit, [UInt8]()))
  }

  @Test func `chance repeats nothing`() {
    let made = (0..<200).map { _ in Keys.random(16) }
    #expect(Set(made).count == 200 && made.allSatisfy { $0.count == 16 })
    #expect(Keys.random(0).isEmpty)
    // Every bit of 200 sixteen-byte words is set in some and not in others.
    for bit in 0..<128 {
      let set = made.count { $0[bit / 8] >> UInt8(bit % 8) & 1 == 1 }
      #expect((50...150).contains(set), "bit \(bit): \(set)")
    }
  }

  @Test func `a token says nothing without its mac, and nothing at all is none`() {
    let empty = Token.make([], .link, keys)
    #expect(Token.read(empty, .link, keys) == nil)
    #expect(Token.read("", .link, keys) == nil)
    #expect(Token.read(Bytes.base64url([UInt8](repeating: 0, count: Token.macLength)), .link, keys) == nil)
    #expect(Token.read(Bytes.base64url([1] + [UInt8](repeating: 0, count: Token.macLength)), .link, keys) == nil)
  }

  @Test func `a token longer than any of ours is not even looked at`() {
    let longest = [UInt8](repeating: 7, count: 1_484)
    #expect(Token.make(longest, .link, keys).utf8.count == 2_000)
    #expect(Token.read(Token.make(longest, .link, keys), .link, keys) == longest)
    #expect(Token.read(Token.make(longest + [7], .link, keys), .link, keys) == nil)
  }

  @Test(arguments: Keys.Purpose.allCases)
  func `a token of one purpose opens no other door`(purpose: Keys.Purpose) {
    let token = Token.make([1, 2, 3], purpose, keys)
    #expect(Keys.Purpose.allCases.filter { Token.read(token, $0, keys) != nil } == [purpose])
  }

  @Test func `a mac that is cut or moved spoils a token`() {
    let bytes = Bytes.fromBase64url(Token.make([1, 2, 3], .link, keys)) ?? []
    #expect(bytes.count == 3 + Token.macLength)
    for changed in [Array(bytes.dropLast()), Array(bytes.dropFirst()), bytes + [0], Array(bytes.suffix(Token.macLength) + bytes.prefix(3))]
    {
      #expect(Token.read(Bytes.base64url(changed), .link, keys) == nil)
    }
  }

  @Test func `the field of a door is not that of a session of the same name`() {
    let csrf = CSRF(keys: keys, publicOrigin: "https://heed.example")
    #expect(csrf.token(door: "a") != csrf.token(session: "a"))
    #expect(!csrf.allows(Form([("csrf", csrf.token(door: "a"))]), token: csrf.token(session: "a")))
    #expect(csrf.allows(Form([("csrf", csrf.token(door: "a")), ("csrf", "x")]), token: csrf.token(door: "a")))
    #expect(!csrf.allows(Form([("csrf", "x"), ("csrf", csrf.token(door: "a"))]), token: csrf.token(door: "a")))
  }

  @Test(arguments: ["", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$AAAA$", "plain text", "$2b$12$abcdefghijklmnopqrstuv", "\u{0}"])
  func `what is no hash matches no password`(stored: String) {
    #expect(!Password.matches("correct horse", stored) && !Password.matches("", stored))
  }

  @Test func `the same password has another hash each time, and each matches`() throws {
    let hashes = try (0..<2).map { _ in try #require(Password.hash("correct horse")) }
    #expect(hashes[0] != hashes[1])
    #expect(hashes.allSatisfy { Password.matches("correct horse", $0) && !Password.matches("correct horse ", $0) })
  }

  @Test func `a password is compared byte by byte, as long as it is`() throws {
    let composed = try #require(Password.hash("caf\u{E9} au lait"))
    #expect(Password.matches("caf\u{E9} au lait", composed) && !Password.matches("cafe\u{301} au lait", composed))
    let long = String(repeating: "x", count: 1_024)
    let hash = try #require(Password.hash(long))
    #expect(Password.isRight(long, hash) && !Password.isRight(String(long.dropLast()), hash) && !Password.isRight(long + "x", hash))
  }

  @Test func `nobody's hash is a real one, of today's cost, that nothing matches`() throws {
    let today = try #require(Password.hash("x"))
    func parameters(_ encoded: String) -> [Substring] { Array(encoded.split(separator: "$").prefix(3)) }
    #expect(parameters(Password.nobody) == parameters(today))
    for guess in ["", "nobody", Password.nobody] { #expect(!Password.matches(guess, Password.nobody)) }
  }

  @Test(arguments: [
    ("xyzabcdefg", true), ("gfedcbazyx", true), ("7890123456", true), ("lkjhgfdsap", true), ("wsx3edc4rfv", true), ("abcdabcdabcd", true),
    ("abcdeabcde", false), ("abcabcabca", true), ("abcdefghik", false), ("qwertyuiopa", true), ("ANA@Example.org", true), ("Ana", true),
    ("anna@example.org", false),
  ])
  func `runs, repetitions and one's own address are common, whatever their case`(password: String, isCommon: Bool) {
    #expect(Password.isCommon(password, email: "ana@example.org") == isCommon)
  }

  @Test func `every listed password is refused in any case, and none is too short to be typed`() {
    #expect(commonPasswords.count > 250)
    for password in commonPasswords {
      #expect(Password.isCommon(password.uppercased(), email: "x@example.org"), "\(password)")
      #expect(Password.lengths.contains(password.utf8.count), "\(password)")
      #expect(password.utf8.elementsEqual(Bytes.lowercased(password.utf8)), "\(password)")
    }
  }
}
