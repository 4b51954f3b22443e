/// A program that a supervisor keeps running.
public struct Program {
  /// What the log calls it.
  public var name: String
  /// The path of the executable and its arguments. It is looked up afresh at each start: a restart runs what is on disk then.
  public var arguments: [String]
  /// How many of it run at once.
  public var count: Int
  /// Handed to each as descriptor ``Child/listener``.
  public var listener: Listener?
  /// Set in addition to this process's own environment, over it where both have a name.
  public var environment: [String: String]

  public init(_ name: String, _ arguments: [String], count: Int, listener: Listener? = nil, environment: [String: String] = [:]) {
    self.name = name
    self.arguments = arguments
    self.count = count
    self.listener = listener
    self.environment = environment
  }
}

/// How long a supervisor waits for what; all in milliseconds.
public struct Timeouts: Sendable {
  /// From SIGTERM to SIGKILL. Longer than ``Limits/requestSeconds``, so that the last request can end.
  public var stop = 35_000
  /// From the start of a replacement until it must have reported ready.
  public var ready = 30_000
  /// A child that lived this long is replaced at once; one that died sooner after a growing pause.
  public var longLife = 5000
  /// The first such pause; each further one is twice as long.
  public var firstPause = 100
  /// The longest pause for a child that never became ready: the program or its surroundings are broken, and trying again mends nothing.
  public var longestPause = 30_000
  /// The longest for one that did: it works, and something kills it (a bad request, the kernel for want of memory, a person). While it is
  /// away the site has one less, so it is only kept from spinning.
  public var longestPauseWhenReady = 1000

  public init() {}

  /// The pause after `deaths` early deaths in a row.
  func pause(after deaths: Int, wasReady: Bool) -> Int {
    deaths <= 0 ? 0 : min(wasReady ? longestPauseWhenReady : longestPause, firstPause << min(deaths - 1, 20))
  }
}
