import Foundation
import Glibc
import Testing

@testable import FastCGI

private func code(_ body: () throws -> Void) -> Int32 {
  do {
    try body()
    return 0
  } catch { return (error as? SystemError)?.code ?? -1 }
}

private func mode(_ path: String) -> UInt32 {
  var status = stat()
  return lstat(path, &status) == 0 ? status.st_mode : 0
}

@Suite(.serialized) final class ListenerTests {
  let folder: String
  var path: String { folder + "/socket" }

  init() throws { folder = try Site.newFolder() }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @Test(arguments: [0o660, 0o600, 0o666, 0o620] as [UInt32])
  func theSocketHasExactlyTheModeAskedFor(wanted: UInt32) throws {
    let listener = try Listener.bind(path: path, mode: wanted)
    #expect(mode(path) == S_IFSOCK | wanted)
    withExtendedLifetime(listener) {}
  }

  @Test func itIsReadableByOwnerAndGroupUnlessToldOtherwise() throws {
    let listener = try Listener.bind(path: path)
    #expect(mode(path) & 0o777 == 0o660)
    #expect(Link(path) != nil)
    withExtendedLifetime(listener) {}
  }

  @Test func aSocketThatSomebodyAnswersOnIsNotTaken() throws {
    let first = try Listener.bind(path: path)
    #expect(code { _ = try Listener.bind(path: path) } == EADDRINUSE)
    #expect(Link(path) != nil)
    withExtendedLifetime(first) {}
  }

  @Test func aDeadSocketIsReplaced() throws {
    _ = try Listener.bind(path: path)
    #expect(mode(path) & S_IFMT == S_IFSOCK)
    let second = try Listener.bind(path: path)
    #expect(Link(path) != nil)
    withExtendedLifetime(second) {}
  }

  @Test func aFileInItsPlaceIsLeftAlone() throws {
    try "precious".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(code { _ = try Listener.bind(path: path) } == EADDRINUSE)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
  }

  @Test(arguments: [(107, 0), (108, ENAMETOOLONG), (500, ENAMETOOLONG)])
  func aPathHasAtMost107Bytes(length: Int, expected: Int32) {
    let long = path + String(repeating: "x", count: length - path.utf8.count)
    #expect(code { _ = try Listener.bind(path: long) } == expected)
  }

  @Test func theLengthOfAPathIsCountedInBytes() {
    #expect(code { _ = try Listener.bind(path: path + String(repeating: "ã", count: 50)) } == ENAMETOOLONG)
    #expect(code { _ = try Listener.bind(path: "") } == ENAMETOOLONG)
    #expect(code { _ = try Listener.bind(path: folder + "/a\0b") } == ENAMETOOLONG)
  }

  @Test func anUnknownGroupIsAnError() {
    #expect(code { _ = try Listener.bind(path: path, group: "no-such-group") } == ENOENT)
  }

  @Test func onlyItsOwnPathIsRemoved() throws {
    let first = try Listener.bind(path: path)
    unlink(path)
    let second = try Listener.bind(path: path)
    first.remove()
    #expect(mode(path) != 0)
    second.remove()
    #expect(mode(path) == 0)
  }

  @Test func onlyAListeningSocketIsInherited() throws {
    let ends = Pipe()
    #expect(code { _ = try Listener.inherited(ends.fileHandleForReading.fileDescriptor) } == ENOTSOCK)
    let plain = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(plain) }
    #expect(code { _ = try Listener.inherited(plain) } == EINVAL)
    #expect(code { _ = try Listener.inherited(-1) } == EBADF)
    let listener = try Listener.bind(path: path)
    let copy = try Listener.inherited(dup(listener.descriptor))
    #expect(fcntl(copy.descriptor, F_GETFL, 0) & O_NONBLOCK != 0)
  }
}

@Test(arguments: [(0, 0), (1, 100), (2, 200), (3, 400), (8, 12_800), (9, 25_600), (10, 30_000), (64, 30_000), (1_000_000, 30_000)])
func thePauseDoublesUpToHalfAMinuteOrASecondForWhatWorked(deaths: Int, milliseconds: Int) {
  #expect(Timeouts().pause(after: deaths, wasReady: false) == milliseconds)
  #expect(Timeouts().pause(after: deaths, wasReady: true) == min(milliseconds, 1000))
}
