import CFastCGI
import Glibc

/// Waits for any of many descriptors to become readable (epoll).
final class Poller {
  private static let capacity = 64
  private let poll: Int32
  private let events: UnsafeMutablePointer<epoll_event>

  init() throws(SystemError) {
    poll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard poll >= 0 else { throw SystemError("epoll_create1") }
    events = .allocate(capacity: Self.capacity)
  }

  deinit {
    close(poll)
    events.deallocate()
  }

  /// - Parameter shared: other processes wait for the same descriptor, and one of them is enough to be woken.
  func add(_ descriptor: Int32, shared: Bool = false) throws(SystemError) {
    var event = epoll_event()
    event.events = EPOLLIN.rawValue | (shared ? EPOLLEXCLUSIVE.rawValue : 0)
    event.data.fd = descriptor
    guard epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw SystemError("epoll_ctl") }
  }

  func remove(_ descriptor: Int32) {
    epoll_ctl(poll, EPOLL_CTL_DEL, descriptor, nil)
  }

  /// The descriptors that are readable or hung up; none after `milliseconds` or when a signal came.
  func wait(milliseconds: Int) -> [Int32] {
    let count = epoll_wait(poll, events, Int32(Self.capacity), Int32(clamping: milliseconds))
    return count > 0 ? (0..<Int(count)).map { events[$0].data.fd } : []
  }
}
