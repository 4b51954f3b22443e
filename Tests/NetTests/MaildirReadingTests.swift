import Foundation
import Glibc
import Testing

@testable import Net

/// Mail that comes in by a folder: what is listed, read and moved, and what other programs may put there.
@Suite struct MaildirReadingTests {
  /// A Maildir with these files, by their paths in it; removed in the end.
  private func with(_ files: [String: String], _ body: (Maildir) throws -> Void) throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for part in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(at: folder.appendingPathComponent(part), withIntermediateDirectories: true)
    }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    try body(Maildir(path: folder.path))
  }

  private func names(_ box: Maildir, most: Int = 1_000) throws -> [String] {
    try box.waiting(most: most).entries.map { "\($0.folder.rawValue)/\($0.name)" }
  }

  private func files(_ box: Maildir) throws -> [String] {
    try ["new", "cur"].flatMap { part in try FileManager.default.contentsOfDirectory(atPath: "\(box.path)/\(part)").map { "\(part)/\($0)" }
    }.sorted()
  }

  private func entry(_ box: Maildir, _ name: String) throws -> MaildirEntry {
    try #require(try box.waiting().entries.first { $0.name == name })
  }

  private func fault(_ box: Maildir, _ entry: MaildirEntry, most: Int = 1_000) -> MaildirFault? {
    do {
      _ = try box.read(entry, most: most)
      return nil
    } catch { return error }
  }

  @Test func whatIsWaitingIsListedInTheOrderOfTheNames() throws {
    try with([
      "new/3.a": "c", "new/1.a": "a", "cur/2.a:2,": "b", "cur/0.a:2,S": "seen", "cur/4.a:2,FS": "seen", "cur/5.a:2,F": "flagged",
      "cur/6.a": "bare",
      "cur/7.a:1,x": "odd", "new/.hidden": "no", "tmp/0": "half", "new/2.b:2,S": "odd",
    ]) { box throws in
      #expect(try names(box) == ["new/1.a", "cur/2.a:2,", "new/2.b:2,S", "new/3.a", "cur/5.a:2,F", "cur/6.a", "cur/7.a:1,x"])
    }
  }

  @Test func ofManyTheFirstAreListed() throws {
    try with(Dictionary(uniqueKeysWithValues: (100..<400).map { ("new/\($0)", "x") })) { box throws in
      for most in [1, 7, 75, 299] {
        let waiting = try box.waiting(most: most)
        #expect(waiting.entries.map(\.name) == (100..<100 + most).map { "\($0)" } && waiting.hasMore)
      }
      for most in [300, 301] {
        let all = try box.waiting(most: most)
        #expect(all.entries.count == 300 && !all.hasMore)
      }
    }
  }

  @Test func aFolderThatIsNoneIsToldByName() throws {
    let box = Maildir(path: "/no/such/mail")
    #expect(throws: NetError.file("open /no/such/mail/new", ENOENT)) { try box.waiting() }
    try with([:]) { box throws in
      try FileManager.default.removeItem(atPath: "\(box.path)/cur")
      #expect(try box.waiting().entries.isEmpty, "one that nobody has opened yet")
      try FileManager.default.removeItem(atPath: "\(box.path)/new")
      try FileManager.default.createSymbolicLink(atPath: "\(box.path)/new", withDestinationPath: "/tmp")
      #expect(throws: NetError.file("open \(box.path)/new", ENOTDIR)) { try box.waiting() }
    }
  }

  @Test func aMailIsReadAsItIsUpToItsBound() throws {
    let text = String(decoding: (0..<200_000).map { UInt8($0 % 128) }, as: UTF8.self)
    try with(["new/1": text, "new/2": ""]) { box throws in
      let (one, two) = (try entry(box, "1"), try entry(box, "2"))
      #expect(try box.read(one, most: 200_000) == Array(text.utf8))
      #expect(try box.read(two, most: 1) == [])
      #expect(fault(box, one, most: 199_999) == .tooLarge(200_000))
      #expect(try files(box) == ["new/1", "new/2"], "reading moves nothing")
    }
  }

  @Test func whatIsNoFileIsNotOpened() throws {
    try with(["victim": "secret", "new/mail": "x"]) { box throws in
      let path = { (name: String) in "\(box.path)/new/\(name)" }
      try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: "\(box.path)/victim")
      try FileManager.default.createSymbolicLink(atPath: path("dangling"), withDestinationPath: "/no/such/file")
      try FileManager.default.createSymbolicLink(atPath: path("loop"), withDestinationPath: path("loop"))
      try FileManager.default.createDirectory(atPath: path("folder"), withIntermediateDirectories: true)
      #expect(mkfifo(path("pipe"), 0o600) == 0)
      let listed = try box.waiting().entries
      #expect(listed.count == 6)
      for entry in listed where entry.name != "mail" { #expect(fault(box, entry) == .notAFile, "\(entry.name)") }
      #expect(try box.read(entry(box, "mail"), most: 10) == [120])
    }
  }

  @Test func whatVanishesIsGone() throws {
    try with(["new/1": "x"]) { box throws in
      let entry = try entry(box, "1")
      try FileManager.default.removeItem(atPath: "\(box.path)/new/1")
      #expect(fault(box, entry) == .gone)
      #expect(try !box.settle(entry))
    }
  }

  @Test(arguments: ["", "../victim", "a/b", ".hidden", "a\0b", "."]) func whatIsNoNameLeadsNowhere(name: String) throws {
    try with(["victim": "secret", "new/.hidden": "secret"]) { box throws in
      let entry = MaildirEntry(.new, Array(name.utf8))
      #expect(fault(box, entry) == .gone)
      #expect(try !box.settle(entry))
      #expect(try files(box) == ["new/.hidden"])
    }
  }

  @Test func namesOfAnyBytesAreReadAndMoved() throws {
    try with([:]) { box throws in
      let names: [[UInt8]] = [[0xFF, 0xFE, 0x31], Array("1\n2".utf8), Array("é ü".utf8), [0xC3]]
      for name in names {
        let path = (Array("\(box.path)/new/".utf8) + name + [0]).map { CChar(bitPattern: $0) }
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        #expect(descriptor >= 0 && write(descriptor, "x", 1) == 1)
        close(descriptor)
      }
      let listed = try box.waiting().entries
      #expect(Set(listed.map(\.bytes)) == Set(names))
      for entry in listed {
        #expect(try box.read(entry, most: 10) == [120])
        #expect(try box.settle(entry))
      }
      #expect(try box.waiting().entries.isEmpty)
      #expect(try files(box).count == names.count)
    }
  }

  @Test func aMailThatWasReadMovesWithItsFlags() throws {
    try with(["new/1.a": "1", "cur/2.a:2,F": "2", "cur/3.a": "3", "cur/4.a:1,x": "4", "new/5.a:2,T": "5"]) { box throws in
      for entry in try box.waiting().entries { #expect(try box.settle(entry)) }
      #expect(try files(box) == ["cur/1.a:2,S", "cur/2.a:2,FS", "cur/3.a:2,S", "cur/4.a:2,S", "cur/5.a:2,ST"])
      #expect(try box.waiting().entries.isEmpty)
      #expect(try String(contentsOfFile: "\(box.path)/cur/1.a:2,S", encoding: .utf8) == "1")
    }
  }

  @Test func movingReplacesNoOtherMail() throws {
    try with(["new/1": "new", "cur/1:2,S": "old"]) { box throws in
      #expect(try box.settle(entry(box, "1")))
      #expect(try files(box) == ["cur/1.1:2,S", "cur/1:2,S"])
      #expect(try String(contentsOfFile: "\(box.path)/cur/1:2,S", encoding: .utf8) == "old")
    }
  }

  /// A folder has no second name, like any file on some file systems.
  @Test func whatCanHaveNoSecondNameMovesAllTheSame() throws {
    try with([:]) { box throws in
      for name in ["new/1", "cur/1:2,S"] {
        try FileManager.default.createDirectory(atPath: "\(box.path)/\(name)", withIntermediateDirectories: true)
      }
      #expect(try box.settle(entry(box, "1")))
      #expect(try files(box) == ["cur/1.1:2,S", "cur/1:2,S"])
    }
  }

  /// The move is a second name and then the end of the first.
  @Test func aMoveThatWasCutOffIsFinished() throws {
    try with(["new/1": "x"]) { box throws in
      let entry = try entry(box, "1")
      #expect(link("\(box.path)/new/1", "\(box.path)/cur/1:2,S") == 0)
      #expect(try box.settle(entry))
      #expect(try files(box) == ["cur/1:2,S"])
    }
  }

  @Test func whatCannotBeMovedStays() throws {
    try with(["new/1": "x"]) { box throws in
      let entry = try entry(box, "1")
      try FileManager.default.removeItem(atPath: "\(box.path)/cur")
      #expect(FileManager.default.createFile(atPath: "\(box.path)/cur", contents: nil))
      #expect(throws: NetError.file("link 1", ENOTDIR)) { try box.settle(entry) }
      #expect(try box.read(entry, most: 10) == [120])
    }
  }

  @Test func whatIsDeliveredIsWaiting() throws {
    try with([:]) { box throws in
      let name = try box.deliver(Array("mail".utf8), id: try #require(MessageID("a@x.test")))
      #expect(try names(box) == ["new/\(name)"])
    }
  }
}

/// The operator's folder and what channels may name in it.
@Suite struct MaildirFoldersTests {
  private func with(_ body: (MaildirFolders, String) throws -> Void) throws {
    let folder = try temporaryFolder().resolvingSymlinksInPath()
    defer { try? FileManager.default.removeItem(at: folder) }
    let root = folder.appendingPathComponent("root").path
    for path in ["root/support/new", "root/support/cur/.sub/new", "root/fresh/new", "root/empty", "root-other/new", "outside/new"] {
      try FileManager.default.createDirectory(at: folder.appendingPathComponent(path), withIntermediateDirectories: true)
    }
    #expect(FileManager.default.createFile(atPath: root + "/file", contents: nil))
    for (name, target) in [
      ("inside", "support"), ("within", "support/cur/.sub"), ("out", "../outside"),
      ("beside", "../root-other"), ("absolute", "/etc"), ("dangling", "nowhere"),
      ("loop", "loop"),
      ("self", "."),
    ] { try FileManager.default.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: target) }
    try FileManager.default.createDirectory(atPath: root + "/tricky", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: root + "/tricky/new", withDestinationPath: "/etc")
    try body(MaildirFolders(root: root), root)
  }

  private func fault(_ folders: MaildirFolders, _ name: String) -> MaildirFolders.Fault? {
    do {
      _ = try folders.maildir(name)
      return nil
    } catch { return error }
  }

  @Test func aChannelNamesOneFolderBelow() throws {
    try with { folders, root throws in
      #expect(try folders.maildir("support").path == root + "/support")
      #expect(try folders.maildir("fresh").path == root + "/fresh")
    }
  }

  @Test(
    arguments: [
      ("", .badName), (".", .badName), ("..", .badName), (".hidden", .badName), ("a/b", .badName), ("/etc", .badName),
      ("support/", .badName),
      ("a\0", .badName), ("a\nb", .badName), (String(repeating: "x", count: 101), .badName), ("nowhere", .missing), ("dangling", .missing),
      ("inside", .link), ("within", .link), ("file", .notAMaildir), ("empty", .notAMaildir), ("tricky", .notAMaildir),
      ("out", .outside), ("beside", .outside),
      ("absolute", .outside),
      ("self", .outside), ("loop", .unreadable(ELOOP)),
    ] as [(String, MaildirFolders.Fault)])
  func anyOtherNameIsRefused(name: String, expected: MaildirFolders.Fault) throws {
    try with { folders, _ in #expect(fault(folders, name) == expected) }
  }

  @Test func aRootThatIsALinkOrMissingIsSeenThrough() throws {
    try with { folders, root throws in
      try FileManager.default.createSymbolicLink(atPath: root + "-link", withDestinationPath: root)
      #expect(try MaildirFolders(root: root + "-link").maildir("support").path == root + "/support")
      #expect(fault(MaildirFolders(root: root + "-none"), "support") == .missing)
    }
  }
}
