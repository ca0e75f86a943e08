package dev.slipway.pipeline;

/** A reference whose value nobody knows. */
public final class UnknownReferenceException extends Exception {
  private final transient Reference reference;

  UnknownReferenceException(Reference reference) {
    super("no value for ${" + reference.text() + "}");
    this.reference = reference;
  }

  /** What has no value. */
  public Reference reference() {
    return reference;
  }
}
