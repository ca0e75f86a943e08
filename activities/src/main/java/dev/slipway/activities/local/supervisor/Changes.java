package dev.slipway.activities.local.supervisor;

import dev.slipway.action.FailureType;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one change happen at a time. A newer one, or the same one asked for again after its caller
 * was lost, calls the present one off and waits until it has stopped.
 */
final class Changes {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Object admission = new Object();
  private @Nullable Thread changing;

  /** Where the highest token is remembered. */
  interface Fence {
    long token() throws IOException;

    void token(long higher) throws IOException;
  }

  /** Something that can be called off by interrupting its thread. */
  interface Change<R> {
    R make() throws ChangeFailedException, IOException, InterruptedException;
  }

  /** Makes a change that carries this token. */
  <R> R make(Fence fence, long token, Change<R> change)
      throws ChangeFailedException, IOException, InterruptedException {
    synchronized (admission) {
      check(fence, token);
      if (token > fence.token()) {
        fence.token(token);
      }
      callOff();
    }
    lock.lockInterruptibly();
    try {
      synchronized (admission) {
        check(fence, token);
        changing = Thread.currentThread();
      }
      return change.make();
    } finally {
      synchronized (admission) {
        changing = null;
      }
      lock.unlock();
    }
  }

  /** Calls off what happens, and does this last. */
  void last(Runnable work) {
    synchronized (admission) {
      callOff();
    }
    lock.lock();
    work.run();
  }

  /** Does something small that no change must be in the middle of. */
  void quietly(Runnable work) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  private void callOff() {
    if (changing != null) {
      changing.interrupt();
    }
  }

  private static void check(Fence fence, long token) throws ChangeFailedException, IOException {
    if (token < fence.token()) {
      throw new ChangeFailedException(
          FailureType.CONFLICT,
          "the environment has seen fencing token %d; a change with %d is too late"
              .formatted(fence.token(), token),
          "A newer run or an undo has taken over; look at the environment's history.");
    }
  }
}
