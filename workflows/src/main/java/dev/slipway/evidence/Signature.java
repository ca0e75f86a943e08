package dev.slipway.evidence;

import dev.slipway.artifact.Digest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody who has a key has signed an image, and what it is made of.
 *
 * @param source the image by its digest
 * @param key the digest of the public key, over its DER form
 * @param signatures of the image that this key verifies; none of them proves nothing
 * @param provenance signed with the same key, and of the commit that was asked for; null when there
 *     is none
 */
public record Signature(String source, Digest key, int signatures, @Nullable Provenance provenance)
    implements Evidence {
  public Signature {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(key, "key");
    if (signatures < 0) {
      throw new IllegalArgumentException(source + ": a number of signatures can't be negative");
    }
  }

  @Override
  public EvidenceKind kind() {
    return EvidenceKind.SIGNATURE;
  }

  /** Whether both are there: the signature, and where the image comes from. */
  public boolean isValid() {
    return signatures > 0 && provenance != null;
  }

  @Override
  public String summary() {
    if (signatures == 0) {
      return "not signed by key " + key.abbreviated();
    }
    return provenance == null
        ? "signed by key %s, without provenance".formatted(key.abbreviated())
        : "signed by key %s, made of commit %s by run %s"
            .formatted(
                key.abbreviated(),
                provenance.commit().substring(0, Math.min(8, provenance.commit().length())),
                provenance.run());
  }
}
