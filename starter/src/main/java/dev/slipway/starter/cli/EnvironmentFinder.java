package dev.slipway.starter.cli;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands which environment a person means: {@code production}, {@code storefront/staging}. */
final class EnvironmentFinder {
  private final Surroundings surroundings;

  EnvironmentFinder(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Every environment with a ledger, or the one that was named. */
  List<EnvironmentId> find(@Nullable String text) throws TroubleException, IOException {
    return text == null ? all() : List.of(one(text));
  }

  /** The environment that was named; it has a ledger. */
  EnvironmentId one(String text) throws TroubleException, IOException {
    var parts = text.split("/", 2);
    var wanted =
        parts.length == 2
            ? new EnvironmentId(parts[0], parts[1])
            : new EnvironmentId(
                new RunFinder(surroundings, surroundings.index()).application(), text);
    var known = all();
    if (!known.contains(wanted)) {
      throw TroubleException.input(
          "nothing was ever released to " + wanted,
          known.isEmpty()
              ? "take a commit there: slipway run"
              : "there are: "
                  + String.join(", ", known.stream().map(EnvironmentId::path).toList()));
    }
    return wanted;
  }

  private List<EnvironmentId> all() throws IOException {
    var store = surroundings.store();
    var all = new ArrayList<EnvironmentId>();
    for (var application : store.list("ledger")) {
      for (var environment : store.list("ledger/" + application)) {
        all.add(new EnvironmentId(application, environment));
      }
    }
    return all;
  }
}
