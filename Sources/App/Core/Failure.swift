import HTML

/// Why a command cannot be carried out: answered with 409 and these words.
protocol Refusal: Error {
  func sentence(_ words: Words) -> String
}

/// A form that was taken before has come again: nothing is done, and it leads where it led, which says what is to be known of it; nil: nothing is.
struct TakenBefore: Error {
  let says: String?
}

/// Why a request cannot be answered as asked. One mapper (`Dispatcher`) turns these into statuses; the text of anything else goes to the
/// log under the request's number.
public enum Failure: Error, Equatable {
  /// Missing, deleted, or somebody else's: the same answer for all three.
  case notFound
  /// Nobody is signed in.
  case signedOut
  /// The role may not.
  case forbidden
  /// The form did not come from one of our pages.
  case forged
  /// An address that no link of ours has; the text says what is wrong with it, in the person's language.
  case misread(String)
  /// The thing has changed in a way that the request does not fit any more; the text says how, in the person's language.
  case conflict(String)
  /// Too often; try again after so many seconds.
  case throttled(seconds: Int)
  /// Others are doing the same costly thing at this moment; nothing was done, try again after so many seconds.
  case busy(seconds: Int)
  /// More bytes than are read.
  case tooLarge
  /// More fields than are read.
  case tooManyFields
  /// A body that is not a form.
  case unsupportedType
}
