import FastCGI
import Foundation
import Glibc
import Testing

/// Places that all processes of a host share.
@Suite struct HostSlotsTests {
  private let slots = HostSlots(name: "test \(UInt64.random(in: 0 ... .max))", count: 2)

  @Test func asManyWorkAtOnceAsThereArePlaces() {
    let third = slots.run(patience: 0) { slots.run(patience: 0) { slots.run(patience: 20) { 1 } } }
    #expect(third == .some(.some(nil)))
    let again = slots.run(patience: 0) { slots.run(patience: 0) { 2 } }
    #expect(again == .some(2))
  }

  @Test func aPlaceIsGivenBackWhenTheWorkFails() {
    struct Failure: Error {}
    for _ in 0..<5 { #expect(throws: Failure.self) { try slots.run(patience: 0) { throw Failure() } } }
    #expect(slots.run(patience: 0) { slots.run(patience: 0) { true } } == .some(true))
  }

  @Test func whoWaitsGetsThePlaceThatBecomesFree() async {
    let slow = HostSlots(name: "test \(UInt64.random(in: 0 ... .max))", count: 1)
    let (began, freed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let worker = Thread {
      _ = slow.run(patience: 0) {
        began.signal()
        freed.wait()
      }
    }
    worker.start()
    began.wait()
    #expect(slow.run(patience: 50) { true } == nil)
    freed.signal()
    #expect(slow.run(patience: 5_000) { true } == true)
  }

  @Test func theKernelTakesBackThePlaceOfAProcessThatIsKilled() throws {
    let name = "test \(UInt64.random(in: 0 ... .max))"
    let child = Process()
    child.executableURL = URL(filePath: "/usr/bin/env")
    // The same name, bound by another program: NUL, then the name, filled up with zeros.
    child.arguments = [
      "python3", "-c",
      "import socket,time; s=socket.socket(socket.AF_UNIX); s.bind((b'\\0heed \(name) 0').ljust(108, b'\\0')); print('bound', flush=True); time.sleep(60)",
    ]
    let output = Pipe()
    child.standardOutput = output
    try child.run()
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("bound"))
    let slots = HostSlots(name: name, count: 1)
    #expect(slots.run(patience: 0) { true } == nil)
    kill(child.processIdentifier, SIGKILL)
    #expect(slots.run(patience: 5_000) { true } == true)
    child.waitUntilExit()
  }
}
