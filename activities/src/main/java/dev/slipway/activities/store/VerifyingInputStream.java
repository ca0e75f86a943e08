package dev.slipway.activities.store;

import dev.slipway.artifact.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Fails at its end when the bytes were not those of the digest. */
final class VerifyingInputStream extends FilterInputStream {
  private final Digest expected;
  private final MessageDigest hash = Digest.newHash();
  private boolean verified;

  VerifyingInputStream(InputStream in, Digest expected) {
    super(in);
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int most) throws IOException {
    var count = super.read(bytes, from, most);
    if (count > 0) {
      hash.update(bytes, from, count);
    } else if (count < 0) {
      verify();
    }
    return count;
  }

  /** Reads what it skips, since every byte counts. */
  @Override
  public long skip(long most) throws IOException {
    var buffer = new byte[8192];
    var skipped = 0L;
    while (skipped < most) {
      var count = read(buffer, 0, (int) Math.min(buffer.length, most - skipped));
      if (count < 0) {
        break;
      }
      skipped += count;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void verify() throws IOException {
    if (!verified) {
      var actual = Digest.ofHash(hash.digest());
      if (!actual.equals(expected)) {
        throw new IOException(
            "the store is damaged: the bytes kept as %s are %s".formatted(expected, actual));
      }
      verified = true;
    }
  }
}
