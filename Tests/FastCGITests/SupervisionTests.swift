import Foundation
import Glibc
import Synchronization
import Testing

/// Sends requests from `clients` threads, before, while and until `work` is done. Returns how many were sent, and what went wrong.
func underLoad(clients: Int = 4, _ ask: @escaping @Sendable () -> String?, while work: () -> Void) -> (sent: Int, failures: [String]) {
  let state = Mutex((sent: 0, failures: [String](), done: false))
  let group = DispatchGroup()
  withExtendedLifetime(group) {
    for _ in 0..<clients {
      DispatchQueue.global().async(group: group) {
        while !state.withLock({ $0.done }) {
          let failure = ask()
          state.withLock {
            $0.sent += 1
            if let failure { $0.failures.append(failure) }
          }
        }
      }
    }
    // A busy machine takes its time to start threads.
    #expect(until(seconds: 60) { state.withLock { $0.sent >= clients } })
    work()
    state.withLock { $0.done = true }
    group.wait()
  }
  return state.withLock { ($0.sent, $0.failures) }
}

/// What is wrong with the answer to a plain request; nil when nothing is.
@Sendable func complaint(_ socket: String) -> String? {
  guard let link = Link(socket) else { return "connect: \(errno)" }
  guard link.send(Wire.request("/hello")) else { return "send: \(errno)" }
  guard let bytes = link.readAll() else { return "silence" }
  return Answer(bytes).status == 200 ? nil : "answer of \(bytes.count) bytes"
}

private func exists(_ pid: Int32) -> Bool {
  // A zombie whose parent has not looked yet is gone too.
  guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
  return !status.contains(") Z ")
}

extension Processes {
  @Suite struct SupervisionTests {
    @Test func aRollingRestartUnderLoadFailsNoRequest() throws {
      let site = try Site(responders: 3)
      let before = site.responders
      let socket = site.socket
      let (sent, failures) = underLoad({ complaint(socket) }) {
        for round in 1...3 {
          site.signal(SIGHUP)
          #expect(site.waitFor("restart.finished", times: round))
        }
      }
      #expect(failures.isEmpty)
      #expect(sent > 4)
      #expect(until { site.responders.count == 3 })
      #expect(site.responders.isDisjoint(with: before))
      #expect(site.count("signal=") == 0)
    }

    @Test func aRollingRestartRunsWhatIsOnDiskNow() throws {
      let folder = try Site.newFolder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let binary = folder + "/site"
      try FileManager.default.copyItem(atPath: Site.fixture, toPath: binary)
      let site = try Site(responders: 1, ["BINARY": binary])
      try FileManager.default.moveItem(atPath: binary, toPath: binary + ".old")
      try FileManager.default.copyItem(atPath: Site.fixture, toPath: binary)
      site.signal(SIGHUP)
      #expect(site.waitFor("restart.finished"))
      // The one before may still answer a last request while it leaves.
      #expect(
        until { site.text("/pid").flatMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/exe") } == binary })
    }

    @Test(arguments: ["#!/bin/sh\nexit 1\n", "#!/bin/sh\nexec sleep 60\n", "no program at all"])
    func aBrokenBinaryTakesNothingDown(script: String) throws {
      let folder = try Site.newFolder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let binary = folder + "/site"
      try FileManager.default.copyItem(atPath: Site.fixture, toPath: binary)
      let site = try Site(responders: 2, ["BINARY": binary, "READY": "500"])
      let before = site.responders
      try FileManager.default.removeItem(atPath: binary)
      try script.write(toFile: binary, atomically: true, encoding: .utf8)
      chmod(binary, 0o755)
      site.signal(SIGHUP)
      #expect(site.waitFor("restart.abandoned"))
      #expect(site.answersPromptly())
      #expect(until { site.responders == before })
    }

    @Test func aKilledResponderIsReplacedAndTheRestAnswers() throws {
      let site = try Site(responders: 2)
      for round in 1...3 {
        let victim = try #require(site.responders.first)
        kill(victim, SIGKILL)
        #expect(site.answersPromptly())
        #expect(site.waitFor("signal=9", times: round))
        #expect(site.waitFor("child.ready", times: 2 + round))
        #expect(site.responders.count == 2)
      }
    }

    @Test func requestsWaitInTheKernelWhileTheOnlyResponderIsReplaced() throws {
      let site = try Site(responders: 1, ["LONG_LIFE": "0"])
      for _ in 0..<5 {
        kill(try #require(site.responders.first), SIGKILL)
        #expect(complaint(site.socket) == nil)
      }
    }

    @Test func aCrashCostsItsOwnRequestOnly() throws {
      let site = try Site(responders: 2, ["LONG_LIFE": "0", "IDLE": "60"])
      let socket = site.socket
      let (_, failures) = underLoad(clients: 2, { complaint(socket) }) {
        for _ in 0..<5 { #expect(site.get("/crash")?.isComplete == false) }
      }
      #expect(failures.isEmpty)
      #expect(site.waitFor("signal=6", times: 5))
    }

    @Test func aStuckResponderIsEnded() throws {
      let site = try Site(responders: 2, ["REQUEST": "1"])
      let stuck = try site.hold("/spin")
      #expect(site.answersPromptly())
      #expect(stuck.readAll() == [])
      #expect(site.waitFor("reason=stuck"))
      #expect(until { site.responders.count == 2 })
      #expect(site.answersPromptly())
    }

    @Test func theTimeLimitIsForEachRequestAlone() throws {
      let site = try Site(responders: 1, ["REQUEST": "1", "IDLE": "2"])
      for _ in 0..<3 { #expect(site.get("/slow", query: "600")?.status == 200) }
      // The limit of the last one would be over before a silent connection is dropped.
      let silent = try #require(Link(site.socket))
      #expect(silent.readAll(seconds: 10) == [])
      #expect(site.waitFor("reason=late"))
      #expect(site.answersPromptly())
      #expect(site.responders.count == 1 && !site.log.contains("child.ended"))
    }

    @Test func whatDiesAtOnceIsStartedAgainAfterGrowingPauses() throws {
      let site = try Site(responders: 1, ["BINARY": "/bin/false"], ready: false)
      #expect(site.waitFor("child.pause deaths=4 milliseconds=800"))
      for (deaths, pause) in [(1, 100), (2, 200), (3, 400)] { #expect(site.count("deaths=\(deaths) milliseconds=\(pause)") == 1) }
      site.signal(SIGTERM)
      #expect(until { !site.isRunning })
      #expect(site.exitStatus == 0)
    }

    @Test func whatWorkedIsBackWithinASecondHoweverOftenItIsKilled() throws {
      let site = try Site(responders: 1, ["LONG_LIFE": "3600000"])
      for round in 1...6 {
        kill(try #require(site.responders.first), SIGKILL)
        #expect(site.waitFor("child.ready", times: 1 + round))
      }
      for (deaths, pause) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (6, 1000)] {
        #expect(site.count("deaths=\(deaths) milliseconds=\(pause)") == 1)
      }
    }

    @Test func aProgramThatIsNotThereIsTriedAgain() throws {
      let site = try Site(responders: 1, ["BINARY": "/no/such/program"], ready: false)
      #expect(site.waitFor("child.failed", times: 3))
      #expect(site.log.contains("No such file"))
    }

    @Test func aResponderIsReplacedAfterItsShare() throws {
      let site = try Site(responders: 1, ["MAX": "5"])
      var pids: Set<String> = []
      for _ in 0..<25 { pids.insert(try #require(site.text("/pid"))) }
      #expect(pids.count == 5)
      #expect(site.waitFor("status=75", times: 4))
      #expect(!site.log.contains("child.pause"))
    }

    @Test func replacementAfterAShareFailsNoRequestUnderLoad() throws {
      let site = try Site(responders: 2, ["MAX": "20"])
      let socket = site.socket
      let (_, failures) = underLoad({ complaint(socket) }) { #expect(site.waitFor("status=75", times: 6)) }
      #expect(failures.isEmpty)
    }
  }

  @Suite struct EndTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func theCurrentRequestIsFinished(signal: Int32) throws {
      let site = try Site(responders: 2)
      let slow = try site.hold("/held")
      site.signal(signal)
      #expect(site.waitFor("supervisor.stopping"))
      site.openGate()
      #expect(slow.readAll().map(Answer.init)?.status == 200)
      #expect(until { !site.isRunning })
      #expect(site.exitStatus == 0)
      #expect(site.count("status=0") == 2)
      #expect(!FileManager.default.fileExists(atPath: site.socket))
      #expect(site.responders.isEmpty)
    }

    @Test func aResponderAloneFinishesItsRequestToo() throws {
      let site = try Site(responders: 1)
      let pid = try #require(site.responders.first)
      let slow = try site.hold("/held")
      kill(pid, SIGTERM)
      site.openGate()
      #expect(slow.readAll().map(Answer.init)?.status == 200)
      #expect(site.waitFor("status=0"))
      #expect(site.answersPromptly())
    }

    @Test func idleRespondersEndAtOnce() throws {
      let site = try Site(responders: 3)
      let began = ContinuousClock.now
      site.signal(SIGTERM)
      #expect(until { !site.isRunning })
      #expect(ContinuousClock.now - began < .seconds(1))
    }

    @Test func silentConnectionsDoNotDelayTheEnd() throws {
      let site = try Site(responders: 2)
      let silent = (0..<50).compactMap { _ in Link(site.socket) }
      #expect(site.answersPromptly())
      site.signal(SIGTERM)
      #expect(until(seconds: 4) { !site.isRunning })
      withExtendedLifetime(silent) {}
    }

    @Test func whatDoesNotEndInTimeIsKilled() throws {
      let site = try Site(responders: 1, ["STOP": "300"])
      _ = try site.hold("/spin")
      site.signal(SIGTERM)
      #expect(until(seconds: 4) { !site.isRunning })
      #expect(site.count("signal=9") == 1)
    }

    @Test func aSecondSignalEndsAllAtOnce() throws {
      let site = try Site(responders: 1)
      _ = try site.hold("/spin")
      site.signal(SIGTERM)
      #expect(site.waitFor("supervisor.stopping"))
      site.signal(SIGTERM)
      #expect(until(seconds: 4) { !site.isRunning })
    }

    @Test func respondersEndWhenTheirSupervisorIsKilled() throws {
      let site = try Site(responders: 2)
      let orphans = site.responders
      site.signal(SIGKILL)
      #expect(until { orphans.allSatisfy { !exists($0) } })
      // The path is still there, dead; the next supervisor takes it.
      let next = try Site(in: site.folder)
      #expect(next.answersPromptly())
    }

    @Test(.enabled(if: geteuid() == 0))
    func rootIsGivenUpForGood() throws {
      // A copy that any account may run, wherever this package lies.
      let folder = try Site.newFolder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try FileManager.default.copyItem(atPath: Site.fixture, toPath: folder + "/site")
      chmod(folder + "/site", 0o755)
      let site = try Site(responders: 1, ["ACCOUNT": "nobody", "BINARY": folder + "/site"])
      let account = try #require(getpwnam("nobody")).pointee
      #expect(site.text("/user") == "\(account.pw_uid) \(account.pw_gid)")
      let orphan = try #require(site.responders.first)
      site.signal(SIGKILL)
      #expect(until { !exists(orphan) })
    }

    @Test func aResponderThatWantsTooMuchMemoryDiesAlone() throws {
      let site = try Site(responders: 2, ["MEMORY": "300000000", "LONG_LIFE": "0"])
      #expect(site.get("/big", query: "1000000")?.status == 200)
      #expect(site.get("/big", query: "400000000")?.isComplete == false)
      #expect(site.waitFor("child.ended"))
      #expect(site.answersPromptly())
    }
  }
}
