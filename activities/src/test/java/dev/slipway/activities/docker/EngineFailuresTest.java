package dev.slipway.activities.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of real engines. */
final class EngineFailuresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The command '/bin/sh -c make' returned a non-zero code: 2 | 2/3 (RUN make) | BUILD_FAILED",
        "dockerfile parse error line 2: unknown instruction: FORM | | CONFIGURATION",
        "failed to reach build target web in Dockerfile | 1/1 (FROM scratch) | CONFIGURATION",
        "pull access denied for x, repository does not exist | 1/1 (FROM x) | CONFIGURATION",
        "manifest for x:1 not found: manifest unknown | 1/1 (FROM x:1) | CONFIGURATION",
        "Get \"https://r/v2/\": dial tcp: lookup r: no such host | 1/1 (FROM r/x) | TRANSIENT",
        "Get \"https://r/v2/\": x509: signed by unknown authority | 1/1 (FROM r/x) | CONFIGURATION",
        "write /a: no space left on device | 2/2 (COPY a /a) | INFRASTRUCTURE",
        "COPY failed: file not found in build context | 2/2 (COPY a /a) | BUILD_FAILED"
      })
  void aBuildsFailureHasItsType(String message, String at, FailureType type) {
    var failure = EngineFailures.ofBuild(message, "Dockerfile", Optional.ofNullable(at)).failure();

    assertThat(failure.type()).isEqualTo(type);
    assertThat(failure.happened()).contains(message);
    assertThat(failure.advice()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unauthorized: authentication required | CONFIGURATION | ${secret:NAME}",
        "denied: requested access to the resource is denied | CONFIGURATION | ${secret:NAME}",
        "no basic auth credentials | CONFIGURATION | ${secret:NAME}",
        "http: server gave HTTP response to HTTPS client | CONFIGURATION | /etc/docker/certs.d/r.io",
        "x509: certificate signed by unknown authority | CONFIGURATION | /etc/docker/certs.d/r.io",
        "dial tcp 127.0.0.1:1: connect: connection refused | TRANSIENT | Does r.io run",
        "received unexpected HTTP status: 500 Internal Server Error | TRANSIENT | Does r.io run"
      })
  void aPushsFailureHasItsType(String message, FailureType type, String advice) {
    var failure = EngineFailures.ofPush(message, "r.io/shop").failure();

    assertThat(failure.type()).isEqualTo(type);
    assertThat(failure.happened()).contains("r.io/shop can't be pushed").contains(message);
    assertThat(failure.advice()).contains(advice);
  }
}
