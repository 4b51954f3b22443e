import Foundation
import Glibc
import Testing

@testable import Net

@Suite struct MaildirTests {
  @Test func deliversWholeFilesThatARepeatReplaces() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let box = Maildir(path: folder.appendingPathComponent("mail").path)
    let id = try #require(MessageID("r1.2@heed.test"))
    let name = try box.deliver(Array("one\r\n".utf8), id: id)
    #expect(try box.deliver(Array("one\r\n".utf8), id: id) == name)
    let other = try box.deliver([], id: try #require(MessageID("r1.3@heed.test")))
    let files = { (part: String) in try FileManager.default.contentsOfDirectory(atPath: box.path + part).sorted() }
    #expect(try files("/new") == [name, other].sorted())
    #expect(try files("/tmp").isEmpty && files("/cur").isEmpty)
    #expect(try Data(contentsOf: URL(fileURLWithPath: "\(box.path)/new/\(name)")) == Data("one\r\n".utf8))
    for (path, mode) in [("", 0o700), ("/new", 0o700), ("/tmp", 0o700), ("/new/\(name)", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: box.path + path)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
  }

  @Test func namesAreSafeAndDifferWhereIdsDo() throws {
    let ids = ["a/b@x", "a_b@x", "a{b@x", "../../x@y", "A@x", "a@x", String(repeating: "a", count: 190) + "@x"].compactMap { MessageID($0) }
    let names = ids.map { Maildir.fileName($0) }
    #expect(Set(names).count == ids.count && ids.count == 6)
    #expect(names.allSatisfy { !$0.contains("/") && !$0.contains(":") && $0.utf8.count <= 200 && !$0.hasPrefix(".") })
  }

  @Test func leftoversOfKilledWritersAreSweptAfterADayAndAHalf() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let box = Maildir(path: folder.path)
    #expect(box.sweep() == 0)
    try box.deliver([1], id: try #require(MessageID("a@x")))
    for (name, hours) in [("old", 37), ("older", 5_000), ("young", 35), ("now", 0)] {
      let file = "\(box.path)/tmp/\(name)"
      #expect(FileManager.default.createFile(atPath: file, contents: nil))
      let date = Date(timeIntervalSinceNow: -3600 * Double(hours))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file)
    }
    #expect(box.sweep() == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: box.path + "/tmp").sorted() == ["now", "young"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: box.path + "/new").count == 1)
  }

  @Test func tellsWhatFailed() throws {
    let id = try #require(MessageID("a@x"))
    #expect(throws: NetError.file("mkdir /no/such/parent/mail", ENOENT)) { try Maildir(path: "/no/such/parent/mail").deliver([1], id: id) }
  }
}

/// What goes wrong with the folder is told with the file, and nothing counts as delivered.
@Suite struct MaildirFaultTests {
  private func fault(_ box: Maildir) throws -> NetError? {
    let id = try #require(MessageID("r1.2@heed.test"))
    do {
      try box.deliver([1], id: id)
      return nil
    } catch {
      return error
    }
  }

  @Test func aFolderWithoutAParentIsNotMade() throws {
    #expect(try fault(Maildir(path: "/no/such/parent/mail")) == .file("mkdir /no/such/parent/mail", ENOENT))
  }

  @Test func aFileWhereAFolderShouldBeIsTold() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("mail").path
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    #expect(try fault(Maildir(path: path)) == .file("mkdir \(path)/tmp", ENOTDIR))
  }

  @Test func aLinkInTheWayIsNotFollowed() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let box = Maildir(path: folder.appendingPathComponent("mail").path)
    #expect(try fault(box) == nil)
    let name = Maildir.fileName(try #require(MessageID("r1.2@heed.test")))
    let (draft, victim) = ("\(box.path)/tmp/\(name).\(getpid())", folder.appendingPathComponent("victim").path)
    #expect(FileManager.default.createFile(atPath: victim, contents: Data("kept".utf8)))
    try FileManager.default.createSymbolicLink(atPath: draft, withDestinationPath: victim)
    #expect(try fault(box) == .file("open \(draft)", ELOOP))
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "kept")
  }

  @Test func whatCannotBePutIntoNewIsNotDelivered() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let box = Maildir(path: folder.appendingPathComponent("mail").path)
    let name = Maildir.fileName(try #require(MessageID("r1.2@heed.test")))
    try FileManager.default.createDirectory(atPath: "\(box.path)/new/\(name)", withIntermediateDirectories: true)
    #expect(try fault(box) == .file("rename \(box.path)/tmp/\(name).\(getpid())", EISDIR))
  }
}
