import Glibc

/// Looks again and again whether something has become true, for as long as a busy machine may need. For what tells nobody that it happened: another
/// process, a backend of the database.
///
/// - Returns: whether it has.
public func until(seconds: Int = 60, _ condition: () throws -> Bool) rethrows -> Bool {
  let end = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < end {
    if try condition() { return true }
    usleep(2_000)
  }
  return try condition()
}
