package dev.slipway.activities.database.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void versionsAreComparedAsNumbers() {
    var sorted = Stream.of("10", "2", "1.10", "1.2", "20240101120000").map(Version::of).sorted();

    assertThat(sorted.map(Version::text))
        .isEqualTo(List.of("1.2", "1.10", "2", "10", "20240101120000"));
  }

  @Test
  void theSameNumberHasOneText() {
    assertThat(List.of(Version.of("1"), Version.of("001"), Version.of("1.0"), Version.of("1_0")))
        .containsOnly(Version.of("1"));
    assertThat(Version.of("0")).isEqualTo(Version.NONE);
    assertThat(Version.NONE.text()).isEqualTo("0");
  }

  @Test
  void whatIsNoVersionIsNone() {
    for (var text : List.of("", "x", "1.", ".1", "1..2", "-1", "1e3", "9".repeat(41))) {
      assertThat(Version.parse(text)).as(text).isEmpty();
    }
  }
}
