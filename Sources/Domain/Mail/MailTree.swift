/// How a mail is put together: its parts in the order in which they stand, each with the places of its bytes. Made by `MailParser`.
public struct MailTree: Sendable {
  public struct Node: Sendable {
    public enum Form: Sendable {
      /// Content, whatever its type.
      case leaf
      /// Parts one after the other, which are the nodes behind this one up to ``end``.
      case multipart
      /// A mail within the mail, not taken apart: its bytes are the content.
      case message
    }

    public let form: Form
    /// Where its head stands; empty when it has none. The outermost node has the head of the mail.
    public let head: Range<Int>
    /// Encoded as it was sent.
    public let content: Range<Int>
    /// The node after its last part.
    public var end: Int

    public init(_ form: Form, head: Range<Int>, content: Range<Int>, end: Int) {
      self.form = form
      self.head = head
      self.content = content
      self.end = end
    }
  }

  public let bytes: [UInt8]
  /// Never empty; the first holds all others.
  public let nodes: [Node]

  public init(bytes: [UInt8], nodes: [Node]) {
    self.bytes = bytes
    self.nodes = nodes
  }

  func head(of node: Node) -> MailHead { MailHead(bytes, from: node.head.lowerBound, to: node.head.upperBound) }

  /// The direct parts of a node.
  func children(of index: Int) -> [Int] {
    var children: [Int] = []
    var next = index + 1
    while next < nodes[index].end {
      children.append(next)
      next = nodes[next].end
    }
    return children
  }
}
