package dev.slipway.starter.cli;

import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.util.concurrent.Callable;

/** What every command is: it prints its answer and says how it went. */
abstract class SlipwayCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  SlipwayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public Integer call() throws TroubleException, IOException, InterruptedException {
    return execute();
  }

  /**
   * Does the work.
   *
   * @return the exit code
   */
  abstract int execute() throws TroubleException, IOException, InterruptedException;
}
