import Testing

@testable import Domain

/// Half bytes, unit vectors and what a server answers (RULES 9.42, 9.43).
@Suite struct VectorTests {
  @Test func `halves are those of IEEE 754, each of them and between any two`() {
    var wrong: [UInt16] = []
    for bits in UInt16.min...UInt16.max {
      let (known, ours) = (Float(Float16(bitPattern: bits)), HalfFloat.value(bits))
      if !(known == ours || known.isNaN && ours.isNaN) { wrong.append(bits) }
      if !known.isNaN, HalfFloat.bits(known) != bits { wrong.append(bits) }
      guard known.isFinite, bits & 0x7FFF < 0x7BFF else { continue }
      let next = Float(Float16(bitPattern: bits + 1))
      // Halfway, and a little to either side.
      for number in [(known + next) / 2, ((known + next) / 2).nextUp, ((known + next) / 2).nextDown]
      where HalfFloat.bits(number) != Float16(number).bitPattern { wrong.append(bits) }
    }
    #expect(wrong.isEmpty)
    for (number, bits) in [
      (Float.infinity, 0x7C00), (-.infinity, 0xFC00), (65_504, 0x7BFF), (65_519.996, 0x7BFF), (65_520, 0x7C00), (.nan, 0x7E00),
      (-0.0, 0x8000),
      (.leastNonzeroMagnitude, 0),
    ] as [(Float, UInt16)] { #expect(HalfFloat.bits(number) == bits, "\(number)") }
  }

  @Test func `a vector has length 1, and what has no direction is none`() throws {
    let vector = try #require(UnitVector([3, 4]))
    #expect(vector.numbers == [0.6, 0.8] && vector.cosine(vector) == 1)
    #expect(HalfFloat.product(vector.half, vector.numbers).map { abs($0 - 1) < 0.001 } == true)
    #expect(vector.cosine(try #require(UnitVector([1]))) == nil && HalfFloat.product(vector.half, [1]) == nil)
    let large = try #require(UnitVector([3e38, 3e38]))
    #expect(abs(large.numbers[0] - 0.707_106_8) < 1e-6)
    for numbers in [[], [0, 0], [.nan, 1], [.infinity, 1], [1, -.infinity], Array(repeating: 1, count: 8193), [1e-30]] as [[Float]] {
      #expect(UnitVector(numbers) == nil, "\(numbers.prefix(3))")
    }
    #expect(vector.signs(above: []) == "11" && vector.signs(above: [0.7, 0.7]) == "01" && vector.signs(above: [1]) == "11")
    var mean = VectorMean()
    #expect(mean.numbers == [])
    mean.add(half: HalfFloat.bytes([1, 0]))
    mean.add(half: HalfFloat.bytes([0, 0.5]))
    mean.add(half: HalfFloat.bytes([9]))
    #expect(mean.numbers == [0.5, 0.25] && mean.count == 2)
  }

  private func vectors(_ rows: String, _ count: Int, dimension: Int? = nil) -> [[Float]]? {
    VectorAnswer.vectors(Array(#"{"data":["#.utf8) + Array(rows.utf8) + Array("]}".utf8), count: count, dimension: dimension)?.map(
      \.numbers)
  }

  @Test func `Hard case 41: an answer is used whole and in its order, or not at all`() {
    func row(_ index: Int, _ numbers: String) -> String { #"{"index":\#(index),"embedding":[\#(numbers)]}"# }
    #expect(vectors(row(1, "0,2") + "," + row(0, "3,0"), 2) == [[1, 0], [0, 1]])
    #expect(vectors(#"{"embedding":[1,0]},{"embedding":[0,1]}"#, 2) == [[1, 0], [0, 1]])
    for (rows, count, dimension) in [
      (row(0, "1,0"), 2, nil), (row(0, "1,0") + "," + row(0, "0,1"), 2, nil), (row(0, "1,0") + "," + row(2, "0,1"), 2, nil),
      (row(0, "1,0") + "," + row(1, "1"), 2, nil), (row(0, "1,0"), 1, 3), (row(0, "NaN,0"), 1, nil), (row(0, "1e999,0"), 1, nil),
      (row(0, "0,0"), 1, nil), (row(0, ""), 1, nil), (row(0, #""1""#), 1, nil), (#"{"index":0}"#, 1, nil),
      (#"{"index":"0","embedding":[1]}"#, 1, nil),
      (row(-1, "1"), 1, nil), ("", 1, nil), ("7", 1, nil),
    ] as [(String, Int, Int?)] { #expect(vectors(rows, count, dimension: dimension) == nil, "\(rows)") }
    #expect(VectorAnswer.vectors(Array("{".utf8), count: 1, dimension: nil) == nil)
    #expect(VectorAnswer.vectors(Array(repeating: 32, count: VectorAnswer.limit + 1), count: 0, dimension: nil) == nil)
    #expect(VectorAnswer.tokens(Array(#"{"usage":{"prompt_tokens":7}}"#.utf8))?.prompt == 7 && VectorAnswer.tokens([]) == nil)
  }

  @Test func `a server is left alone for longer each time, and as long as it asks`() {
    for (failures, asked, seconds) in [
      (1, nil, 60), (2, nil, 120), (3, nil, 240), (7, nil, 3600), (1000, nil, 3600), (0, nil, 60), (1, 5, 5), (1, 0, 1), (1, -7, 1),
      (1, 1 << 60, 86_400),
    ] as [(Int, Int64?, Int64)] { #expect(VectorPatience.wait(failures: failures, asked: asked) == seconds, "\(failures)") }
  }

  @Test func `an address is completed by what is asked for`() {
    for (text, url) in [
      ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/embeddings"), ("https://X.test/v2/", "https://x.test/v2/embeddings"),
      ("https://x.test/v1/embeddings?a=b", "https://x.test/v1/embeddings?a=b"),
    ] { #expect(CoachEndpoint(text, asking: ["embeddings"])?.url == url) }
  }
}
