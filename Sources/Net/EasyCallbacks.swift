import CCurl
import Glibc

extension Easy {
  /// Hands libcurl the functions it calls. Each gets this object back as its last argument.
  func wire() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    heed_curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION) { data, size, count, user in
      Easy.pass(data, size &* count, to: user, \.onHeader)
    }
    heed_curl_set_pointer(handle, CURLOPT_HEADERDATA, me)
    heed_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { data, size, count, user in
      Easy.pass(data, size &* count, to: user, \.onBody)
    }
    heed_curl_set_pointer(handle, CURLOPT_WRITEDATA, me)
    heed_curl_set_open_socket(handle) { user, _, address in
      guard let user, let address else { return CURL_SOCKET_BAD }
      return Unmanaged<Easy>.fromOpaque(user).takeUnretainedValue().open(address)
    }
    heed_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, me)
  }

  /// - Returns: the count taken; anything else than all makes libcurl stop.
  private static func pass(
    _ data: UnsafeMutablePointer<CChar>?, _ count: Int, to user: UnsafeMutableRawPointer?, _ sink: KeyPath<Easy, (([UInt8]) -> Bool)?>
  ) -> Int {
    guard let data, let user, count > 0 else { return 0 }
    guard let take = Unmanaged<Easy>.fromOpaque(user).takeUnretainedValue()[keyPath: sink] else { return count }
    return take([UInt8](UnsafeRawBufferPointer(start: data, count: count))) ? count : 0
  }

  /// The socket for one address that libcurl is about to dial, unless it may not be dialled.
  private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    if let mayDial {
      guard let bytes = Easy.bytes(of: address), let dialled = IPAddress(bytes: bytes), mayDial(dialled) else { return CURL_SOCKET_BAD }
    }
    let kind = address.pointee
    // Close on exec: a child that is started meanwhile has no business with the peer.
    return socket(kind.family, kind.socktype | Int32(SOCK_CLOEXEC.rawValue), kind.protocol)
  }

  /// The address inside; nil for families other than IP. `addr` is typed as the shortest sockaddr but is as long as `addrlen` says,
  /// hence the raw pointer: the address stands after family and port (IPv4), or also after the flow (IPv6).
  private static func bytes(of address: UnsafeMutablePointer<curl_sockaddr>) -> [UInt8]? {
    guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
    let start = UnsafeRawPointer(address) + offset
    let length = Int(address.pointee.addrlen)
    switch address.pointee.family {
    case AF_INET where length >= MemoryLayout<sockaddr_in>.size: return [UInt8](UnsafeRawBufferPointer(start: start + 4, count: 4))
    case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size: return [UInt8](UnsafeRawBufferPointer(start: start + 8, count: 16))
    default: return nil
    }
  }
}
