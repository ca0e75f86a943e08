package dev.slipway.activities.archive;

import java.io.IOException;

/** An archive, or a folder that was to become one, holds what must not be packed or unpacked. */
public final class UnsafeArchiveException extends IOException {
  public UnsafeArchiveException(String message) {
    super(message);
  }
}
