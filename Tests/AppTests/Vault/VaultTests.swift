import Crypto
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// The vault: what is sealed opens for its account, at its place, as it was, and never else.
@Suite struct VaultTests {
  private static let column = SecretColumn(table: "tokens", column: "secret", owner: .account)
  private static let place = column.place("one")
  private let site: Site
  private let (ana, eve): (Browser, Browser)

  init() throws {
    site = try Site()
    (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
  }

  private func vault(_ db: Connection? = nil) -> Vault { Vault(masters: site.services.masters, db: db ?? site.owner) }

  private func seal(_ text: String, of person: Browser, at place: VaultPlace = place) throws -> [UInt8] {
    try vault().seal(Array(text.utf8), of: person.account, at: place, now: site.now)
  }

  private func open(_ sealed: [UInt8], of person: Browser, at place: VaultPlace = place) throws -> String {
    String(decoding: try vault().open(sealed, of: person.account, at: place), as: UTF8.self)
  }

  @Test(arguments: ["", "x", "pässwörd", String(repeating: "long ", count: 13_107)])
  func `what is sealed opens again`(text: String) throws {
    let sealed = try seal(text, of: ana)
    #expect(sealed.count == 29 + text.utf8.count && sealed[0] == 1)
    #expect(try open(sealed, of: ana) == text)
    #expect(try site.count("SELECT count(*) FROM account_keys") == 1)
  }

  @Test func `the same secret is never sealed to the same bytes`() throws {
    let all = try (0..<200).map { _ in try seal("the same", of: ana) }
    #expect(Set(all.map { Array($0[1..<13]) }).count == 200)
    #expect(Set(all.map { Array($0[13...]) }).count == 200)
  }

  @Test func `a changed bit anywhere is noticed, and so is a byte less or more`() throws {
    let sealed = try seal("a walrus", of: ana)
    for index in sealed.indices {
      for bit in 0..<8 {
        var changed = sealed
        changed[index] ^= 1 << UInt8(bit)
        // The first byte names the key.
        let expected = index == 0 ? VaultError.noKey(version: Int(changed[0])) : .doesNotOpen
        #expect(throws: expected) { try open(changed, of: ana) }
      }
      #expect(throws: VaultError.doesNotOpen) { try open(Array(sealed[..<index]), of: ana) }
    }
    #expect(throws: VaultError.doesNotOpen) { try open(sealed + [0], of: ana) }
    #expect(try open(sealed, of: ana) == "a walrus")
  }

  @Test(arguments: [
    VaultPlace(table: "tokens", column: "secret", row: "two"), VaultPlace(table: "tokens", column: "other", row: "one"),
    VaultPlace(table: "others", column: "secret", row: "one"), VaultPlace(table: "tokenss", column: "ecret", row: "one"),
    VaultPlace(table: "tokens", column: "secreto", row: "ne"), VaultPlace(table: "", column: "", row: "tokenssecretone"),
  ])
  func `it opens at no other place`(other: VaultPlace) throws {
    let sealed = try seal("a walrus", of: ana)
    #expect(throws: VaultError.doesNotOpen) { try open(sealed, of: ana, at: other) }
  }

  @Test func `another account opens neither the secret nor the key`() throws {
    let sealed = try seal("a walrus", of: ana)
    #expect(throws: VaultError.noKey(version: 1)) { try open(sealed, of: eve) }
    _ = try seal("a seal", of: eve)
    #expect(throws: VaultError.doesNotOpen) { try open(sealed, of: eve) }
    // Nor with that of ana put in its place.
    try site.owner.run("UPDATE account_keys SET wrapped = (SELECT wrapped FROM account_keys WHERE account_id = \(ana.account))")
    #expect(throws: VaultError.keyDoesNotOpen(version: 1)) { try open(sealed, of: eve) }
    #expect(try open(sealed, of: ana) == "a walrus")
  }

  @Test func `a key that was changed in the database opens nothing`() throws {
    let sealed = try seal("a walrus", of: ana)
    let wrapped: [UInt8] = try site.owner.value("SELECT wrapped FROM account_keys").unwrapped
    for index in wrapped.indices {
      var changed = wrapped
      changed[index] ^= 0x10
      try site.owner.run("UPDATE account_keys SET wrapped = \(changed)")
      #expect(throws: VaultError.keyDoesNotOpen(version: 1)) { try open(sealed, of: ana) }
      #expect(throws: VaultError.keyDoesNotOpen(version: 1)) { try seal("x", of: ana) }
    }
  }

  @Test func `a secret has its longest length`() throws {
    let longest = [UInt8](repeating: 7, count: DataKey.longest)
    let sealed = try vault().seal(longest, of: ana.account, at: Self.place, now: site.now)
    #expect(try vault().open(sealed, of: ana.account, at: Self.place) == longest)
    #expect(throws: VaultError.tooLong(DataKey.longest + 1)) {
      try vault().seal(longest + [7], of: ana.account, at: Self.place, now: site.now)
    }
  }

  /// Made with Python's cryptography 48.0: HKDF(SHA256, salt=None, info=b"heed vault") of the tests' secret, AESGCM of a key of bytes 0…31.
  @Test func `another implementation of the same standards sealed this`() throws {
    let account = try ID<Account>("01a1f640-bc00-7000-8000-0000000000aa").unwrapped
    let place = Self.column.place(try ID<Int>("01a1f640-bc00-7000-8000-0000000000bb").unwrapped)
    try site.owner.run("INSERT INTO accounts (id, name, created_at) VALUES (\(account), 'Ada', \(site.now))")
    try site.owner.run(
      """
      INSERT INTO account_keys (account_id, version, made_at, wrapped) VALUES (\(account), 7, \(site.now), decode(
        '6465666768696a6b6c6d6e6f845ae03dbde969ea3332a6986542c744572660735efe673d7ba866b91a816a686abc6010a03884c25417c33bbfa4c89c', 'hex'))
      """)
    let sealed: [UInt8] = try site.owner.value(
      "SELECT decode('07c8c9cacbcccdcecfd0d1d2d361bbc5a8f5bb9452101c2e8c2d5d5811bef0cf34ad92f1dbf5b2c941f3', 'hex')"
    ).unwrapped
    #expect(String(decoding: try vault().open(sealed, of: account, at: place), as: UTF8.self) == "pässword 123")
    // And ours has the same form: opened by hand, with nothing of the vault's but the data key.
    let ours = try vault().seal(Array("mine".utf8), of: account, at: place, now: site.now)
    let box = try AES.GCM.SealedBox(combined: ours[1...])
    var bound: [UInt8] = []
    for part in ["heed vault", account.text, "tokens", "secret", "01a1f640-bc00-7000-8000-0000000000bb"] {
      bound += [0, 0, 0, 0, 0, 0, 0, UInt8(part.utf8.count)] + Array(part.utf8)
    }
    let opened = try AES.GCM.open(box, using: SymmetricKey(data: (0..<32).map { UInt8($0) }), authenticating: bound)
    #expect(ours[0] == 7 && String(decoding: opened, as: UTF8.self) == "mine")
  }

  @Test func `two who make an account's first key at once use the same one`() throws {
    let (one, two) = (try site.connection("heed_work"), try site.connection("heed_work"))
    var sealed: [[UInt8]] = []
    try one.transaction {
      sealed.append(try vault(one).seal([1], of: ana.account, at: Self.place, now: site.now))
      // The second one's insert waits for the first; it gives up here, and tries again below.
      try two.run("SET lock_timeout = '50ms'")
      #expect(throws: PostgresError.self) { try vault(two).seal([2], of: ana.account, at: Self.place, now: site.now) }
    }
    sealed.append(try vault(two).seal([2], of: ana.account, at: Self.place, now: site.now))
    #expect(try site.count("SELECT count(*) FROM account_keys") == 1)
    #expect(try sealed.map { try vault().open($0, of: ana.account, at: Self.place) } == [[1], [2]])
  }

  @Test func `a request has the keys of its own account`() throws {
    let mine = try seal("a walrus", of: ana)
    _ = try seal("a seal", of: eve)
    let web = try site.connection("heed_web")
    try web.transaction {
      try web.run("SELECT set_config('heed.user_id', \(ana.user.text), true), set_config('heed.account_id', \(ana.account.text), true)")
      #expect(try vault(web).open(mine, of: ana.account, at: Self.place) == Array("a walrus".utf8))
      let sealed = try vault(web).seal([1], of: ana.account, at: Self.place, now: site.now)
      #expect(try vault(web).open(sealed, of: ana.account, at: Self.place) == [1])
      #expect(try web.value("SELECT count(*) FROM account_keys", as: Int.self) == 1)
    }
    let error = #expect(throws: PostgresError.self) {
      try web.transaction {
        try web.run("SELECT set_config('heed.account_id', \(ana.account.text), true)")
        return try vault(web).seal([1], of: eve.account, at: Self.place, now: site.now)
      }
    }
    #expect(error?.sqlstate == "42501")
  }

  @Test func `with its account a key goes, and what it sealed opens no more`() throws {
    let sealed = try seal("a walrus", of: ana)
    try site.owner.run("DELETE FROM users WHERE account_id = \(ana.account)")
    try site.owner.run("DELETE FROM accounts WHERE id = \(ana.account)")
    #expect(throws: VaultError.noKey(version: 1)) { try open(sealed, of: ana) }
    let error = #expect(throws: PostgresError.self) { try seal("x", of: ana) }
    #expect(error?.violates("account_keys_account_fkey") == true)
  }

  @Test func `what an older secret wrapped opens while that is named, and the check tells`() throws {
    let sealed = try seal("a walrus", of: ana)
    let new = Keys(secret: Array("another secret, as long as the one before".utf8))
    let (alone, both) = (MasterKeys(new), MasterKeys(new, previous: site.services.keys))
    #expect(throws: VaultError.keyDoesNotOpen(version: 1)) {
      try Vault(masters: alone, db: site.owner).open(sealed, of: ana.account, at: Self.place)
    }
    #expect(try Vault(masters: both, db: site.owner).open(sealed, of: ana.account, at: Self.place) == Array("a walrus".utf8))
    func found(_ masters: MasterKeys) throws -> [Int] {
      let found = try VaultKeysFound(masters, site.owner)
      return [found.all, found.previous, found.lost]
    }
    #expect(try found(site.services.masters) == [1, 0, 0])
    #expect(try found(both) == [1, 1, 0])
    #expect(try found(alone) == [1, 0, 1])
  }
}
