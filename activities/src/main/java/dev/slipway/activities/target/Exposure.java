package dev.slipway.activities.target;

/** How much of the traffic a candidate gets while what served before it goes on running. */
public sealed interface Exposure {
  /** None: it runs at full size and is reached at an address of its own. */
  record Preview() implements Exposure {}

  /** All of it; what served before keeps its size, so that the way back is immediate. */
  record Switched() implements Exposure {}

  /**
   * A share by the weights of a route (Gateway API), with as many replicas as it needs.
   *
   * @param percent of the route's traffic, 1 to 99
   * @param route the {@code HTTPRoute} that leads to the application
   */
  record Routed(int percent, String route) implements Exposure {
    public Routed {
      Exposure.checkPercent(percent);
    }
  }

  private static void checkPercent(int percent) {
    if (percent < 1 || percent > 99) {
      throw new IllegalArgumentException("a share is 1 to 99 percent, not " + percent);
    }
  }

  /**
   * A share by the number of replicas.
   *
   * @param percent of the wanted replicas that run the candidate, 1 to 99
   */
  record Share(int percent) implements Exposure {
    public Share {
      Exposure.checkPercent(percent);
    }
  }
}
