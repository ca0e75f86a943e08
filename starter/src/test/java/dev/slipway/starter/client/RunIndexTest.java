package dev.slipway.starter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.store.FolderStore;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIndexTest {
  @TempDir Path folder;

  private RunRecord allot(RunIndex index, String application) throws IOException {
    return index.allot(
        application,
        id -> new RunInput(id, new Deliver("/repository", "abc", "slipway.yaml"), "alex"),
        input -> new RunRecord(input, "engine", Instant.EPOCH));
  }

  @Test
  void numbersCountUpForEachApplication() throws IOException {
    var index = new RunIndex(FolderStore.open(folder));

    assertThat(allot(index, "shop").input().id()).isEqualTo(new RunId("shop", 1));
    assertThat(allot(index, "shop").input().id()).isEqualTo(new RunId("shop", 2));
    assertThat(allot(index, "blog").input().id()).isEqualTo(new RunId("blog", 1));
  }

  @Test
  void commandsThatAllotAtOnceGetDifferentNumbers() throws Exception {
    var starts = new ArrayList<Callable<Long>>();
    for (var command = 0; command < 24; command++) {
      // Each opens the store anew, as a process of its own does.
      starts.add(() -> allot(new RunIndex(FolderStore.open(folder)), "shop").input().id().number());
    }

    var numbers = new ArrayList<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Long> number : threads.invokeAll(starts)) {
        numbers.add(number.get());
      }
    }

    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(numbers.stream().mapToLong(Long::longValue).max()).hasValue(24);
  }

  @Test
  void runsAreListedNewestFirstByNumberNotByText() throws IOException {
    var index = new RunIndex(FolderStore.open(folder));
    for (var run = 0; run < 11; run++) {
      allot(index, "shop");
    }

    assertThat(index.runs("shop").getFirst().number()).isEqualTo(11);
    assertThat(index.runs("shop").get(1).number()).isEqualTo(10);
    assertThat(index.runs("shop").getLast().number()).isEqualTo(1);
  }

  @Test
  void anOpenRunHasARecordAndNoFinalState() throws IOException {
    var index = new RunIndex(FolderStore.open(folder));

    var record = allot(index, "shop");

    assertThat(index.record(record.input().id())).contains(record);
    assertThat(index.finalState(record.input().id())).isEmpty();
  }
}
