package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a thread when something was reported, once for whatever came together. */
final class Signal {
  private final Semaphore reports = new Semaphore(0);

  void await(Duration most) throws InterruptedException {
    if (reports.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
      reports.drainPermits();
    }
  }

  <T> ResourceEventHandler<T> handler() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T seen) {
        reports.release();
      }

      @Override
      public void onUpdate(T before, T seen) {
        reports.release();
      }

      @Override
      public void onDelete(T seen, boolean finalStateUnknown) {
        reports.release();
      }
    };
  }
}
