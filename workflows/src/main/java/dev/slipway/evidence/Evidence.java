package dev.slipway.evidence;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A typed fact that a step reports. A kind this version does not know is unreadable evidence. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TestResult.class, name = "test_result"),
  @JsonSubTypes.Type(value = Coverage.class, name = "coverage"),
  @JsonSubTypes.Type(value = Findings.class, name = "security_scan"),
  @JsonSubTypes.Type(value = Signature.class, name = "signature")
})
public sealed interface Evidence permits TestResult, Coverage, Findings, Signature {
  /** Which checks this evidence counts for. */
  EvidenceKind kind();

  /** Where it was read: a report's path in the workspace, a URL, or the command. */
  String source();

  /** One line for people, with the numbers. */
  String summary();
}
